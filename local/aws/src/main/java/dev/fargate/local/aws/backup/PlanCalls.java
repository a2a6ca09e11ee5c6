package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;

/** Making, changing, describing and deleting plans. */
final class PlanCalls {
  /** Below it AWS takes no start window (the developer guide, Backup plan options). */
  private static final int SHORTEST_WINDOW = 60;

  private final BackupState state;
  private final Scheduler scheduler;
  private final BackupRuns runs;

  PlanCalls(BackupState state, Scheduler scheduler, BackupRuns runs) {
    this.state = state;
    this.scheduler = scheduler;
    this.runs = runs;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateBackupPlan", this::create,
        "UpdateBackupPlan", (input, caller) -> update(input),
        "GetBackupPlan", (input, caller) -> get(input),
        "ListBackupPlans", (input, caller) -> list(input),
        "DeleteBackupPlan", (input, caller) -> delete(input));
  }

  private Struct create(Struct input, Caller caller) {
    Struct document = input.struct("BackupPlan").orElseThrow();
    String request = input.string("CreatorRequestId").orElse(null);
    for (Plan there : state.plans.values()) {
      if (request != null && request.equals(there.creatorRequestId)) {
        // The same request again: the plan that it has made (AWS-FACTS 9).
        return versioned(there).with("CreationDate", there.createdAt);
      }
      if (there.name().equals(document.required("BackupPlanName"))) {
        throw BackupErrors.exists(
            "Backup plan with the same plan document already exists",
            there.arn,
            there.creatorRequestId);
      }
    }
    String id = state.nextId();
    Plan made =
        new Plan(
            id,
            "arn:aws:backup:" + caller.region() + ":" + caller.accountId() + ":backup-plan:" + id,
            request,
            scheduler.now());
    made.document = checked(document);
    made.versionId = state.nextId();
    TagCalls.put(made.tags, input.map("BackupPlanTags"));
    state.plans.put(id, made);
    runs.follow(made);
    return versioned(made).with("CreationDate", made.createdAt);
  }

  private Struct update(Struct input) {
    Plan plan = state.plan(input.required("BackupPlanId"));
    plan.document = checked(input.struct("BackupPlan").orElseThrow());
    plan.versionId = state.nextId();
    runs.follow(plan);
    return versioned(plan).with("CreationDate", scheduler.now());
  }

  private Struct checked(Struct asked) {
    Struct document = asked.deepCopy();
    if (document.structs("Rules").isEmpty()) {
      throw BackupErrors.bad("A backup plan needs at least one rule.");
    }
    for (Struct rule : document.structs("Rules")) {
      state.vault(rule.required("TargetBackupVaultName"));
      for (String member : List.of("CopyActions", "EnableContinuousBackup")) {
        if (rule.has(member) && !Boolean.FALSE.equals(rule.get(member))) {
          throw BackupErrors.bad(member + " is not supported by the local endpoint.");
        }
      }
      rule.struct("Lifecycle")
          .filter(lifecycle -> lifecycle.has("MoveToColdStorageAfterDays"))
          .ifPresent(
              cold -> {
                throw BackupErrors.bad("Cold storage is not supported by the local endpoint.");
              });
      if (rule.integer("StartWindowMinutes").orElse(SHORTEST_WINDOW) < SHORTEST_WINDOW) {
        throw BackupErrors.bad("Start window must be at least 60 minutes.");
      }
      if (rule.integer("CompletionWindowMinutes").isPresent()
          && rule.integer("CompletionWindowMinutes").get()
              < rule.integer("StartWindowMinutes").orElse(SHORTEST_WINDOW) + SHORTEST_WINDOW) {
        throw BackupErrors.bad(
            "Completion window must be at least 60 minutes greater than the start window.");
      }
      rule.with("RuleId", state.nextId());
      rule.with(
          "ScheduleExpressionTimezone",
          rule.string("ScheduleExpressionTimezone").orElse("Etc/UTC"));
      rule.string("ScheduleExpression")
          .ifPresent(
              expression -> AwsCron.parse(expression, rule.required("ScheduleExpressionTimezone")));
    }
    return document;
  }

  private static Struct versioned(Plan plan) {
    return Struct.of()
        .with("BackupPlanId", plan.id)
        .with("BackupPlanArn", plan.arn)
        .with("VersionId", plan.versionId);
  }

  private Struct get(Struct input) {
    Plan plan = state.plan(input.required("BackupPlanId"));
    if (input.string("VersionId").filter(id -> !id.equals(plan.versionId)).isPresent()) {
      throw BackupErrors.notFound("only the newest version of a plan is kept here");
    }
    return versioned(plan)
        .with("BackupPlan", plan.document)
        .with("CreatorRequestId", plan.creatorRequestId)
        .with("CreationDate", plan.createdAt)
        .with("LastExecutionDate", plan.lastExecution);
  }

  private Struct list(Struct input) {
    List<Plan> all = List.copyOf(state.plans.values());
    List<Plan> page = VaultCalls.PAGES.slice(input, all, plan -> plan.id);
    Struct answer =
        Struct.of()
            .with(
                "BackupPlansList",
                page.stream()
                    .map(
                        plan ->
                            versioned(plan)
                                .with("BackupPlanName", plan.name())
                                .with("CreatorRequestId", plan.creatorRequestId)
                                .with("CreationDate", plan.createdAt)
                                .with("LastExecutionDate", plan.lastExecution))
                    .toList());
    VaultCalls.PAGES.nextToken(all, page, plan -> plan.id, answer);
    return answer;
  }

  private Struct delete(Struct input) {
    Plan plan = state.plan(input.required("BackupPlanId"));
    if (!plan.selections.isEmpty()) {
      throw BackupErrors.refused(
          "Related backup plan selections must be deleted prior to backup plan deletion");
    }
    runs.forget(plan);
    state.plans.remove(plan.id);
    return versioned(plan).with("DeletionDate", scheduler.now());
  }
}
