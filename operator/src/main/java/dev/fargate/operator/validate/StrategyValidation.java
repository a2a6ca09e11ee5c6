package dev.fargate.operator.validate;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.operator.stack.build.AppStack;
import dev.fargate.operator.stack.build.Place;
import java.util.ArrayList;
import java.util.List;

/** Whether an app's rollout strategy can be carried out in its environment. */
public final class StrategyValidation {
  private StrategyValidation() {}

  /**
   * The problems, in the order of fields; empty when it can.
   *
   * @param place with all load balancers that the app names
   */
  public static List<Problem> check(FargateApp app, Place place) {
    var rollout = app.getSpec().rollout;
    if (rollout == null || !RolloutStrategy.shiftsTraffic(rollout.strategy)) {
      return List.of();
    }
    String what = rollout.strategy + " moves traffic ";
    List<Problem> problems = new ArrayList<>();
    if (place.defaults() == null || place.defaults().infrastructureRoleArn == null) {
      problems.add(
          new Problem(
              "spec.rollout.strategy",
              what
                  + "as the environment's infrastructure role: set defaults.infrastructureRoleArn of"
                  + " FargateEnvironment "
                  + place.environment()
                  + ", or use Rolling"));
    }
    Ingress ingress = app.getSpec().ingresses.get(0);
    int rules = AppStack.rules(app, ingress, place);
    if (rules != 1) {
      problems.add(
          new Problem(
              "spec.ingresses[0]",
              "makes "
                  + rules
                  + " listener rules, and "
                  + what
                  + "by one: set listenerPort where the load balancer has several listeners, and"
                  + " priorityBase where hosts and paths are not equally precise, or use Rolling"));
    }
    return problems;
  }
}
