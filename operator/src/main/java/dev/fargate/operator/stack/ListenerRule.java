package dev.fargate.operator.stack;

import java.util.List;
import java.util.SortedSet;

/**
 * A rule that forwards to target groups.
 *
 * @param priority 1..50000; in a wanted rule null where the planner chooses (decision 11)
 * @param priorityBase a fixed start row by the user, or null
 * @param forwards one normally; two while a target group is being replaced
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

  /** Whether both take the same requests of the same listener. */
  public boolean takesTheSameAs(ListenerRule other) {
    return listenerArn.equals(other.listenerArn)
        && hosts.equals(other.hosts)
        && paths.equals(other.paths)
        && sourceCidrs.equals(other.sourceCidrs);
  }

  /**
   * @param weight 0..999
   */
  public record Forward(Value targetGroupArn, int weight) {}
}
