package dev.fargate.local.aws.tasks.process;

import dev.fargate.local.aws.cloudmap.ServiceRegistry;
import dev.fargate.local.aws.logs.LogSink;
import dev.fargate.local.aws.time.Scheduler;
import java.util.concurrent.Executor;

/** What a running task works with. */
record Surroundings(Scheduler scheduler, ServiceRegistry registry, LogSink logs, Executor workers) {

  /** Runs under the scheduler's lock. */
  void locked(Runnable body) {
    scheduler.locked(
        () -> {
          body.run();
          return null;
        });
  }
}
