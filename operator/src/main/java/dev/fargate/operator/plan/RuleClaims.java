package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Claims.Holder;
import dev.fargate.operator.plan.Observed.RuleSlot;
import dev.fargate.operator.plan.Plan.Conflict;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resolution;
import java.util.List;
import java.util.Optional;

/** Asks whether a wanted listener rule is its owner's to have (decision 11). */
final class RuleClaims {
  private RuleClaims() {}

  /**
   * @param rule resolved; while its listener is not known nobody can hold anything there
   */
  static Optional<Holder> inTheWay(
      Owner owner, ListenerRule rule, Observed observed, PlanOptions options) {
    if (!Resolution.isKnown(rule.listenerArn())) {
      return Optional.empty();
    }
    String listener = rule.listenerArn().toString();
    List<RuleSlot> live =
        observed.listeners().stream().filter(slot -> slot.listenerArn().equals(listener)).toList();
    return options.claims().inTheWay(owner.reference(), listener, rule, live);
  }

  static Conflict conflict(ListenerRule rule, Holder holder) {
    return new Conflict(rule.id() + " " + holder.claim(), holder.name());
  }
}
