package dev.fargate.operator.cli.preview;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Clouds;
import dev.fargate.operator.apply.KubernetesSecrets;
import dev.fargate.operator.apply.Lacking;
import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.apply.Publication;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.stack.ConnectionSecret;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.Stack;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * An AWS that has nothing of ours and that nobody asks: what files refer to is taken to exist, with
 * {@code (known after: X)} for what only AWS could tell.
 */
final class EmptyAws implements Clouds {
  private static final int HTTPS = 443;

  private final Set<Integer> listenerPorts;

  /**
   * @param listenerPorts that apps name: a load balancer of others is taken to listen there; empty:
   *     on 443
   */
  EmptyAws(Set<Integer> listenerPorts) {
    this.listenerPorts = listenerPorts.isEmpty() ? Set.of(HTTPS) : new TreeSet<>(listenerPorts);
  }

  @Override
  public Cloud of(FargateEnvironment environment) {
    return new Nothing();
  }

  @Override
  public void forget(String environmentName) {
    // Nothing is held.
  }

  private final class Nothing implements Cloud, Cloud.Lookups {
    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public Optional<Instant> observedAt() {
      return Optional.empty();
    }

    @Override
    public Optional<String> lastError() {
      return Optional.empty();
    }

    @Override
    public Optional<String> unread() {
      return Optional.empty();
    }

    @Override
    public Optional<String> unreadable() {
      return Optional.empty();
    }

    @Override
    public List<Lacking> lacking() {
      return List.of();
    }

    @Override
    public Observed observe(Stack stack) {
      return new Observed(List.of(), Set.of(), List.of(), null);
    }

    @Override
    public Observed narrow(Stack stack, Plan plan) {
      return observe(stack);
    }

    @Override
    public Observed search(Stack stack, Plan plan) {
      return observe(stack);
    }

    @Override
    public boolean refresh(Stack stack, Resolution known) {
      return true;
    }

    @Override
    public List<Outcome> apply(Stack stack, Plan plan, BooleanSupplier leadershipHeld) {
      throw new UnsupportedOperationException("a preview writes nothing");
    }

    @Override
    public Publication publish(
        ConnectionSecret wanted, KubernetesSecrets kubernetes, BooleanSupplier leadershipHeld) {
      throw new UnsupportedOperationException("a preview writes nothing");
    }

    @Override
    public Publication withdraw(
        Owner owner, String uid, KubernetesSecrets kubernetes, BooleanSupplier leadershipHeld) {
      throw new UnsupportedOperationException("a preview writes nothing");
    }

    @Override
    public void watchRollout(Owner owner, boolean inRollout) {
      // Nothing is rolled out.
    }

    @Override
    public Lookups lookups() {
      return this;
    }

    @Override
    public Optional<String> lastLogLine(String logGroup, String logStream) {
      return Optional.empty();
    }

    @Override
    public Optional<String> imageDigest(String serviceName, String deploymentId, String image) {
      return Optional.empty();
    }

    @Override
    public String accountId() {
      return Unknown.after("the AWS account");
    }

    @Override
    public List<String> subnets(String vpcId, Map<String, String> tags) {
      return List.of(Unknown.after("subnets of " + vpcId + " with " + tags));
    }

    @Override
    public Set<String> missingSubnets(String vpcId, List<String> ids) {
      return Set.of();
    }

    @Override
    public Map<String, String> zones(String vpcId, List<String> ids) {
      Map<String, String> zones = new TreeMap<>();
      ids.forEach(id -> zones.put(id, "zone-of-" + id));
      return zones;
    }

    @Override
    public Map<String, DefaultRoute> defaultRoutes(String vpcId, List<String> subnetIds) {
      return Map.of();
    }

    @Override
    public boolean fileSystemExists(String id) {
      return true;
    }

    @Override
    public Optional<KeptFileSystem> fileSystem(Owner owner) {
      return Optional.empty();
    }

    @Override
    public Optional<Restore.Progress> restore(Owner owner) {
      return Optional.empty();
    }

    @Override
    public Optional<RecoveryPoint> recoveryPoint(Owner owner, String arn) {
      return Optional.empty();
    }

    @Override
    public Optional<ExistingLoadBalancer> loadBalancer(String arn) {
      String unknown = Unknown.after(arn);
      return Optional.of(
          new ExistingLoadBalancer(
              arn,
              unknown,
              unknown,
              "active",
              unknown,
              listenerPorts.stream()
                  .map(
                      port ->
                          new ExistingListener(
                              port,
                              port == HTTPS ? "HTTPS" : "HTTP",
                              Unknown.after("listener " + port + " of " + arn),
                              false))
                  .toList()));
    }

    @Override
    public Optional<String> privateDnsNamespace(String domain, String vpcId) {
      return Optional.of(Unknown.after("private DNS namespace " + domain));
    }

    @Override
    public Optional<String> hostedZoneFault(String hostedZoneId, String domain) {
      return Optional.empty();
    }

    @Override
    public Optional<String> cluster(String name) {
      return Optional.of(Unknown.after("ECS cluster " + name));
    }
  }
}
