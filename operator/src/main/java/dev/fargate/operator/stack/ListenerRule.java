package dev.fargate.operator.stack;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A rule that forwards to target groups.
 *
 * @param priority 1..50000; in a wanted rule null where the planner chooses (decision 11)
 * @param priorityBase a fixed start row by the user, or null
 * @param forwards one normally; two while a target group is being replaced, or where ECS shifts
 *     traffic between them
 */
public record ListenerRule(
    ResourceId id,
    Value listenerArn,
    Integer priority,
    Integer priorityBase,
    SortedSet<String> hosts,
    SortedSet<String> paths,
    SortedSet<String> sourceCidrs,
    List<Forward> forwards)
    implements Resource {
  @Override
  public String physicalName() {
    return (hosts.isEmpty() ? "*" : String.join(",", hosts))
        + (paths.isEmpty() ? "/*" : String.join(",", paths));
  }

  /** A host that no request should name: the TLD is reserved for that (RFC 2606). */
  private static final String NOBODY = "parked.fargate-operator.invalid";

  /** The same rule, but no request is meant for it. */
  public ListenerRule parked() {
    return new ListenerRule(
        id,
        listenerArn,
        priority,
        priorityBase,
        new TreeSet<>(Set.of(NOBODY)),
        new TreeSet<>(),
        new TreeSet<>(),
        forwards);
  }

  /** Whether it is there only to keep its target groups at their load balancer. */
  public boolean isParked() {
    return hosts.contains(NOBODY);
  }

  /** Whether both claim a host and path of the same listener, whoever the clients may be. */
  public boolean sharesWith(ListenerRule other) {
    return listenerArn.equals(other.listenerArn)
        && shares(hosts, other.hosts)
        && shares(paths, other.paths);
  }

  private static boolean shares(Set<String> some, Set<String> others) {
    return some.isEmpty() && others.isEmpty() || some.stream().anyMatch(others::contains);
  }

  /** Whether both take the same requests of the same listener. */
  public boolean takesTheSameAs(ListenerRule other) {
    return listenerArn.equals(other.listenerArn)
        && hosts.equals(other.hosts)
        && paths.equals(other.paths)
        && sourceCidrs.equals(other.sourceCidrs);
  }

  /** The weight of a wanted forward where ECS shifts traffic: whatever it is, it is right (C7). */
  public static final int WEIGHED_BY_ECS = -1;

  /** Whether the weights belong to ECS. */
  public boolean isWeighedByEcs() {
    return forwards.stream().anyMatch(forward -> forward.weight() == WEIGHED_BY_ECS);
  }

  /**
   * @param weight 0..999, or {@link #WEIGHED_BY_ECS} in a wanted rule
   */
  public record Forward(Value targetGroupArn, int weight) {}
}
