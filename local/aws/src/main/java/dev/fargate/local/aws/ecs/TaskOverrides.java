package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a RunTask changes of the task definition for its tasks alone: commands and variables of
 * containers, the size, the roles and the disk.
 */
record TaskOverrides(Struct requested) {
  static final TaskOverrides NONE = new TaskOverrides(Struct.of());

  /** All that containerOverrides may have as JSON (the API's documentation of RunTask). */
  private static final int MAX_LENGTH = 8192;

  /** Fargate gives at least these; 20 GiB is what a task has without asking. */
  private static final int MIN_STORAGE_GIB = 20;

  private static final int MAX_STORAGE_GIB = 200;

  private static final List<String> UNSUPPORTED =
      List.of("environmentFiles", "cpu", "memory", "memoryReservation", "resourceRequirements");

  /**
   * The overrides of a request.
   *
   * @throws dev.fargate.local.aws.wire.AwsException when they name a container that the definition
   *     has not, make a size that Fargate has not, or are not supported here
   */
  static TaskOverrides checked(Struct requested, TaskDefinition definition) {
    if (!requested.structs("inferenceAcceleratorOverrides").isEmpty()) {
      throw EcsError.unsupported("overrides.inferenceAcceleratorOverrides", "leave it out.");
    }
    for (Struct container : requested.structs("containerOverrides")) {
      String name = container.string("name").orElse("");
      if (definition.container(name).isEmpty()) {
        throw EcsError.invalid(
            "Override for container named " + name + " is not a container in the TaskDefinition.");
      }
      for (String field : UNSUPPORTED) {
        boolean empty = container.get(field) instanceof List<?> list && list.isEmpty();
        if (container.has(field) && !empty) {
          throw EcsError.unsupported("containerOverrides." + field, "leave it out.");
        }
      }
    }
    if (requested.structs("containerOverrides").toString().length() > MAX_LENGTH) {
      throw EcsError.invalid("Container Overrides length must be at most " + MAX_LENGTH);
    }
    requested
        .struct("ephemeralStorage")
        .flatMap(storage -> storage.integer("sizeInGiB"))
        .filter(size -> size < MIN_STORAGE_GIB || size > MAX_STORAGE_GIB)
        .ifPresent(
            size -> {
              throw EcsError.invalid(
                  "ephemeralStorage.sizeInGiB must be between 20 and 200, was " + size + ".");
            });
    TaskOverrides overrides = new TaskOverrides(requested.copy());
    overrides.size(definition);
    return overrides;
  }

  /** The task's size, which is the definition's where nothing else is asked for. */
  FargateSize size(TaskDefinition definition) {
    return FargateSize.parse(
        requested.string("cpu").orElse(definition.content.required("cpu")),
        requested.string("memory").orElse(definition.content.required("memory")));
  }

  /** What runs in a container instead of its own command; empty: its own. */
  Optional<List<String>> command(String container) {
    return of(container).map(each -> each.strings("command")).filter(command -> !command.isEmpty());
  }

  /** Variables that a container has beside, or instead of, those of its definition. */
  Map<String, String> environment(String container) {
    Map<String, String> variables = new LinkedHashMap<>();
    of(container).stream()
        .flatMap(each -> each.structs("environment").stream())
        .forEach(
            variable ->
                variables.put(
                    variable.string("name").orElse(""), variable.string("value").orElse("")));
    return variables;
  }

  Optional<String> executionRole() {
    return requested.string("executionRoleArn");
  }

  Optional<String> taskRole() {
    return requested.string("taskRoleArn");
  }

  Optional<Struct> storage() {
    return requested.struct("ephemeralStorage");
  }

  /** As DescribeTasks shows them: every container is named. */
  Struct described(TaskDefinition definition) {
    List<Struct> containers =
        definition.containers().stream()
            .map(each -> each.required("name"))
            .map(name -> of(name).orElse(Struct.of().with("name", name)))
            .toList();
    return requested.copy().with("containerOverrides", containers);
  }

  private Optional<Struct> of(String container) {
    return requested.structs("containerOverrides").stream()
        .filter(each -> each.string("name").filter(container::equals).isPresent())
        .findFirst();
  }
}
