package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The events of one service: the newest 100, newest first (AWS-FACTS 4.5). */
final class ServiceEvents {
  private static final int KEPT = 100;

  private final Scheduler scheduler;
  private final Ids ids;
  private final Deque<Struct> newestFirst = new ArrayDeque<>();

  ServiceEvents(Scheduler scheduler, Ids ids) {
    this.scheduler = scheduler;
    this.ids = ids;
  }

  Instant now() {
    return scheduler.now();
  }

  void add(String message) {
    newestFirst.addFirst(
        Struct.of()
            .with("id", ids.uuid())
            .with("createdAt", scheduler.now())
            .with("message", message));
    if (newestFirst.size() > KEPT) {
      newestFirst.removeLast();
    }
  }

  List<Struct> describe() {
    return new ArrayList<>(newestFirst);
  }
}
