package dev.fargate.operator.plan;

import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.Resource;
import java.util.List;

/**
 * A plan for machines: plain records of strings, lists and booleans, which any JSON library writes
 * in this order. Holds no secret: a plan has none.
 *
 * @param hash what {@code approvedPlan} names
 * @param summary as {@link PlanText#summary}
 */
public record PlanDocument(
    String owner,
    String hash,
    String summary,
    List<Step> actions,
    List<Plan.Conflict> conflicts,
    List<String> kept,
    List<String> unread,
    boolean givenUp,
    List<String> ignored) {

  /**
   * @param id the action id, the unit of approval
   * @param symbol as {@link PlanText#symbol}
   * @param after ids of the actions of this plan that come before
   * @param waitingFor null when it can run now
   */
  public record Step(
      String id,
      String symbol,
      String resource,
      String name,
      List<FieldChange> changes,
      List<String> after,
      String waitingFor,
      boolean startsDeployment,
      boolean losesData,
      String reason) {}

  public static PlanDocument of(Plan plan) {
    return new PlanDocument(
        plan.owner().reference(),
        plan.hash(),
        PlanText.summary(plan),
        plan.actions().stream().map(action -> step(plan, action)).toList(),
        plan.conflicts(),
        plan.kept().stream()
            .map(kept -> kept.actual().id() + " " + Matcher.arn(kept))
            .sorted()
            .toList(),
        plan.unread().stream().map(kind -> kind.label()).sorted().toList(),
        plan.givenUp(),
        plan.ignored().stream().map(Plan.Ignored::toString).sorted().toList());
  }

  private static Step step(Plan plan, Action action) {
    Resource named =
        action.desired() != null
            ? plan.known().resolve(action.desired())
            : action.observed().actual();
    return new Step(
        action.actionId(),
        PlanText.symbol(action),
        action.id().toString(),
        named.physicalName(),
        action.changes(),
        action.after().stream().sorted().toList(),
        action.waitingFor(),
        action.startsDeployment(),
        action.losesData(),
        action.reason());
  }
}
