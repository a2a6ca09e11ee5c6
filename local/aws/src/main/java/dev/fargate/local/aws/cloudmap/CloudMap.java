package dev.fargate.local.aws.cloudmap;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * AWS Cloud Map with private DNS namespaces. Names resolve through {@link #records}; there is no
 * DNS server and no Route 53 hosted zone behind a namespace.
 */
public final class CloudMap implements ServiceBehaviour, ServiceRegistry {
  /** How long a namespace takes on AWS, where a hosted zone is made for it. */
  public static final Duration REALISTIC_LAG = Duration.ofSeconds(30);

  /** For a laptop: long enough to be seen as asynchronous. */
  public static final Duration QUICK_LAG = Duration.ofMillis(600);

  private interface Call {
    Struct run(Struct in, Caller caller);
  }

  private final Map<String, Call> calls = new TreeMap<>();
  private final CloudMapState state = new CloudMapState();
  private final InstanceCalls instances;

  /**
   * @param lag how long asynchronous operations take
   * @param vpcExists whether a namespace can be made for a VPC
   */
  public CloudMap(Scheduler scheduler, Duration lag, Predicate<String> vpcExists) {
    Ids ids = new Ids();
    Operations operations = new Operations(scheduler, ids, lag);
    instances = new InstanceCalls(state, operations);
    calls.put("GetOperation", operations::get);
    calls.put("ListOperations", operations::list);
    offer(new NamespaceCalls(state, operations, scheduler, ids, vpcExists));
    offer(new ServiceCalls(state, operations, scheduler, ids));
    offerInstances();
    Tags tags = new Tags(state);
    calls.put("TagResource", tags::tag);
    calls.put("UntagResource", tags::untag);
    calls.put("ListTagsForResource", tags::list);
  }

  private void offer(NamespaceCalls namespaces) {
    calls.put("CreatePrivateDnsNamespace", namespaces::create);
    calls.put("UpdatePrivateDnsNamespace", namespaces::update);
    calls.put("DeleteNamespace", namespaces::delete);
    calls.put("GetNamespace", namespaces::get);
    calls.put("ListNamespaces", namespaces::list);
  }

  private void offer(ServiceCalls services) {
    calls.put("CreateService", services::create);
    calls.put("UpdateService", services::update);
    calls.put("DeleteService", services::delete);
    calls.put("GetService", services::get);
    calls.put("ListServices", services::list);
  }

  private void offerInstances() {
    calls.put("RegisterInstance", instances::register);
    calls.put("DeregisterInstance", instances::deregister);
    calls.put("UpdateInstanceCustomHealthStatus", instances::updateHealth);
    calls.put("GetInstance", instances::get);
    calls.put("ListInstances", instances::list);
    calls.put("GetInstancesHealthStatus", instances::health);
    calls.put("DiscoverInstances", instances::discover);
  }

  @Override
  public String signingName() {
    return "servicediscovery";
  }

  @Override
  public Set<String> operations() {
    return calls.keySet();
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return calls.get(operation).run(input, caller);
  }

  @Override
  public boolean hasService(String serviceArn) {
    return state.services.containsKey(serviceArn);
  }

  @Override
  public void register(String serviceArn, String instanceId, Map<String, String> attributes) {
    DiscoveryService service =
        found(serviceArn).orElseThrow(() -> CloudMapError.serviceNotFound(serviceArn));
    instances.put(service, instanceId, null, attributes);
  }

  @Override
  public void deregister(String serviceArn, String instanceId) {
    found(serviceArn).ifPresent(service -> instances.remove(service, instanceId));
  }

  @Override
  public void setHealthy(String serviceArn, String instanceId, boolean healthy) {
    found(serviceArn).ifPresent(service -> instances.setHealthy(service, instanceId, healthy));
  }

  private Optional<DiscoveryService> found(String serviceArn) {
    return Optional.ofNullable(state.services.get(serviceArn));
  }

  @Override
  public Map<String, List<String>> records(String vpcId) {
    Map<String, List<String>> records = new LinkedHashMap<>();
    for (DiscoveryService service : state.services.values()) {
      List<String> addresses = service.addresses();
      if (service.namespace.vpcId.equals(vpcId) && !addresses.isEmpty()) {
        records.put(service.fullName(), addresses);
      }
    }
    return records;
  }

  @Override
  public void onChange(Runnable listener) {
    state.onChange(listener);
  }
}
