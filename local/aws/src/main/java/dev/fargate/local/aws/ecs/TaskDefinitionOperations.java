package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.ecs.TaskDefinition.Status;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Register, describe, list, deregister and delete task definitions. */
final class TaskDefinitionOperations {
  private static final int MAX_DELETE = 10;

  private final EcsState state;
  private final TaskDefinitionRules rules;
  private final Scheduler scheduler;

  TaskDefinitionOperations(EcsState state, TaskDefinitionRules rules, Scheduler scheduler) {
    this.state = state;
    this.rules = rules;
    this.scheduler = scheduler;
  }

  /** Always a new revision: there is no token and nothing is compared (AWS-FACTS 0.6). */
  Struct register(Struct in, Caller caller) {
    Struct content = rules.checked(in);
    var tags = Tags.read(in);
    String family = in.required("family");
    int revision = state.taskDefinitions.nextRevision(family, caller);
    String arn = Arns.of(caller).taskDefinition(family, revision);
    content
        .with("taskDefinitionArn", arn)
        .with("revision", revision)
        .with("registeredAt", scheduler.now())
        .with("registeredBy", caller.principal());
    TaskDefinition definition = new TaskDefinition(family, revision, arn, content);
    definition.tags = tags;
    state.taskDefinitions.add(definition);
    return Struct.of()
        .with("taskDefinition", definition.describe())
        .with("tags", tags.isEmpty() ? null : Tags.write(tags));
  }

  Struct describe(Struct in, Caller caller) {
    TaskDefinition definition =
        state
            .taskDefinitions
            .find(in.required("taskDefinition"), caller)
            .orElseThrow(() -> EcsError.client("Unable to describe task definition."));
    Struct out = Struct.of().with("taskDefinition", definition.describe());
    if (in.strings("include").contains("TAGS")) {
      out.with("tags", Tags.write(definition.tags));
    }
    return out;
  }

  /** Sorted by family, then revision; without a status only ACTIVE ones. */
  Struct list(Struct in, Caller caller) {
    Status status = Status.valueOf(in.string("status").orElse("ACTIVE"));
    Comparator<TaskDefinition> order =
        Comparator.comparing((TaskDefinition d) -> d.family).thenComparingInt(d -> d.revision);
    if (in.string("sort").orElse("ASC").equals("DESC")) {
      order = order.reversed();
    }
    List<String> arns =
        visible(caller).stream()
            .filter(d -> d.status == status)
            .filter(d -> in.string("familyPrefix").map(d.family::equals).orElse(true))
            .sorted(order)
            .map(d -> d.arn)
            .toList();
    return Pages.of(Pages.OTHERS, in, "taskDefinitionArns", arns);
  }

  Struct listFamilies(Struct in, Caller caller) {
    String status = in.string("status").orElse("ALL");
    String prefix = in.string("familyPrefix").orElse("");
    List<String> families =
        visible(caller).stream()
            .filter(d -> d.family.startsWith(prefix))
            .filter(d -> status.equals("ALL") || hasActive(d.family, caller) == active(status))
            .map(d -> d.family)
            .distinct()
            .sorted()
            .toList();
    return Pages.of(Pages.OTHERS, in, "families", families);
  }

  Struct deregister(Struct in, Caller caller) {
    String reference = in.required("taskDefinition");
    TaskDefinition definition = findWithRevision(reference, caller);
    if (definition.status == Status.DELETE_IN_PROGRESS) {
      throw EcsError.client("The specified task definition is being deleted.");
    }
    if (definition.status == Status.ACTIVE) {
      definition.status = Status.INACTIVE;
      definition.deregisteredAt = scheduler.now();
    }
    return Struct.of().with("taskDefinition", definition.describe());
  }

  /** INACTIVE ones only; gone at once unless a service or task still uses it. */
  Struct delete(Struct in, Caller caller) {
    List<String> references = in.strings("taskDefinitions");
    if (references.size() > MAX_DELETE) {
      throw EcsError.invalid("At most 10 task definitions can be deleted in one call.");
    }
    List<Struct> deleted = new ArrayList<>();
    List<Struct> failures = new ArrayList<>();
    for (String reference : references) {
      try {
        deleted.add(delete(findWithRevision(reference, caller)));
      } catch (AwsException refused) {
        failures.add(
            Struct.of()
                .with("arn", reference)
                .with("reason", "TASK_DEFINITION_INPUT_INVALID")
                .with("detail", refused.getMessage()));
      }
    }
    return Struct.of().with("taskDefinitions", deleted).with("failures", failures);
  }

  /** Removes what waits in DELETE_IN_PROGRESS once nothing uses it any more. */
  void purge() {
    for (TaskDefinition definition : state.taskDefinitions.all()) {
      if (definition.status == Status.DELETE_IN_PROGRESS && !inUse(definition)) {
        state.taskDefinitions.remove(definition);
      }
    }
  }

  private Struct delete(TaskDefinition definition) {
    if (definition.status == Status.ACTIVE) {
      throw EcsError.client(
          "The specified task definition is still in ACTIVE status. Please deregister the target"
              + " and try again.");
    }
    if (definition.status == Status.INACTIVE) {
      definition.status = Status.DELETE_IN_PROGRESS;
      definition.deleteRequestedAt = scheduler.now();
    }
    return definition.describe();
  }

  private boolean inUse(TaskDefinition definition) {
    boolean deployed =
        state.allServices().stream()
            .filter(service -> service.status != Service.Status.INACTIVE)
            .flatMap(service -> service.deployments.stream())
            .anyMatch(deployment -> deployment.revision.taskDefinition() == definition);
    return deployed
        || state.clusters.values().stream()
            .flatMap(cluster -> cluster.tasksNotStopped().stream())
            .anyMatch(task -> task.definition() == definition);
  }

  private TaskDefinition findWithRevision(String reference, Caller caller) {
    if (!reference.contains(":")) {
      throw EcsError.client("Task definition must have a revision: " + reference);
    }
    return state
        .taskDefinitions
        .find(reference, caller)
        .orElseThrow(
            () -> EcsError.client("The specified task definition does not exist: " + reference));
  }

  private List<TaskDefinition> visible(Caller caller) {
    Arns arns = Arns.of(caller);
    return state.taskDefinitions.all().stream()
        .filter(d -> d.arn.equals(arns.taskDefinition(d.family, d.revision)))
        .toList();
  }

  private boolean hasActive(String family, Caller caller) {
    return visible(caller).stream()
        .anyMatch(d -> d.family.equals(family) && d.status == Status.ACTIVE);
  }

  private static boolean active(String status) {
    return status.equals("ACTIVE");
  }
}
