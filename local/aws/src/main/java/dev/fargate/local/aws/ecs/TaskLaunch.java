package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.efs.FileSystems;
import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.tasks.TaskRuntime.HealthTiming;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a task and its definition into what a runtime needs, secrets resolved. */
final class TaskLaunch {
  /** What ECS gives a container between TERM and KILL when the definition does not say. */
  private static final int DEFAULT_STOP_TIMEOUT = 30;

  private final Surroundings surroundings;

  TaskLaunch(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * @throws AwsException with the task's stoppedReason as message when secrets or logs cannot be
   *     had
   */
  TaskRuntime.Launch of(Task task) {
    TaskDefinition definition = task.definition();
    return new TaskRuntime.Launch(
        task.arn,
        task.cluster.name,
        task.standalone() ? null : task.service.name,
        task.networkInterface.privateIp(),
        surroundings.network().subnet(task.subnetId).orElseThrow().vpcId(),
        task.origin.overrides().size(definition).cpuUnits(),
        task.origin.overrides().size(definition).memoryMiB(),
        containers(task, definition));
  }

  private List<TaskRuntime.Container> containers(Task task, TaskDefinition definition) {
    Map<String, FileSystems.Mounted> volumes = volumes(task, definition);
    return definition.containers().stream()
        .map(container -> container(task, container, volumes))
        .toList();
  }

  /** Mounted once for the whole task, before any container starts. */
  private Map<String, FileSystems.Mounted> volumes(Task task, TaskDefinition definition) {
    Map<String, FileSystems.Mounted> mounted = new LinkedHashMap<>();
    for (Struct volume : definition.volumes()) {
      Struct efs = volume.struct("efsVolumeConfiguration").orElseThrow();
      mounted.put(
          volume.required("name"),
          surroundings
              .fileSystems()
              .mount(
                  efs.required("fileSystemId"),
                  efs.struct("authorizationConfig").flatMap(a -> a.string("accessPointId")),
                  efs.string("rootDirectory").orElse("/"),
                  task.networkInterface));
    }
    return mounted;
  }

  private static TaskRuntime.Mount mount(Struct mount, Map<String, FileSystems.Mounted> volumes) {
    FileSystems.Mounted volume = volumes.get(mount.required("sourceVolume"));
    return new TaskRuntime.Mount(
        mount.required("containerPath"),
        mount.bool("readOnly").orElse(false),
        volume.place(),
        volume::folder);
  }

  /** The time between TERM and KILL for the whole task: the longest of its containers. */
  static Duration stopTimeout(Task task) {
    return task.definition().containers().stream()
        .map(TaskLaunch::stopTimeout)
        .max(Duration::compareTo)
        .orElseThrow();
  }

  private TaskRuntime.Container container(
      Task task, Struct container, Map<String, FileSystems.Mounted> volumes) {
    String name = container.required("name");
    Optional<Struct> health =
        container.struct("healthCheck").filter(h -> !h.strings("command").contains("NONE"));
    Map<String, Object> logs =
        container.struct("logConfiguration").map(l -> l.map("options")).orElse(Map.of());
    String group = (String) logs.get("awslogs-group");
    if (group != null && !surroundings.logs().hasGroup(group)) {
      throw notInitialized(
          "failed to initialize logging driver: failed to create Cloudwatch log stream:"
              + " ResourceNotFoundException: The specified log group does not exist.");
    }
    return new TaskRuntime.Container(
        name,
        container.required("image"),
        container.strings("entryPoint"),
        task.origin.overrides().command(name).orElse(container.strings("command")),
        environment(task, container),
        container.bool("essential").orElse(true),
        container.structs("portMappings").stream()
            .map(mapping -> mapping.integer("containerPort").orElseThrow())
            .toList(),
        health.map(h -> h.strings("command")).orElse(List.of()),
        health.map(TaskLaunch::timing).orElse(null),
        stopTimeout(container),
        group,
        group == null ? null : logs.get("awslogs-stream-prefix") + "/" + name + "/" + task.id,
        container.structs("mountPoints").stream().map(m -> mount(m, volumes)).toList());
  }

  private Map<String, String> environment(Task task, Struct container) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE");
    environment.put("AWS_REGION", task.arns.region());
    environment.put("AWS_DEFAULT_REGION", task.arns.region());
    for (Struct variable : container.structs("environment")) {
      environment.put(variable.required("name"), variable.string("value").orElse(""));
    }
    environment.putAll(task.origin.overrides().environment(container.required("name")));
    List<Struct> secrets = container.structs("secrets");
    requireParameters(secrets);
    for (Struct secret : secrets) {
      environment.put(secret.required("name"), resolve(secret.required("valueFrom")));
    }
    return environment;
  }

  /** ECS asks for all parameters at once, and names all that there are not. */
  private void requireParameters(List<Struct> secrets) {
    List<String> invalid =
        secrets.stream()
            .map(secret -> secret.required("valueFrom"))
            .filter(TaskLaunch::isParameter)
            .filter(name -> surroundings.parameters().value(name).isEmpty())
            .map(TaskLaunch::parameterName)
            .toList();
    if (!invalid.isEmpty()) {
      throw notInitialized(
          "unable to pull secrets or registry auth: execution resource retrieval failed: unable to"
              + " retrieve secrets from ssm: service call has been retried 1 time(s): invalid"
              + " parameters: "
              + String.join(",", invalid));
    }
  }

  /** The ARN of a secret, or else a parameter's name or ARN. */
  private static boolean isParameter(String valueFrom) {
    return !valueFrom.matches("arn:[^:]*:secretsmanager:.*");
  }

  private static String parameterName(String valueFrom) {
    return valueFrom.replaceFirst("^arn:[^/]*:parameter/", "/");
  }

  private String resolve(String valueFrom) {
    if (isParameter(valueFrom)) {
      return surroundings.parameters().value(valueFrom).orElseThrow();
    }
    try {
      return surroundings.secrets().resolve(valueFrom);
    } catch (AwsException refused) {
      throw notInitialized(
          "unable to pull secrets or registry auth: execution resource retrieval failed: unable to"
              + " retrieve secret from asm: service call has been retried 1 time(s): failed to fetch"
              + " secret "
              + valueFrom
              + " from secrets manager: "
              + refused.code()
              + ": "
              + refused.getMessage());
    }
  }

  private static AwsException notInitialized(String why) {
    return new AwsException("ResourceInitializationError", "ResourceInitializationError: " + why);
  }

  private static HealthTiming timing(Struct check) {
    return new HealthTiming(
        Duration.ofSeconds(check.integer("interval").orElseThrow()),
        Duration.ofSeconds(check.integer("timeout").orElseThrow()),
        check.integer("retries").orElseThrow(),
        Duration.ofSeconds(check.integer("startPeriod").orElse(0)));
  }

  private static Duration stopTimeout(Struct container) {
    return Duration.ofSeconds(container.integer("stopTimeout").orElse(DEFAULT_STOP_TIMEOUT));
  }
}
