package dev.fargate.operator.stack.build;

import static dev.fargate.operator.stack.build.Absent.or;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Management;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentSpec;
import dev.fargate.api.v1alpha1.environment.LoadBalancer;
import dev.fargate.api.v1alpha1.environment.Scheme;
import dev.fargate.api.v1alpha1.environment.SharedLogGroup;
import dev.fargate.operator.stack.Cluster;
import dev.fargate.operator.stack.Listener;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.PrivateDnsNamespace;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.SecurityGroup;
import dev.fargate.operator.stack.SecurityGroupRule;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A FargateEnvironment as a stack: what its apps share. Things it only refers to are not in it. */
public final class EnvironmentStack {
  /** AWS's recommended policy: TLS 1.3, and 1.2 with forward secrecy. */
  private static final String DEFAULT_SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

  /** Who may reach a load balancer that names no ranges: for an internet-facing one, everybody. */
  private static final List<String> EVERYBODY = List.of("0.0.0.0/0");

  private EnvironmentStack() {}

  /**
   * @param subnets the ids that the environment's network resolves to
   * @param loadBalancerSubnets likewise per load balancer that names its own; by name
   */
  public static Stack build(
      Owner owner,
      FargateEnvironment environment,
      List<String> subnets,
      Map<String, List<String>> loadBalancerSubnets) {
    FargateEnvironmentSpec spec = environment.getSpec();
    List<Resource> resources = new ArrayList<>();
    String clusterName = clusterName(environment);
    if (spec.cluster == null || !Management.REFERENCE.equals(spec.cluster.management)) {
      resources.add(cluster(spec, clusterName));
    }
    if (spec.privateDns != null && !Management.REFERENCE.equals(spec.privateDns.management)) {
      resources.add(
          new PrivateDnsNamespace(Ids.NAMESPACE, spec.privateDns.domain, spec.network.vpcId));
    }
    for (LoadBalancer balancer : spec.loadBalancers) {
      if (balancer.existing == null) {
        resources.addAll(
            loadBalancer(
                owner,
                balancer,
                spec.network.vpcId,
                loadBalancerSubnets.getOrDefault(balancer.name, subnets)));
      }
    }
    for (SharedLogGroup group : spec.logGroups) {
      resources.add(LogGroups.shared(owner, group, spec.defaults));
    }
    Map<String, String> tags = spec.defaults == null ? Map.of() : spec.defaults.tags;
    return new Stack(owner, new TreeMap<>(tags), resources);
  }

  /** The name of the ECS cluster: the given one, or the environment's own. */
  public static String clusterName(FargateEnvironment environment) {
    var cluster = environment.getSpec().cluster;
    return cluster != null && cluster.name != null
        ? cluster.name
        : environment.getMetadata().getName();
  }

  private static Cluster cluster(FargateEnvironmentSpec spec, String name) {
    String insights =
        spec.cluster == null
            ? "disabled"
            : or(spec.cluster.containerInsights, "Disabled").toLowerCase(Locale.ROOT);
    List<String> providers =
        spec.cluster == null || spec.cluster.capacityProviders.isEmpty()
            ? List.of("FARGATE", "FARGATE_SPOT")
            : spec.cluster.capacityProviders;
    return new Cluster(Ids.CLUSTER, name, insights, new TreeSet<>(providers));
  }

  private static List<Resource> loadBalancer(
      Owner owner, LoadBalancer wanted, String vpcId, List<String> subnets) {
    List<Resource> resources = new ArrayList<>();
    var groupId = Ids.loadBalancerGroup(wanted.name);
    resources.add(
        new SecurityGroup(
            groupId,
            Names.readable(owner, groupId, vpcId),
            "Load balancer "
                + wanted.name
                + " of "
                + owner.reference()
                + ", made by fargate-operator",
            vpcId));
    List<String> cidrs = wanted.allowedCidrs.isEmpty() ? EVERYBODY : wanted.allowedCidrs;
    for (var listener : wanted.listeners) {
      for (String cidr : cidrs) {
        String what = "lb-" + wanted.name + "-" + listener.port + "-" + cidr;
        resources.add(
            new SecurityGroupRule(
                Ids.grant(what),
                Value.ref(groupId, Output.ID),
                "tcp",
                listener.port,
                listener.port,
                new SecurityGroupRule.Peer(null, cidr),
                what));
      }
    }
    var id = Ids.loadBalancer(wanted.name);
    String scheme = Scheme.INTERNAL.equals(wanted.scheme) ? "internal" : "internet-facing";
    resources.add(
        new dev.fargate.operator.stack.LoadBalancer(
            id,
            Names.compact(owner, id, "application", scheme),
            "application",
            scheme,
            new TreeSet<>(subnets),
            List.of(Value.ref(groupId, Output.ID))));
    for (var listener : wanted.listeners) {
      resources.add(listener(wanted, listener));
    }
    return resources;
  }

  private static Listener listener(
      LoadBalancer balancer, dev.fargate.api.v1alpha1.environment.Listener wanted) {
    boolean https = "HTTPS".equals(wanted.protocol);
    Integer redirectPort =
        wanted.redirect == null
            ? null
            : balancer.listeners.stream()
                .filter(other -> "HTTPS".equals(other.protocol))
                .map(other -> other.port)
                .findFirst()
                .orElse(443);
    return new Listener(
        Ids.listener(balancer.name, wanted.port),
        Value.ref(Ids.loadBalancer(balancer.name), Output.ARN),
        wanted.port,
        https ? "HTTPS" : "HTTP",
        https ? List.copyOf(wanted.certificateArns) : List.of(),
        https ? or(wanted.sslPolicy, DEFAULT_SSL_POLICY) : null,
        redirectPort,
        null);
  }
}
