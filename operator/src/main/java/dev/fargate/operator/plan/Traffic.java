package dev.fargate.operator.plan;

import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Service;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which target groups of a service the production traffic goes to. Where ECS shifts it, the live
 * rule's weights tell: nothing else does without another call to AWS.
 */
public final class Traffic {
  private Traffic() {}

  /** The target groups that a target of the service stands for: one, or the two of a shift. */
  public static Set<String> groups(Service.Target target) {
    Set<String> groups = new LinkedHashSet<>();
    groups.add(target.targetGroupArn().toString());
    if (target.shift() != null) {
      groups.add(target.shift().alternateTargetGroupArn().toString());
    }
    return groups;
  }

  /** Those of them that get requests; all of them where the rule cannot be seen. */
  public static Set<String> serving(Service.Target target, Observed observed) {
    Set<String> groups = groups(target);
    Optional<ListenerRule> rule = productionRule(target, observed);
    if (rule.isEmpty()) {
      return groups;
    }
    Set<String> serving = new LinkedHashSet<>();
    for (ListenerRule.Forward forward : rule.get().forwards()) {
      boolean weighs = forward.weight() > 0 || rule.get().forwards().size() == 1;
      if (weighs && groups.contains(RuleSteps.arn(forward))) {
        serving.add(RuleSteps.arn(forward));
      }
    }
    return serving;
  }

  private static Optional<ListenerRule> productionRule(Service.Target target, Observed observed) {
    if (target.shift() == null) {
      return Optional.empty();
    }
    String arn = target.shift().productionRuleArn().toString();
    return observed.resources().stream()
        .filter(resource -> resource.actual() instanceof ListenerRule)
        .filter(resource -> arn.equals(resource.outputs().get(Output.ARN)))
        .map(resource -> (ListenerRule) resource.actual())
        .findFirst();
  }
}
