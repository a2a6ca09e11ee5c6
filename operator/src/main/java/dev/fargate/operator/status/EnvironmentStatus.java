package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import dev.fargate.api.v1alpha1.environment.ListenerStatus;
import dev.fargate.api.v1alpha1.environment.LoadBalancer;
import dev.fargate.api.v1alpha1.environment.LoadBalancerStatus;
import dev.fargate.api.v1alpha1.environment.LogGroupStatus;
import dev.fargate.operator.apply.Cloud.ExistingLoadBalancer;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.build.EnvironmentStack;
import dev.fargate.operator.stack.build.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The status of a FargateEnvironment: what it publishes for its apps. Pure. */
public final class EnvironmentStatus {
  /** The list is a help, the count is the truth. */
  private static final int USERS = 50;

  private final FargateEnvironment environment;
  private final FargateEnvironmentStatus before;
  private final FargateEnvironmentStatus status = new FargateEnvironmentStatus();
  private final Conditions conditions;

  public EnvironmentStatus(FargateEnvironment environment, Instant now) {
    this.environment = environment;
    this.before =
        environment.getStatus() == null ? new FargateEnvironmentStatus() : environment.getStatus();
    this.conditions =
        new Conditions(before.conditions, environment.getMetadata().getGeneration(), now);
    status.observedGeneration = environment.getMetadata().getGeneration();
    status.observedReconcile = before.observedReconcile;
    status.region = environment.getSpec() == null ? before.region : environment.getSpec().region;
  }

  public Conditions conditions() {
    return conditions;
  }

  /** Nothing could be looked at: what was published stays published. */
  public EnvironmentStatus keepLastSeen() {
    status.accountId = before.accountId;
    status.clusterArn = before.clusterArn;
    status.clusterName = before.clusterName;
    status.namespaceId = before.namespaceId;
    status.vpcId = before.vpcId;
    status.subnetIds = before.subnetIds;
    status.loadBalancers = before.loadBalancers;
    status.logGroups = before.logGroups;
    status.publicZones = before.publicZones;
    status.resources = before.resources;
    status.syncedDigest = before.syncedDigest;
    return this;
  }

  /**
   * @param request the look asked for that has been had last; null when none was
   */
  public EnvironmentStatus answered(String request) {
    status.observedReconcile = request;
    return this;
  }

  public EnvironmentStatus resources(List<OwnedResource> resources) {
    status.resources = resources;
    return this;
  }

  /**
   * @param users kind/namespace/name, sorted
   */
  public EnvironmentStatus users(List<String> users) {
    status.userCount = users.size();
    status.users = users.stream().limit(USERS).toList();
    return this;
  }

  /**
   * What exists, and what it refers to.
   *
   * @param subnetIds what the network resolves to
   * @param clusterArn of a referenced cluster; null when the environment makes its own
   * @param namespaceId of a referenced private DNS namespace; null likewise
   * @param existing referenced load balancers by name
   */
  public record Facts(
      String accountId,
      List<String> subnetIds,
      String clusterArn,
      String namespaceId,
      Map<String, ExistingLoadBalancer> existing) {}

  public EnvironmentStatus saw(Observed observed, Facts facts) {
    status.accountId = facts.accountId();
    status.clusterName = EnvironmentStack.clusterName(environment);
    status.clusterArn =
        facts.clusterArn() != null ? facts.clusterArn() : active(observed, Ids.CLUSTER, Output.ARN);
    status.namespaceId =
        facts.namespaceId() != null
            ? facts.namespaceId()
            : active(observed, Ids.NAMESPACE, Output.ID);
    status.vpcId = environment.getSpec().network.vpcId;
    status.subnetIds = facts.subnetIds();
    status.loadBalancers =
        environment.getSpec().loadBalancers.stream()
            .map(b -> loadBalancer(b, observed, facts))
            .toList();
    status.logGroups =
        environment.getSpec().logGroups.stream().map(g -> logGroup(g.name, observed)).toList();
    status.publicZones = environment.getSpec().publicZones;
    status.resources = OwnedResources.of(observed);
    return this;
  }

  /**
   * @param now becomes lastObservedTime, unless the content is that of before
   */
  public FargateEnvironmentStatus build(Instant now) {
    status.conditions = conditions.build();
    status.lastObservedTime = before.lastObservedTime;
    if (!SameStatus.same(status, before)) {
      status.lastObservedTime = SameStatus.time(now);
    }
    return status;
  }

  /**
   * Compares what was done with what is wanted.
   *
   * @param digest of what is wanted
   * @return what somebody changed in AWS, field by field; null when nobody did
   */
  public String compared(Observed observed, Plan plan, String digest) {
    // What AWS is still making may fail, which is nobody's doing.
    boolean synced =
        plan.isSettled()
            && observed.resources().stream().allMatch(it -> it.lifecycle() == Lifecycle.ACTIVE);
    status.syncedDigest = synced ? digest : before.syncedDigest;
    return Drift.of(plan, before, digest).orElse(null);
  }

  /** As last written. */
  public boolean wasReady() {
    return Conditions.isTrue(before.conditions, ConditionType.READY);
  }

  private static LoadBalancerStatus loadBalancer(
      LoadBalancer wanted, Observed observed, Facts facts) {
    LoadBalancerStatus balancer = new LoadBalancerStatus();
    balancer.name = wanted.name;
    ExistingLoadBalancer existing = facts.existing().get(wanted.name);
    if (existing != null) {
      existing(balancer, existing);
      return balancer;
    }
    ResourceId id = Ids.loadBalancer(wanted.name);
    balancer.arn = any(observed, id, Output.ARN);
    balancer.dnsName = any(observed, id, Output.DNS_NAME);
    balancer.canonicalHostedZoneId = any(observed, id, Output.CANONICAL_HOSTED_ZONE_ID);
    balancer.securityGroupId = any(observed, Ids.loadBalancerGroup(wanted.name), Output.ID);
    balancer.state =
        observed.find(id).stream()
            .map(ObservedResource::lifecycle)
            .map(EnvironmentStatus::state)
            .findFirst()
            .orElse(null);
    for (var listener : wanted.listeners) {
      ListenerStatus entry = new ListenerStatus();
      entry.port = listener.port;
      entry.protocol = listener.protocol;
      entry.arn = any(observed, Ids.listener(wanted.name, listener.port), Output.ARN);
      entry.redirects = listener.redirect == null ? null : true;
      balancer.listeners.add(entry);
    }
    return balancer;
  }

  private static void existing(LoadBalancerStatus balancer, ExistingLoadBalancer existing) {
    balancer.arn = existing.arn();
    balancer.dnsName = existing.dnsName();
    balancer.canonicalHostedZoneId = existing.canonicalHostedZoneId();
    balancer.securityGroupId = existing.securityGroupId();
    balancer.state = existing.state();
    for (var listener : existing.listeners()) {
      ListenerStatus entry = new ListenerStatus();
      entry.port = listener.port();
      entry.protocol = listener.protocol();
      entry.arn = listener.arn();
      entry.redirects = listener.redirects() ? true : null;
      balancer.listeners.add(entry);
    }
  }

  private static LogGroupStatus logGroup(String name, Observed observed) {
    LogGroupStatus group = new LogGroupStatus();
    group.name = name;
    group.logGroupName = active(observed, Ids.sharedLogGroup(name), Output.NAME);
    return group;
  }

  private static String state(Lifecycle lifecycle) {
    return switch (lifecycle) {
      case PENDING -> "provisioning";
      case ACTIVE -> "active";
      case DELETING -> "deleting";
      case FAILED -> "failed";
    };
  }

  private static String active(Observed observed, ResourceId id, Output output) {
    return observed.find(id).stream()
        .filter(resource -> resource.lifecycle() == Lifecycle.ACTIVE)
        .map(resource -> resource.outputs().get(output))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static String any(Observed observed, ResourceId id, Output output) {
    return observed.find(id).stream()
        .map(resource -> resource.outputs().get(output))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
