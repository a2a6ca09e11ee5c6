package dev.fargate.local.aws.autoscaling;

import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** What scaling has done, newest first. */
final class Activities {
  /** AWS keeps six weeks; a bound by number serves a laptop better. */
  private static final int KEPT = 1000;

  private final List<Entry> newestFirst = new ArrayList<>();
  private final Supplier<UUID> ids;

  Activities(Supplier<UUID> ids) {
    this.ids = ids;
  }

  void add(TargetKey key, int capacity, String cause, Instant now) {
    Struct activity =
        Struct.of()
            .with("ActivityId", ids.get().toString())
            .with("ServiceNamespace", "ecs")
            .with("ResourceId", key.resourceId())
            .with("ScalableDimension", TargetKey.DIMENSION)
            .with("Description", "Setting desired count to " + capacity + ".")
            .with("Cause", cause)
            .with("StartTime", now)
            .with("EndTime", now)
            .with("StatusCode", "Successful")
            .with(
                "StatusMessage",
                "Successfully set desired count to "
                    + capacity
                    + ". Change successfully fulfilled by ecs.");
    newestFirst.add(0, new Entry(key, activity));
    if (newestFirst.size() > KEPT) {
      newestFirst.remove(newestFirst.size() - 1);
    }
  }

  List<Entry> all() {
    return List.copyOf(newestFirst);
  }

  record Entry(TargetKey key, Struct activity) {}
}
