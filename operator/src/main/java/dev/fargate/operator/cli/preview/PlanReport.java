package dev.fargate.operator.cli.preview;

import dev.fargate.operator.cli.manifest.Document;
import dev.fargate.operator.cli.manifest.FileProblem;
import dev.fargate.operator.cli.manifest.Manifests;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.plan.PlanDocument;
import dev.fargate.operator.plan.PlanText;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.validate.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What the plan command says, the same for people and for tools.
 *
 * @param result {@code nothing}, {@code changes} or {@code error}
 * @param summary over all plans
 * @param plans one per object that could be planned, in the order in which they happen
 * @param assumed what was taken to exist although nobody gave it
 * @param ignored objects of other kinds in the files
 * @param errors why something could not be planned
 */
public record PlanReport(
    String result,
    String summary,
    List<PlanDocument> plans,
    List<String> assumed,
    List<String> ignored,
    List<FileProblem> errors) {

  /** Of files that could not be read. */
  public static PlanReport of(Manifests files) {
    return new PlanReport(
        "error", "not planned", List.of(), List.of(), files.ignored(), files.problems());
  }

  public static PlanReport of(Manifests files, Previews.Result previews) {
    List<FileProblem> errors = new ArrayList<>();
    List<Plan> plans = new ArrayList<>();
    for (Previews.Entry entry : previews.entries()) {
      Document document = files.document(entry.object());
      for (Problem problem : entry.preview().problems()) {
        errors.add(document.problem(problem.field(), problem.message()));
      }
      if (entry.preview().waitsFor() != null) {
        errors.add(waiting(document, entry.preview().waitsFor()));
      }
      if (entry.preview().plan() != null) {
        plans.add(entry.preview().plan());
        for (Kind kind : new TreeSet<>(entry.preview().plan().unread())) {
          errors.add(
              document.problem("metadata.name", kind.label() + " could not be read from AWS"));
        }
        for (Plan.Conflict conflict : entry.preview().plan().conflicts()) {
          errors.add(
              document.problem(
                  "metadata.name", conflict.what() + " belongs to " + conflict.holder()));
        }
      }
    }
    boolean changes = plans.stream().anyMatch(plan -> !plan.isEmpty());
    return new PlanReport(
        !errors.isEmpty() ? "error" : changes ? "changes" : "nothing",
        summary(plans),
        plans.stream().map(PlanDocument::of).toList(),
        previews.assumed(),
        files.ignored(),
        errors);
  }

  /** A wait begins with the path of the field that it is about, where there is one. */
  private static FileProblem waiting(Document document, String message) {
    int end = message.indexOf(": ");
    return message.startsWith("spec.") && end > 0
        ? document.problem(message.substring(0, end), message.substring(end + 2))
        : document.problem("spec", message);
  }

  private static String summary(List<Plan> plans) {
    List<Action> actions = plans.stream().flatMap(plan -> plan.actions().stream()).toList();
    if (actions.isEmpty()) {
      return "nothing to do";
    }
    return (plans.stream().anyMatch(Plan::adopts) ? count(actions, Verb.ADOPT) + " to adopt, " : "")
        + count(actions, Verb.CREATE)
        + " to create, "
        + count(actions, Verb.UPDATE)
        + " to change, "
        + count(actions, Verb.DELETE)
        + " to delete";
  }

  private static long count(List<Action> actions, Verb verb) {
    return actions.stream().filter(action -> action.verb() == verb).count();
  }

  /** 0 nothing to do, 2 changes, 1 error. */
  public int exitCode() {
    return switch (result) {
      case "nothing" -> 0;
      case "changes" -> 2;
      default -> 1;
    };
  }

  /** The text for people: every plan, then what was assumed, then the sum. */
  public static String text(PlanReport report, Previews.Result previews) {
    StringBuilder text = new StringBuilder();
    if (!report.plans().stream().allMatch(plan -> plan.actions().isEmpty())) {
      text.append("+ create   ~ change   - delete   -/+ +/- replace, the first sign first\n\n");
    }
    for (Previews.Entry entry : previews.entries()) {
      if (entry.preview().plan() != null) {
        text.append(PlanText.of(entry.preview().plan())).append('\n');
      }
    }
    for (String assumed : report.assumed()) {
      text.append("Not in the files, taken to exist: ").append(assumed).append('\n');
    }
    for (String ignored : report.ignored()) {
      text.append("Not planned: ").append(ignored).append('\n');
    }
    return text.append("All: ").append(report.summary()).append(".\n").toString();
  }
}
