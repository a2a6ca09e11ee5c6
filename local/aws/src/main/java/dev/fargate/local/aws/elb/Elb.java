package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.ec2.Network;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Elastic Load Balancing: application load balancers, their listeners, rules and target groups, and
 * the health of targets. Requests themselves are served by a {@link DataPlane} where there is one.
 */
public final class Elb implements ServiceBehaviour {
  private final Map<String, Operation> operations = new HashMap<>();
  private final List<Consumer<RoutingTable>> watchers = new CopyOnWriteArrayList<>();
  private final LoadBalancerCalls loadBalancerCalls;
  private final Registrations registrations;
  private final Inventory inventory = new Inventory();

  /**
   * @param dataPlane null with a virtual clock; then nothing listens
   * @param certificateExists whether the account has the certificate of an ARN
   */
  public Elb(
      Scheduler scheduler,
      Network network,
      TargetProbe probe,
      DataPlane dataPlane,
      Timing timing,
      Predicate<String> certificateExists) {
    Runnable changed =
        () -> {
          RoutingTable now = inventory.routingTable();
          if (dataPlane != null) {
            dataPlane.route(now);
          }
          watchers.forEach(watcher -> watcher.accept(now));
        };
    HealthChecking health =
        new HealthChecking(scheduler, network, probe, timing.firstCheck(), changed);
    Wiring wiring = new Wiring(inventory, health, changed);
    ListenerCalls listenerCalls =
        new ListenerCalls(inventory, wiring, dataPlane, certificateExists);
    registrations = new Registrations(inventory, health, wiring, changed);
    loadBalancerCalls =
        new LoadBalancerCalls(inventory, network, scheduler, timing, wiring, listenerCalls);
    operations.putAll(loadBalancerCalls.operations());
    operations.putAll(listenerCalls.operations());
    operations.putAll(new CertificateCalls(inventory, certificateExists, changed).operations());
    operations.putAll(new RuleCalls(inventory, wiring).operations());
    operations.putAll(new TargetGroupCalls(inventory, network, health, changed).operations());
    operations.putAll(registrations.operations());
    operations.putAll(new TagCalls(inventory).operations());
  }

  @Override
  public String signingName() {
    return "elasticloadbalancing";
  }

  @Override
  public Set<String> operations() {
    return Set.copyOf(operations.keySet());
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return operations.get(operation).run(input, caller);
  }

  /**
   * Load balancers that are being set up from now on fail; to be called under the scheduler's lock.
   */
  public void failLoadBalancers(boolean is) {
    loadBalancerCalls.fail(is);
  }

  /** What ECS sees of target groups. */
  public TargetGroups targetGroups() {
    return registrations;
  }

  /** The ARNs of the load balancers that use a certificate. */
  public List<String> usersOf(String certificateArn) {
    return inventory.usersOf(certificateArn);
  }

  /** What requests are routed by now, as a value; also without a data plane. */
  public RoutingTable routingTable() {
    return inventory.routingTable();
  }

  /** Calls back, in the thread of the change, with every table that requests are routed by. */
  public void onRouting(Consumer<RoutingTable> watcher) {
    watchers.add(watcher);
  }
}
