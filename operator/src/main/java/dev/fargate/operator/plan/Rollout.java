package dev.fargate.operator.plan;

import java.time.Instant;
import java.util.List;

/**
 * The rollout as ECS and the load balancer report it.
 *
 * @param serviceStatus ACTIVE, DRAINING or INACTIVE
 * @param deployments the primary first
 * @param targets health by target; read only in rollouts and failures, else empty
 * @param failures stopped tasks that did not stop because somebody wanted them to, newest first
 * @param events the service's latest event texts, newest first
 * @param latestEvent when the newest of them was; null without any
 * @param rolledBack ECS has gone back from the newest deployment to the one that is the primary
 *     now; asked only where it decides, else false
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
    boolean rolledBack) {

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
        false);
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
   */
  public record TaskFailure(
      String taskArn,
      String taskDefinitionArn,
      String stopCode,
      String stoppedReason,
      String container,
      Integer exitCode,
      String containerReason,
      Instant stoppedAt) {}
}
