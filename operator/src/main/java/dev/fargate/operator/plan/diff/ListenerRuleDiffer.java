package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.ListenerRule;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Only the listener is create-only. The wanted priority is the one the planner chose. */
final class ListenerRuleDiffer implements Differ<ListenerRule> {
  @Override
  public Class<ListenerRule> type() {
    return ListenerRule.class;
  }

  @Override
  public void compare(ListenerRule actual, ListenerRule wanted, Changes changes) {
    changes
        .field("listenerArn", actual.listenerArn(), wanted.listenerArn(), Effect.REPLACE)
        .field("priority", actual.priority(), wanted.priority(), Effect.IN_PLACE)
        .set("hosts", lowerCase(actual.hosts()), lowerCase(wanted.hosts()), Effect.IN_PLACE)
        .set("paths", actual.paths(), wanted.paths(), Effect.IN_PLACE)
        .set("sourceCidrs", actual.sourceCidrs(), wanted.sourceCidrs(), Effect.IN_PLACE)
        .set("forwards", texts(actual, wanted), texts(wanted, wanted), Effect.IN_PLACE);
  }

  /** Host headers are compared without case (AWS-FACTS 6.4). */
  private static List<String> lowerCase(Collection<String> hosts) {
    return hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * Where there is one target group, its weight means nothing; where ECS shifts traffic, all
   * weights are ECS's business (C7).
   */
  private static List<String> texts(ListenerRule rule, ListenerRule wanted) {
    List<ListenerRule.Forward> forwards = rule.forwards();
    if (wanted.isWeighedByEcs()) {
      return forwards.stream().map(f -> f.targetGroupArn().toString()).toList();
    }
    if (forwards.size() == 1) {
      return List.of(forwards.get(0).targetGroupArn().toString());
    }
    return forwards.stream().map(f -> f.targetGroupArn() + " weight " + f.weight()).toList();
  }
}
