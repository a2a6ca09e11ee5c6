package dev.fargate.operator.stack;

import java.util.List;
import java.util.SortedMap;

/**
 * A revision is never changed: another content is another revision, found by its content hash.
 *
 * @param cpuUnits 256..16384
 * @param architecture X86_64 or ARM64
 * @param ephemeralStorageGiB 21..200; null = AWS's 20
 * @param taskRoleArn null for none
 */
public record TaskDefinition(
    ResourceId id,
    String family,
    int cpuUnits,
    int memoryMiB,
    String architecture,
    Integer ephemeralStorageGiB,
    String executionRoleArn,
    String taskRoleArn,
    List<Container> containers,
    List<Volume> volumes)
    implements Resource {
  /** Without volumes. */
  public TaskDefinition(
      ResourceId id,
      String family,
      int cpuUnits,
      int memoryMiB,
      String architecture,
      Integer ephemeralStorageGiB,
      String executionRoleArn,
      String taskRoleArn,
      List<Container> containers) {
    this(
        id,
        family,
        cpuUnits,
        memoryMiB,
        architecture,
        ephemeralStorageGiB,
        executionRoleArn,
        taskRoleArn,
        containers,
        List.of());
  }

  @Override
  public String physicalName() {
    return family;
  }

  /**
   * @param entryPoint Kubernetes' command; empty = the image's
   * @param command Kubernetes' args; empty = the image's
   * @param secrets name to {@code valueFrom}
   * @param healthCheck null for none
   * @param stopTimeoutSeconds 2..120
   */
  public record Container(
      String name,
      String image,
      boolean essential,
      List<String> entryPoint,
      List<String> command,
      String user,
      String workingDirectory,
      boolean readOnlyRootFilesystem,
      int stopTimeoutSeconds,
      List<Port> ports,
      SortedMap<String, String> environment,
      SortedMap<String, Value> secrets,
      HealthCheck healthCheck,
      Logs logs,
      List<Mount> mounts) {
    /** Without mounts. */
    public Container(
        String name,
        String image,
        boolean essential,
        List<String> entryPoint,
        List<String> command,
        String user,
        String workingDirectory,
        boolean readOnlyRootFilesystem,
        int stopTimeoutSeconds,
        List<Port> ports,
        SortedMap<String, String> environment,
        SortedMap<String, Value> secrets,
        HealthCheck healthCheck,
        Logs logs) {
      this(
          name,
          image,
          essential,
          entryPoint,
          command,
          user,
          workingDirectory,
          readOnlyRootFilesystem,
          stopTimeoutSeconds,
          ports,
          environment,
          secrets,
          healthCheck,
          logs,
          List.of());
    }
  }

  /**
   * A directory of an EFS file system; encrypted in transit always.
   *
   * @param accessPointId null for the root of the file system
   */
  public record Volume(String name, Value fileSystemId, Value accessPointId) {}

  /**
   * @param volume the name of a volume of the task definition
   */
  public record Mount(String volume, String path, boolean readOnly) {}

  /**
   * @param protocol tcp or udp
   */
  public record Port(String name, int containerPort, String protocol, String appProtocol) {}

  public record HealthCheck(
      List<String> command,
      int intervalSeconds,
      int timeoutSeconds,
      int retries,
      int startPeriodSeconds) {}

  /** The awslogs driver. */
  public record Logs(Value group, String region, String streamPrefix) {}
}
