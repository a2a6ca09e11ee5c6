package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.TaskDefinition.Container;
import dev.fargate.operator.stack.TaskDefinition.Logs;
import dev.fargate.operator.stack.TaskDefinition.Mount;
import dev.fargate.operator.stack.TaskDefinition.Port;
import dev.fargate.operator.stack.TaskDefinition.Volume;
import dev.fargate.operator.stack.Value;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EFSAuthorizationConfig;
import software.amazon.awssdk.services.ecs.model.EFSTransitEncryption;
import software.amazon.awssdk.services.ecs.model.EphemeralStorage;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.MountPoint;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.OSFamily;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RuntimePlatform;
import software.amazon.awssdk.services.ecs.model.Secret;

/** A task definition from and to ECS's form. */
final class TaskDefinitionMapper {
  private static final String GROUP = "awslogs-group";
  private static final String REGION = "awslogs-region";
  private static final String PREFIX = "awslogs-stream-prefix";

  /** What Fargate does where the field is absent (AWS-FACTS 3.2). */
  private static final int DEFAULT_STOP_TIMEOUT_SECONDS = 30;

  private static final HealthCheckDefaults HEALTH = new HealthCheckDefaults(30, 5, 3, 0);

  private record HealthCheckDefaults(int interval, int timeout, int retries, int startPeriod) {}

  private TaskDefinitionMapper() {}

  static RegisterTaskDefinitionRequest request(
      TaskDefinition wanted, SortedMap<String, String> tags) {
    RegisterTaskDefinitionRequest.Builder request =
        RegisterTaskDefinitionRequest.builder()
            .family(wanted.family())
            .requiresCompatibilities(Compatibility.FARGATE)
            .networkMode(NetworkMode.AWSVPC)
            .cpu(String.valueOf(wanted.cpuUnits()))
            .memory(String.valueOf(wanted.memoryMiB()))
            .runtimePlatform(
                RuntimePlatform.builder()
                    .cpuArchitecture(wanted.architecture())
                    .operatingSystemFamily(OSFamily.LINUX)
                    .build())
            .executionRoleArn(wanted.executionRoleArn())
            .taskRoleArn(wanted.taskRoleArn())
            .containerDefinitions(
                wanted.containers().stream().map(TaskDefinitionMapper::definition).toList())
            .tags(EcsTags.of(tags));
    if (wanted.ephemeralStorageGiB() != null) {
      request.ephemeralStorage(
          EphemeralStorage.builder().sizeInGiB(wanted.ephemeralStorageGiB()).build());
    }
    if (!wanted.volumes().isEmpty()) {
      request.volumes(wanted.volumes().stream().map(TaskDefinitionMapper::volume).toList());
    }
    return request.build();
  }

  /**
   * With an access point AWS wants the root directory left out, and encryption (AWS-FACTS 9);
   * without both it is the root of the file system.
   */
  private static software.amazon.awssdk.services.ecs.model.Volume volume(Volume wanted) {
    EFSAuthorizationConfig authorization =
        wanted.accessPointId() == null
            ? null
            : EFSAuthorizationConfig.builder()
                .accessPointId(wanted.accessPointId().toString())
                .build();
    return software.amazon.awssdk.services.ecs.model.Volume.builder()
        .name(wanted.name())
        .efsVolumeConfiguration(
            efs ->
                efs.fileSystemId(wanted.fileSystemId().toString())
                    .transitEncryption(EFSTransitEncryption.ENABLED)
                    .authorizationConfig(authorization))
        .build();
  }

  private static Volume volume(software.amazon.awssdk.services.ecs.model.Volume actual) {
    var efs = actual.efsVolumeConfiguration();
    var authorization = efs == null ? null : efs.authorizationConfig();
    return new Volume(
        actual.name(),
        Value.known(efs == null ? "" : efs.fileSystemId()),
        Value.known(
            authorization == null || authorization.accessPointId() == null
                ? ""
                : authorization.accessPointId()));
  }

  private static ContainerDefinition definition(Container wanted) {
    ContainerDefinition.Builder definition =
        ContainerDefinition.builder()
            .name(wanted.name())
            .image(wanted.image())
            .essential(wanted.essential())
            .user(wanted.user())
            .workingDirectory(wanted.workingDirectory())
            .stopTimeout(wanted.stopTimeoutSeconds())
            .readonlyRootFilesystem(wanted.readOnlyRootFilesystem());
    if (!wanted.entryPoint().isEmpty()) {
      definition.entryPoint(wanted.entryPoint());
    }
    if (!wanted.command().isEmpty()) {
      definition.command(wanted.command());
    }
    if (!wanted.ports().isEmpty()) {
      definition.portMappings(wanted.ports().stream().map(TaskDefinitionMapper::mapping).toList());
    }
    if (!wanted.environment().isEmpty()) {
      definition.environment(
          wanted.environment().entrySet().stream()
              .map(e -> KeyValuePair.builder().name(e.getKey()).value(e.getValue()).build())
              .toList());
    }
    if (!wanted.secrets().isEmpty()) {
      definition.secrets(
          wanted.secrets().entrySet().stream()
              .map(
                  e -> Secret.builder().name(e.getKey()).valueFrom(e.getValue().toString()).build())
              .toList());
    }
    if (!wanted.mounts().isEmpty()) {
      definition.mountPoints(wanted.mounts().stream().map(TaskDefinitionMapper::mount).toList());
    }
    if (wanted.healthCheck() != null) {
      definition.healthCheck(health(wanted.healthCheck()));
    }
    if (wanted.logs() != null) {
      definition.logConfiguration(
          LogConfiguration.builder()
              .logDriver(LogDriver.AWSLOGS)
              .options(
                  Map.of(
                      GROUP,
                      wanted.logs().group().toString(),
                      REGION,
                      wanted.logs().region(),
                      PREFIX,
                      wanted.logs().streamPrefix()))
              .build());
    }
    return definition.build();
  }

  private static MountPoint mount(Mount wanted) {
    return MountPoint.builder()
        .sourceVolume(wanted.volume())
        .containerPath(wanted.path())
        .readOnly(wanted.readOnly())
        .build();
  }

  private static PortMapping mapping(Port port) {
    return PortMapping.builder()
        .name(port.name())
        .containerPort(port.containerPort())
        .protocol(port.protocol())
        .appProtocol(port.appProtocol())
        .build();
  }

  private static HealthCheck health(TaskDefinition.HealthCheck wanted) {
    return HealthCheck.builder()
        .command(wanted.command())
        .interval(wanted.intervalSeconds())
        .timeout(wanted.timeoutSeconds())
        .retries(wanted.retries())
        .startPeriod(wanted.startPeriodSeconds() == 0 ? null : wanted.startPeriodSeconds())
        .build();
  }

  static TaskDefinition resource(
      ResourceId id, software.amazon.awssdk.services.ecs.model.TaskDefinition actual) {
    String architecture =
        actual.runtimePlatform() == null
            ? null
            : actual.runtimePlatform().cpuArchitectureAsString();
    return new TaskDefinition(
        id,
        actual.family(),
        actual.cpu() == null ? 0 : Integer.parseInt(actual.cpu()),
        actual.memory() == null ? 0 : Integer.parseInt(actual.memory()),
        architecture == null ? "X86_64" : architecture,
        actual.ephemeralStorage() == null ? null : actual.ephemeralStorage().sizeInGiB(),
        actual.executionRoleArn(),
        actual.taskRoleArn(),
        actual.containerDefinitions().stream().map(TaskDefinitionMapper::container).toList(),
        actual.volumes().stream().map(TaskDefinitionMapper::volume).toList());
  }

  private static Container container(ContainerDefinition actual) {
    SortedMap<String, String> environment = new TreeMap<>();
    actual.environment().forEach(pair -> environment.put(pair.name(), pair.value()));
    SortedMap<String, Value> secrets = new TreeMap<>();
    actual.secrets().forEach(s -> secrets.put(s.name(), Value.known(s.valueFrom())));
    return new Container(
        actual.name(),
        actual.image(),
        !Boolean.FALSE.equals(actual.essential()),
        List.copyOf(actual.entryPoint()),
        List.copyOf(actual.command()),
        actual.user(),
        actual.workingDirectory(),
        Boolean.TRUE.equals(actual.readonlyRootFilesystem()),
        orElse(actual.stopTimeout(), DEFAULT_STOP_TIMEOUT_SECONDS),
        actual.portMappings().stream()
            .map(
                port ->
                    new Port(
                        port.name(),
                        port.containerPort(),
                        port.protocolAsString() == null ? "tcp" : port.protocolAsString(),
                        port.appProtocolAsString()))
            .toList(),
        environment,
        secrets,
        health(actual.healthCheck()),
        logs(actual.logConfiguration()),
        actual.mountPoints().stream()
            .map(
                mount ->
                    new Mount(
                        mount.sourceVolume(),
                        mount.containerPath(),
                        Boolean.TRUE.equals(mount.readOnly())))
            .toList());
  }

  private static TaskDefinition.HealthCheck health(HealthCheck actual) {
    return actual == null
        ? null
        : new TaskDefinition.HealthCheck(
            List.copyOf(actual.command()),
            orElse(actual.interval(), HEALTH.interval()),
            orElse(actual.timeout(), HEALTH.timeout()),
            orElse(actual.retries(), HEALTH.retries()),
            orElse(actual.startPeriod(), HEALTH.startPeriod()));
  }

  private static Logs logs(LogConfiguration actual) {
    if (actual == null || actual.logDriver() != LogDriver.AWSLOGS) {
      return null;
    }
    Map<String, String> options = actual.options();
    return new Logs(
        Value.known(options.getOrDefault(GROUP, "")),
        options.getOrDefault(REGION, ""),
        options.getOrDefault(PREFIX, ""));
  }

  private static int orElse(Integer value, int absent) {
    return value == null ? absent : value;
  }
}
