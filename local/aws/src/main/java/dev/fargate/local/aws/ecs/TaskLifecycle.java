package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Walks a task through its states, PROVISIONING to STOPPED (AWS-FACTS 4.6). On the way out its
 * targets are drained before its containers get TERM.
 */
final class TaskLifecycle {
  /** A runtime that has not reported the end this long after KILL was due is not waited for. */
  private static final Duration AFTER_KILL = Duration.ofSeconds(10);

  private final Scheduler scheduler;
  private final TaskRuntime runtime;
  private final Timing timing;
  private final Surroundings surroundings;
  private final TaskRegistration registration;
  private final TaskLaunch launch;
  private Consumer<Task> failed = task -> {};

  TaskLifecycle(
      Scheduler scheduler, TaskRuntime runtime, Timing timing, Surroundings surroundings) {
    this.scheduler = scheduler;
    this.runtime = runtime;
    this.timing = timing;
    this.surroundings = surroundings;
    this.registration = new TaskRegistration(surroundings, scheduler, timing);
    this.launch = new TaskLaunch(surroundings);
  }

  /** Who hears, once each, of a service's tasks that end without having been told to. */
  void onFailure(Consumer<Task> listener) {
    failed = listener;
  }

  void begin(Task task) {
    next(task, timing.networkInterface(), "attach interface", () -> attach(task));
  }

  /** Stops a task for a reason of the scheduler or the user; a task on its way out goes on. */
  void stop(Task task, String stopCode, String reason) {
    if (!task.wanted) {
      return;
    }
    unwanted(task, stopCode, reason);
    if (task.registered) {
      task.enter(TaskStatus.DEACTIVATING);
      registration.deregister(task);
      waitUntilDrained(task);
    } else {
      endContainers(task);
    }
  }

  private void attach(Task task) {
    Struct network = task.revision.network();
    try {
      task.networkInterface =
          surroundings
              .network()
              .attach(
                  task.subnetId,
                  securityGroups(task, network),
                  "arn:aws:ecs:" + task.arns.region() + ":attachment/" + task.attachmentId);
    } catch (AwsException refused) {
      task.attachmentStatus = "FAILED";
      fail(task, "TaskFailedToStart", "Unexpected EC2 error: " + refused.getMessage());
      return;
    }
    task.attachmentStatus = "ATTACHED";
    task.enter(TaskStatus.PENDING);
    task.pullStartedAt = scheduler.now();
    TaskRuntime.Launch what;
    try {
      what = launch.of(task);
    } catch (AwsException refused) {
      fail(task, "TaskFailedToStart", refused.getMessage());
      return;
    }
    task.launched = true;
    runtime.start(what, new TaskReports(task, this, surroundings.metrics()));
  }

  private List<String> securityGroups(Task task, Struct network) {
    List<String> groups = network.strings("securityGroups");
    if (!groups.isEmpty()) {
      return groups;
    }
    String vpc = surroundings.network().subnet(task.subnetId).orElseThrow().vpcId();
    return List.of(surroundings.network().defaultSecurityGroup(vpc));
  }

  /** All containers run: the task is registered, then RUNNING. */
  void containersStarted(Task task) {
    if (!task.wanted || task.status != TaskStatus.PENDING) {
      return;
    }
    task.pullStoppedAt = scheduler.now();
    if (!TaskRegistration.wanted(task)) {
      run(task);
      return;
    }
    task.enter(TaskStatus.ACTIVATING);
    try {
      registration.register(task);
    } catch (AwsException refused) {
      task.service.event("failed to register targets with (error " + refused.getMessage() + ")");
      fail(task, "TaskFailedToStart", "Task failed to register: " + refused.getMessage());
      return;
    }
    next(task, timing.activating(), "run", () -> run(task));
  }

  private void run(Task task) {
    task.startedAt = scheduler.now();
    if (!task.standalone()) {
      task.deployment.failedStarts = 0;
    }
    task.enter(TaskStatus.RUNNING);
  }

  void healthChanged(Task task) {
    task.version++;
    registration.healthChanged(task);
  }

  /** The image of a container could not be had. */
  void containerFailed(Task task, String reason) {
    fail(task, "TaskFailedToStart", reason);
  }

  void essentialContainerExited(Task task) {
    fail(task, "EssentialContainerExited", "Essential container in task exited");
  }

  /** A container is gone: when it was the last of a task that is to stop, the task ends. */
  void containerEnded(Task task) {
    if (task.status == TaskStatus.STOPPING && allEnded(task)) {
      deprovision(task);
    }
  }

  /** Ends by itself: nothing is left to drain for, so nothing is waited for. */
  private void fail(Task task, String stopCode, String reason) {
    if (!task.wanted) {
      return;
    }
    unwanted(task, stopCode, reason);
    if (task.registered) {
      task.enter(TaskStatus.DEACTIVATING);
      registration.deregister(task);
    }
    if (!task.standalone()) {
      failed.accept(task);
    }
    endContainers(task);
  }

  private void unwanted(Task task, String stopCode, String reason) {
    task.nextStep.cancel();
    task.wanted = false;
    task.stopCode = stopCode;
    task.stoppedReason = reason;
    task.stoppingAt = scheduler.now();
    task.version++;
  }

  private void waitUntilDrained(Task task) {
    if (registration.drained(task)) {
      endContainers(task);
    } else if (task.status == TaskStatus.DEACTIVATING) {
      next(task, timing.tick(), "look for drained targets", () -> waitUntilDrained(task));
    }
  }

  private void endContainers(Task task) {
    if (!task.launched || allEnded(task)) {
      deprovision(task);
      return;
    }
    task.enter(TaskStatus.STOPPING);
    Duration timeout = TaskLaunch.stopTimeout(task);
    next(task, timeout.plus(AFTER_KILL), "give up waiting for exits", () -> deprovision(task));
    runtime.stop(task.arn, timeout);
  }

  private static boolean allEnded(Task task) {
    return task.containers.stream().allMatch(container -> container.ended);
  }

  private void deprovision(Task task) {
    task.nextStep.cancel();
    task.containers.forEach(container -> container.ended = true);
    task.executionStoppedAt = scheduler.now();
    task.attachmentStatus = task.networkInterface == null ? "DELETED" : "DETACHING";
    task.enter(TaskStatus.DEPROVISIONING);
    next(task, timing.deprovisioning(), "release interface", () -> stopped(task));
  }

  private void stopped(Task task) {
    if (task.networkInterface != null) {
      surroundings.network().detach(task.networkInterface.id());
    }
    task.attachmentStatus = "DELETED";
    task.stoppedAt = scheduler.now();
    task.enter(TaskStatus.STOPPED);
    if (!task.standalone()) {
      task.service.notStopped.remove(task);
    }
  }

  private void next(Task task, Duration delay, String what, Runnable step) {
    task.nextStep = scheduler.after(delay, "task " + task.id + ": " + what, step);
  }
}
