package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.Adoption;
import dev.fargate.api.v1alpha1.ApprovalStatus;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.PlanStatus;
import dev.fargate.api.v1alpha1.PlannedAction;
import dev.fargate.api.v1alpha1.WorkloadSpec;
import dev.fargate.api.v1alpha1.WorkloadStatus;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.plan.PlanText;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.status.Halt;
import dev.fargate.operator.status.Progress;
import dev.fargate.operator.status.Reason;
import dev.fargate.operator.status.ShownPlan;
import dev.fargate.operator.status.StatusDraft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a pass may go: by {@code spec.mode}, and by the plan that a person has approved.
 *
 * <p>Approving a plan approves the <em>set of its actions</em> (decision 2): the plans of later
 * passes, with less and less to do, are subsets of it. The set is written to the status in one pass
 * and acted upon in the next, so that it is never lost between a write to AWS and one to
 * Kubernetes. Should it be lost all the same, the plan is not approved, and a person approves the
 * present one.
 */
final class Permission {
  /** The most that the status keeps, of 64 KiB in all; a larger plan cannot be approved. */
  private static final int APPROVABLE = 150;

  private final String mode;
  private final String approvedPlan;

  /** Whether taking things over needs an approval of its own. */
  private final boolean adopts;

  private final ApprovalStatus noted;
  private final PlanStatus shown;

  /** Whether the plan that is shown was made for the object as it is now. */
  private final boolean planned;

  private Permission(
      String mode,
      String approvedPlan,
      boolean adopts,
      ApprovalStatus noted,
      PlanStatus shown,
      boolean planned) {
    this.mode = mode;
    this.approvedPlan = approvedPlan;
    this.adopts = adopts;
    this.noted = noted;
    this.shown = shown;
    this.planned = planned;
  }

  /** Of a living object. */
  static Permission of(Workload<?> workload) {
    WorkloadSpec spec = workload.spec();
    if (spec == null) {
      return everything();
    }
    WorkloadStatus status = workload.status();
    return new Permission(
        spec.mode,
        Mode.PAUSED.equals(spec.mode) ? null : spec.approvedPlan,
        Adoption.ADOPT.equals(spec.adoption),
        status == null ? null : status.approval,
        status == null ? null : status.plan,
        status != null
            && Objects.equals(
                status.observedGeneration, workload.object().getMetadata().getGeneration()));
  }

  /** Whether anything of this object waits, or may have waited, for a person's leave. */
  static boolean isAsked(Workload<?> workload) {
    WorkloadSpec spec = workload.spec();
    return spec != null
        && (Mode.PLAN.equals(spec.mode)
            || spec.approvedPlan != null
            || Adoption.ADOPT.equals(spec.adoption));
  }

  /** Of an object that is being deleted: that is a wish of its own, which only mode Plan holds. */
  static Permission toDelete(Workload<?> workload) {
    return workload.spec() != null && Mode.PLAN.equals(workload.spec().mode)
        ? of(workload)
        : everything();
  }

  static Permission everything() {
    return new Permission(Mode.APPLY, null, false, null, null, false);
  }

  /** Whether the plan may be carried out now. */
  boolean allows(Plan plan) {
    return halt(plan) == null;
  }

  /** What holds the plan back; null when it may be carried out. */
  Halt halt(Plan plan) {
    if (Mode.PAUSED.equals(mode)) {
      return new Halt(Reason.PAUSED, Reason.PAUSED.sentence());
    }
    if (plan.isEmpty()) {
      return null;
    }
    if (approvedPlan != null) {
      return notApproved(plan);
    }
    if ((takesOver(plan) || Mode.PLAN.equals(mode)) && !plan.unread().isEmpty()) {
      return new Halt(
          Reason.PLAN_PENDING,
          "There is no whole plan to approve yet: AWS has not been read for "
              + plan.unread().stream().map(Kind::label).sorted().collect(Collectors.joining(", "))
              + ".",
          true);
    }
    if (takesOver(plan)) {
      return new Halt(
          Reason.PLAN_PENDING,
          describe(plan)
              + " It takes over what others have made: read status.plan, then set spec.approvedPlan"
              + " to "
              + plan.hash()
              + ".");
    }
    return Mode.PLAN.equals(mode)
        ? new Halt(Reason.PLAN_PENDING, describe(plan) + " " + howToApprove(plan))
        : null;
  }

  /** By its name alone: there nobody has consented but the one who wrote the spec. */
  private boolean takesOver(Plan plan) {
    return adopts && plan.adopts();
  }

  /** Whether the approval has just come: it is written down first. */
  boolean isNew(Plan plan) {
    return approvedPlan != null && !isNoted() && approval(plan) != null;
  }

  /** Nothing could be planned: what was approved stays, and a plan for the object as it is now. */
  void keep(StatusDraft<?> draft) {
    draft.plan(planned || wasShown() ? shown : null, noted);
  }

  /** Puts the plan and what was approved into the status, where this object wants to see them. */
  void show(StatusDraft<?> draft, Plan plan) {
    boolean shows = Mode.PLAN.equals(mode) || approvedPlan != null || takesOver(plan);
    draft.plan(shows ? whole(plan) : null, approval(plan));
  }

  /** Who approved half a plan would be asked again for the other half. */
  private PlanStatus whole(Plan plan) {
    if (plan.unread().isEmpty()) {
      return ShownPlan.of(plan);
    }
    return wasShown() ? shown : null;
  }

  private boolean wasShown() {
    return shown != null
        && shown.hash.equals(approvedPlan)
        && !Boolean.TRUE.equals(shown.truncated);
  }

  private Halt notApproved(Plan plan) {
    ApprovalStatus approval = approval(plan);
    if (approval == null
        && plan.actions().size() > APPROVABLE
        && approvedPlan.equals(plan.hash())) {
      return new Halt(
          Reason.PLAN_CHANGED,
          "A plan of more than "
              + APPROVABLE
              + " actions cannot be approved; set spec.mode to Apply to carry it out.");
    }
    Set<String> approved = approval == null ? Set.of() : new HashSet<>(approval.actions);
    if (!plan.isSubsetOf(approved)) {
      return new Halt(
          Reason.PLAN_CHANGED,
          Progress.describe(
                  plan.actions().stream()
                      .filter(action -> !action.isPartOf(approved))
                      .findFirst()
                      .orElseThrow())
              + " is not part of the approved plan "
              + approvedPlan
              + ". "
              + describe(plan)
              + " "
              + howToApprove(plan));
    }
    return isNoted()
        ? null
        : new Halt(Reason.PLAN_PENDING, "Plan " + approvedPlan + " is approved.", true);
  }

  /** The approved actions; null when nothing is approved, or nobody knows that plan. */
  private ApprovalStatus approval(Plan plan) {
    if (approvedPlan == null) {
      return null;
    }
    if (isNoted()) {
      return noted;
    }
    if (approvedPlan.equals(plan.hash()) && plan.actions().size() <= APPROVABLE) {
      return approval(List.copyOf(plan.actionIds()));
    }
    return wasShown()
        ? approval(shown.actions.stream().map((PlannedAction a) -> a.id).toList())
        : null;
  }

  private ApprovalStatus approval(List<String> actionIds) {
    ApprovalStatus approval = new ApprovalStatus();
    approval.hash = approvedPlan;
    approval.actions = new ArrayList<>(actionIds);
    return approval;
  }

  private boolean isNoted() {
    return noted != null && approvedPlan != null && approvedPlan.equals(noted.hash);
  }

  private static String describe(Plan plan) {
    return "Plan " + plan.hash() + ": " + PlanText.summary(plan) + ".";
  }

  private static String howToApprove(Plan plan) {
    return "Read status.plan, then set spec.approvedPlan to "
        + plan.hash()
        + " to carry it out, or spec.mode to Apply.";
  }
}
