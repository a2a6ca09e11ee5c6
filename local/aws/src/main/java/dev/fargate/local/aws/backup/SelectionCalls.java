package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.backup.Plan.Selection;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Which resources a plan backs up, and as whom; a selection never changes. */
final class SelectionCalls {
  private final BackupState state;
  private final Scheduler scheduler;
  private final Predicate<String> roles;

  SelectionCalls(BackupState state, Scheduler scheduler, Predicate<String> roles) {
    this.state = state;
    this.scheduler = scheduler;
    this.roles = roles;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateBackupSelection", (input, caller) -> create(input),
        "GetBackupSelection", (input, caller) -> get(input),
        "ListBackupSelections", (input, caller) -> list(input),
        "DeleteBackupSelection", (input, caller) -> delete(input));
  }

  private Struct create(Struct input) {
    Plan plan = state.plan(input.required("BackupPlanId"));
    Struct asked = input.struct("BackupSelection").orElseThrow();
    String name = asked.required("SelectionName");
    String request = input.string("CreatorRequestId").orElse(null);
    for (Selection there : plan.selections.values()) {
      if (request != null && request.equals(there.creatorRequestId)) {
        return created(plan, there);
      }
      if (name.equals(there.document.required("SelectionName"))) {
        throw BackupErrors.exists(
            "Backup selection with the same name already exists", null, there.creatorRequestId);
      }
    }
    for (String member : List.of("ListOfTags", "Conditions", "NotResources")) {
      if (asked.has(member)) {
        throw BackupErrors.bad(
            member + " is not supported by the local endpoint; name the resources.");
      }
    }
    if (asked.strings("Resources").isEmpty()) {
      throw BackupErrors.bad("Resources must not be empty.");
    }
    for (String resource : asked.strings("Resources")) {
      if (!resource.contains(":file-system/")) {
        throw BackupErrors.bad(
            "only EFS file systems are supported by the local endpoint, not " + resource);
      }
    }
    if (!roles.test(asked.required("IamRoleArn"))) {
      throw BackupErrors.role(asked.required("IamRoleArn"));
    }
    Selection made = new Selection(state.nextId(), request, scheduler.now(), asked.deepCopy());
    plan.selections.put(made.id, made);
    return created(plan, made);
  }

  private static Struct created(Plan plan, Selection selection) {
    return Struct.of()
        .with("SelectionId", selection.id)
        .with("BackupPlanId", plan.id)
        .with("CreationDate", selection.createdAt);
  }

  private Struct get(Struct input) {
    Plan plan = state.plan(input.required("BackupPlanId"));
    Selection selection = find(plan, input.required("SelectionId"));
    return created(plan, selection)
        .with("BackupSelection", selection.document)
        .with("CreatorRequestId", selection.creatorRequestId);
  }

  private Struct list(Struct input) {
    Plan plan = state.plan(input.required("BackupPlanId"));
    List<Selection> all = List.copyOf(plan.selections.values());
    List<Selection> page = VaultCalls.PAGES.slice(input, all, selection -> selection.id);
    Struct answer =
        Struct.of()
            .with(
                "BackupSelectionsList",
                page.stream()
                    .map(
                        each ->
                            created(plan, each)
                                .with("SelectionName", each.document.required("SelectionName"))
                                .with("IamRoleArn", each.document.required("IamRoleArn"))
                                .with("CreatorRequestId", each.creatorRequestId))
                    .toList());
    VaultCalls.PAGES.nextToken(all, page, selection -> selection.id, answer);
    return answer;
  }

  private Struct delete(Struct input) {
    Plan plan = state.plan(input.required("BackupPlanId"));
    plan.selections.remove(find(plan, input.required("SelectionId")).id);
    return Struct.of();
  }

  private static Selection find(Plan plan, String id) {
    return Optional.ofNullable(plan.selections.get(id))
        .orElseThrow(() -> BackupErrors.notFound("Cannot find Backup selection with ID " + id));
  }
}
