package dev.fargate.operator.validate;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentSpec;
import dev.fargate.api.v1alpha1.environment.Listener;
import dev.fargate.api.v1alpha1.environment.LoadBalancer;
import java.util.ArrayList;
import java.util.List;

/** What must hold of a FargateEnvironment before it can be carried out. */
public final class EnvironmentValidation {
  private EnvironmentValidation() {}

  /** The problems of a spec; empty when it can be carried out. */
  public static List<Problem> check(FargateEnvironment environment) {
    FargateEnvironmentSpec spec = environment.getSpec();
    if (spec == null) {
      return List.of(new Problem("spec", "is required"));
    }
    List<Problem> problems = new ArrayList<>();
    if (spec.region == null || spec.region.isBlank()) {
      problems.add(new Problem("spec.region", "is required, for example eu-central-1"));
    }
    if (spec.network == null || spec.network.vpcId == null) {
      problems.add(new Problem("spec.network.vpcId", "is required"));
    }
    for (int i = 0; i < spec.loadBalancers.size(); i++) {
      loadBalancer("spec.loadBalancers[" + i + "]", spec.loadBalancers.get(i), problems);
    }
    return problems;
  }

  private static void loadBalancer(String field, LoadBalancer balancer, List<Problem> problems) {
    if (balancer.existing != null && !balancer.listeners.isEmpty()) {
      problems.add(
          new Problem(
              field + ".listeners",
              "must be absent with existing: its listeners are referenced, never changed"));
    }
    if (balancer.existing == null && balancer.listeners.isEmpty()) {
      problems.add(
          new Problem(
              field + ".listeners", "needs at least one, for example {port: 80, protocol: HTTP}"));
    }
    for (int i = 0; i < balancer.listeners.size(); i++) {
      Listener listener = balancer.listeners.get(i);
      boolean https = "HTTPS".equals(listener.protocol);
      if (https && listener.certificateArns.isEmpty()) {
        problems.add(
            new Problem(
                field + ".listeners[" + i + "].certificateArns",
                "is required for HTTPS: the ARN of an ACM certificate"));
      }
      if (https && listener.redirect != null) {
        problems.add(
            new Problem(
                field + ".listeners[" + i + "].redirect",
                "cannot redirect HTTPS to HTTPS; remove it"));
      }
    }
  }
}
