package dev.fargate.operator.validate;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentSpec;
import dev.fargate.api.v1alpha1.environment.Listener;
import dev.fargate.api.v1alpha1.environment.LoadBalancer;
import dev.fargate.api.v1alpha1.environment.NamespaceAccess;
import dev.fargate.api.v1alpha1.environment.NamespacesFrom;
import java.util.ArrayList;
import java.util.List;

/**
 * What must hold of a FargateEnvironment before it can be carried out. The schema says the same; it
 * may be older than what would be opened to more people than its author meant.
 */
public final class EnvironmentValidation {
  private static final String HTTPS = "HTTPS";

  private final List<Problem> problems = new ArrayList<>();

  private EnvironmentValidation() {}

  /** The problems of a spec; empty when it can be carried out. */
  public static List<Problem> check(FargateEnvironment environment) {
    EnvironmentValidation validation = new EnvironmentValidation();
    if (environment.getSpec() == null) {
      return List.of(new Problem("spec", "is required"));
    }
    validation.spec(environment.getSpec());
    return validation.problems;
  }

  private void spec(FargateEnvironmentSpec spec) {
    if (spec.region == null || spec.region.isBlank()) {
      problem("spec.region", "is required, for example eu-central-1");
    }
    if (spec.network == null || spec.network.vpcId == null) {
      problem("spec.network.vpcId", "is required");
    }
    for (int i = 0; i < spec.loadBalancers.size(); i++) {
      loadBalancer("spec.loadBalancers[" + i + "]", spec.loadBalancers.get(i));
    }
    if (spec.access != null && spec.access.namespaces != null) {
      namespaces("spec.access.namespaces", spec.access.namespaces);
    }
  }

  private void loadBalancer(String field, LoadBalancer balancer) {
    if (balancer.existing != null) {
      existing(field, balancer);
      return;
    }
    if (balancer.scheme == null) {
      problem(field + ".scheme", "is required: InternetFacing or Internal");
    }
    if (balancer.listeners.isEmpty()) {
      problem(field + ".listeners", "needs at least one, for example {port: 80, protocol: HTTP}");
    }
    for (int i = 0; i < balancer.listeners.size(); i++) {
      listener(field + ".listeners[" + i + "]", balancer.listeners.get(i));
    }
    boolean redirects = balancer.listeners.stream().anyMatch(one -> one.redirect != null);
    if (redirects && balancer.listeners.stream().noneMatch(EnvironmentValidation::isHttps)) {
      problem(
          field + ".listeners",
          "redirect to HTTPS, and none has that protocol; add one or remove redirect");
    }
  }

  private void existing(String field, LoadBalancer balancer) {
    if (balancer.scheme != null
        || balancer.subnets != null
        || !balancer.listeners.isEmpty()
        || !balancer.allowedCidrs.isEmpty()) {
      problem(
          field + ".existing",
          "is used as it is, never changed: remove scheme, subnets, listeners and allowedCidrs");
    }
  }

  private void listener(String field, Listener listener) {
    if (isHttps(listener) && listener.certificateArns.isEmpty()) {
      problem(field + ".certificateArns", "is required for HTTPS: the ARN of an ACM certificate");
    }
    if (isHttps(listener) && listener.redirect != null) {
      problem(field + ".redirect", "cannot redirect HTTPS to HTTPS; remove it");
    }
    if (!isHttps(listener) && (!listener.certificateArns.isEmpty() || listener.sslPolicy != null)) {
      problem(
          field + ".protocol",
          "would be spoken in plain text: set HTTPS, or remove certificateArns and sslPolicy");
    }
  }

  private static boolean isHttps(Listener listener) {
    return HTTPS.equals(listener.protocol);
  }

  /** A list that its {@code from} does not read would admit whom it leaves out. */
  private void namespaces(String field, NamespaceAccess namespaces) {
    if (NamespacesFrom.NAMES.equals(namespaces.from) == namespaces.names.isEmpty()) {
      problem(field + ".names", "belongs to from: Names; set both or neither");
    }
    if (NamespacesFrom.SELECTOR.equals(namespaces.from) == (namespaces.selector == null)) {
      problem(field + ".selector", "belongs to from: Selector; set both or neither");
    }
  }

  private void problem(String field, String message) {
    problems.add(new Problem(field, message));
  }
}
