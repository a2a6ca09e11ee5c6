package dev.fargate.local.aws.dataplane;

import dev.fargate.local.aws.elb.RouteAction;
import dev.fargate.local.aws.elb.RoutingTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The present routing table, and which target is next. */
final class Router {
  private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();
  private volatile RoutingTable table = RoutingTable.EMPTY;

  void use(RoutingTable newTable) {
    table = newTable;
    turns.keySet().retainAll(newTable.pools().keySet());
  }

  RoutingTable table() {
    return table;
  }

  /** The pool a forward goes to, by weight; empty when every weight is zero. */
  Optional<RoutingTable.Pool> pool(RoutingTable now, RouteAction.Forward forward) {
    int total = forward.groups().stream().mapToInt(RouteAction.WeightedGroup::weight).sum();
    if (total == 0) {
      return Optional.empty();
    }
    int at = forward.groups().size() == 1 ? 0 : ThreadLocalRandom.current().nextInt(total);
    for (RouteAction.WeightedGroup group : forward.groups()) {
      at -= group.weight();
      if (at < 0) {
        return Optional.ofNullable(now.pools().get(group.targetGroupArn()));
      }
    }
    throw new IllegalStateException("weights that do not add up: " + forward);
  }

  /** The targets take turns. */
  Optional<RoutingTable.Target> next(RoutingTable.Pool pool) {
    List<RoutingTable.Target> targets = pool.targets();
    if (targets.isEmpty()) {
      return Optional.empty();
    }
    int turn =
        turns.computeIfAbsent(pool.targetGroupArn(), key -> new AtomicInteger()).getAndIncrement();
    return Optional.of(targets.get(Math.floorMod(turn, targets.size())));
  }
}
