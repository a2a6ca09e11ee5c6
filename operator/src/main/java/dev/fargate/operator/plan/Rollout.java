package dev.fargate.operator.plan;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rollout as ECS and the load balancer report it.
 *
 * @param serviceStatus ACTIVE, DRAINING or INACTIVE
 * @param deployments the primary first
 * @param targets health by target; read only in rollouts and failures, else empty
 * @param failures stopped tasks that did not stop because somebody wanted them to, newest first
 * @param events the service's latest event texts, newest first
 * @param latestEvent when the newest of them was; null without any
 * @param shift how far ECS is with moving traffic; null where it moves none
 * @param rolledBack what ECS has gone back from, to the deployment that is the primary now; asked
 *     only where it decides, else null, as where it has not
 */
public record Rollout(
    String serviceStatus,
    int desired,
    int running,
    int pending,
    List<Deployment> deployments,
    List<Target> targets,
    List<TaskFailure> failures,
    List<String> events,
    Instant latestEvent,
    RolledBack rolledBack,
    Shift shift) {

  /** A rollout whose history was not asked, with events of unknown age. */
  public Rollout(
      String serviceStatus,
      int desired,
      int running,
      int pending,
      List<Deployment> deployments,
      List<Target> targets,
      List<TaskFailure> failures,
      List<String> events) {
    this(
        serviceStatus,
        desired,
        running,
        pending,
        deployments,
        targets,
        failures,
        events,
        null,
        null,
        null);
  }

  /** A rollout that moves no traffic. */
  public Rollout(
      String serviceStatus,
      int desired,
      int running,
      int pending,
      List<Deployment> deployments,
      List<Target> targets,
      List<TaskFailure> failures,
      List<String> events,
      Instant latestEvent,
      RolledBack rolledBack) {
    this(
        serviceStatus,
        desired,
        running,
        pending,
        deployments,
        targets,
        failures,
        events,
        latestEvent,
        rolledBack,
        null);
  }

  /** Whether the service is asked to run no task. */
  public boolean wantsNone() {
    return desired == 0;
  }

  /**
   * The service deployment that moves traffic, as ECS describes it.
   *
   * @param status IN_PROGRESS, SUCCESSFUL, ROLLBACK_IN_PROGRESS and so on (AWS-FACTS 4.7); null
   *     while it was not asked
   * @param stage of its lifecycle; null when it has ended, or was not asked
   */
  public record Shift(String serviceDeploymentArn, String status, String stage) {
    /** The stages in which all production traffic is with the new tasks. */
    private static final Set<String> SHIFTED =
        Set.of("POST_PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME", "CLEAN_UP");

    /** The stages in which the new tasks get some production traffic or all. */
    private static final String SHIFTING = "PRODUCTION_TRAFFIC_SHIFT";

    /** Whether all production traffic is with the new tasks. */
    public boolean isShifted() {
      return stage != null && SHIFTED.contains(stage);
    }

    /** Whether all production traffic has gone back to the primary deployment. */
    public boolean isGivenBack() {
      return "ROLLBACK_IN_PROGRESS".equals(status);
    }

    /** Whether the new tasks have been found healthy, and traffic moves or has moved. */
    public boolean hasTraffic() {
      return isShifted() || SHIFTING.equals(stage);
    }
  }

  /**
   * @param status PRIMARY or ACTIVE; @param rolloutState IN_PROGRESS, COMPLETED or FAILED
   */
  public record Deployment(
      String id,
      String status,
      String taskDefinitionArn,
      String image,
      int desired,
      int running,
      int pending,
      int failedTasks,
      String rolloutState,
      String rolloutStateReason,
      Instant createdAt,
      Instant updatedAt) {}

  /**
   * @param state as AWS-FACTS 6.3; @param reason null when healthy
   */
  public record Target(
      String targetGroupArn,
      String ip,
      int port,
      String state,
      String reason,
      String description) {}

  /**
   * @param exitCode null when the container never ran
   * @param imageDigests by image, of what was pulled; empty when nothing was
   */
  public record TaskFailure(
      String taskArn,
      String taskDefinitionArn,
      String stopCode,
      String stoppedReason,
      String container,
      Integer exitCode,
      String containerReason,
      Instant stoppedAt,
      Map<String, String> imageDigests) {
    public TaskFailure {
      imageDigests = Map.copyOf(imageDigests);
    }
  }
}
