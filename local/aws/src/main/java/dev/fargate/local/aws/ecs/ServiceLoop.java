package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.time.Scheduler;
import java.time.Instant;

/** The regular look at all services, and the forgetting of what has ended long ago. */
final class ServiceLoop {
  private final EcsState state;
  private final ServiceScheduler services;
  private final TaskDefinitionOperations taskDefinitions;
  private final Scheduler scheduler;
  private final Timing timing;

  ServiceLoop(
      EcsState state,
      ServiceScheduler services,
      TaskDefinitionOperations taskDefinitions,
      Scheduler scheduler,
      Timing timing) {
    this.state = state;
    this.services = services;
    this.taskDefinitions = taskDefinitions;
    this.scheduler = scheduler;
    this.timing = timing;
  }

  void tick() {
    for (Service service : state.allServices()) {
      switch (service.status) {
        case ACTIVE -> services.look(service);
        case DRAINING -> drain(service);
        case INACTIVE -> forget(service);
      }
    }
    forgetStoppedTasks();
    taskDefinitions.purge();
  }

  private void drain(Service service) {
    services.drain(service);
    if (!service.tasks().isEmpty()) {
      return;
    }
    if (service.drainedAt == null) {
      service.drainedAt = scheduler.now();
    }
    if (!scheduler.now().isBefore(service.drainedAt.plus(timing.drainingTail()))) {
      service.status = Service.Status.INACTIVE;
      service.inactiveSince = scheduler.now();
    }
  }

  private void forget(Service service) {
    if (!scheduler.now().isBefore(service.inactiveSince.plus(timing.kept()))) {
      service.cluster.services.remove(service.arn);
    }
  }

  private void forgetStoppedTasks() {
    Instant before = scheduler.now().minus(timing.kept());
    for (Cluster cluster : state.clusters.values()) {
      cluster.tasks.values().removeIf(t -> t.stoppedAt != null && !t.stoppedAt.isAfter(before));
    }
  }
}
