package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.ec2.Network;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Load balancers as clients make, read, change and delete them. */
final class LoadBalancerCalls {
  private static final int MAX_ARNS = 20;
  private static final int MAX_LOAD_BALANCERS = 50;

  /** The hosted zones of AWS's own load balancer names, for alias records. */
  private static final Map<String, String> HOSTED_ZONES =
      Map.of(
          "us-east-1", "Z35SXDOTRQ7X7K",
          "us-east-2", "Z3AADJGX6KTTL2",
          "us-west-2", "Z1H1FL5HABSF5",
          "eu-west-1", "Z32O12XQLNTSW2",
          "eu-central-1", "Z215JYRZR1TBD5");

  private static final String DEFAULT_HOSTED_ZONE = "Z215JYRZR1TBD5";

  private final Inventory inventory;
  private final Network network;
  private final LoadBalancerRules rules;
  private final Scheduler scheduler;
  private final Wiring wiring;
  private final ListenerCalls listenerCalls;
  private final Timing timing;

  /** Whether what is being set up fails. */
  private boolean failing;

  LoadBalancerCalls(
      Inventory inventory,
      Network network,
      Scheduler scheduler,
      Timing timing,
      Wiring wiring,
      ListenerCalls listenerCalls) {
    this.inventory = inventory;
    this.network = network;
    this.rules = new LoadBalancerRules(network);
    this.scheduler = scheduler;
    this.wiring = wiring;
    this.listenerCalls = listenerCalls;
    this.timing = timing;
  }

  void fail(boolean is) {
    failing = is;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateLoadBalancer", this::create,
        "DescribeLoadBalancers", this::describe,
        "DeleteLoadBalancer", this::delete,
        "ModifyLoadBalancerAttributes", this::modifyAttributes,
        "DescribeLoadBalancerAttributes", this::describeAttributes,
        "SetSecurityGroups", this::setSecurityGroups,
        "SetSubnets", this::setSubnets);
  }

  private Struct create(Struct input, Caller caller) {
    String name = LoadBalancerRules.name(input.required("Name"));
    Map<String, String> tags = Tags.parse(input);
    List<Network.Subnet> subnets = rules.subnets(input);
    Balancer.Fixed fixed =
        new Balancer.Fixed(
            name,
            input.string("Scheme").orElse("internet-facing"),
            LoadBalancerRules.type(input),
            subnets.get(0).vpcId(),
            LoadBalancerRules.ipAddressType(input));
    List<String> groups =
        input.strings("SecurityGroups").isEmpty()
            ? List.of(network.defaultSecurityGroup(fixed.vpcId()))
            : input.strings("SecurityGroups");
    groups.forEach(group -> rules.requireGroup(group, fixed.vpcId()));
    Optional<Balancer> existing =
        inventory.balancers.values().stream()
            .filter(each -> each.fixed.name().equals(name))
            .findFirst();
    if (existing.isPresent()) {
      return rows(List.of(sameOrDuplicate(existing.get(), fixed, groups, subnets)));
    }
    if (inventory.balancers.size() >= MAX_LOAD_BALANCERS) {
      throw new AwsException(
          "TooManyLoadBalancers", "The limit of " + MAX_LOAD_BALANCERS + " has been reached");
    }
    String arn = inventory.arns.loadBalancer(caller, name);
    Balancer made = new Balancer(arn, fixed, dnsName(fixed, arn, caller), scheduler.now(), groups);
    subnets.forEach(subnet -> attach(made, subnet.id()));
    inventory.balancers.put(arn, made);
    inventory.tags.put(arn, tags);
    scheduler.after(
        timing.provisioning(),
        "provisioning of load balancer " + name,
        () -> {
          made.failed = failing;
          made.active = !failing;
          wiring.refresh();
        });
    return rows(List.of(made));
  }

  private Balancer sameOrDuplicate(
      Balancer held, Balancer.Fixed fixed, List<String> groups, List<Network.Subnet> subnets) {
    boolean same =
        held.fixed.equals(fixed)
            && Set.copyOf(held.securityGroups).equals(Set.copyOf(groups))
            && Set.copyOf(held.subnets())
                .equals(Set.copyOf(subnets.stream().map(Network.Subnet::id).toList()));
    if (!same) {
      throw new AwsException(
          "DuplicateLoadBalancerName",
          "A load balancer with the same name '"
              + fixed.name()
              + "' exists, but with different settings");
    }
    return held;
  }

  private String dnsName(Balancer.Fixed fixed, String arn, Caller caller) {
    if (listenerCalls.serving()) {
      return "localhost";
    }
    String number = arn.substring(arn.lastIndexOf('/') + 1).replaceAll("[^0-9]", "") + "0";
    String prefix = fixed.scheme().equals("internal") ? "internal-" : "";
    return prefix + fixed.name() + "-" + number + "." + caller.region() + ".elb.amazonaws.com";
  }

  private void attach(Balancer balancer, String subnetId) {
    balancer.interfaces.put(
        subnetId,
        network.attach(
            subnetId, balancer.securityGroups, "ELB " + Arns.lastPart(balancer.arn).substring(13)));
  }

  private Struct describe(Struct input, Caller caller) {
    List<String> arns = input.strings("LoadBalancerArns");
    List<String> names = input.strings("Names");
    if (arns.size() > MAX_ARNS || names.size() > MAX_ARNS) {
      throw ElbErrors.validation(
          "You can describe at most " + MAX_ARNS + " load balancers by name");
    }
    arns.forEach(inventory::balancer);
    for (String name : names) {
      if (inventory.balancers.values().stream().noneMatch(each -> each.fixed.name().equals(name))) {
        throw new AwsException("LoadBalancerNotFound", "Load balancers '[" + name + "]' not found");
      }
    }
    List<Balancer> rows =
        inventory.balancers.values().stream()
            .filter(each -> arns.isEmpty() || arns.contains(each.arn))
            .filter(each -> names.isEmpty() || names.contains(each.fixed.name()))
            .toList();
    return Marker.page(input, "LoadBalancers", rows, LoadBalancerCalls::render);
  }

  private Struct delete(Struct input, Caller caller) {
    Balancer balancer = inventory.balancers.get(input.required("LoadBalancerArn"));
    if (balancer == null) {
      return Struct.of(); // Deleting what is gone succeeds (AWS-FACTS 5).
    }
    if (balancer.attributes.get("deletion_protection.enabled").equals("true")) {
      throw new AwsException(
          "OperationNotPermitted",
          "Load balancer '"
              + balancer.arn
              + "' cannot be deleted because deletion protection is enabled");
    }
    for (Listener listener : inventory.listenersOf(balancer)) {
      listenerCalls.close(listener);
      inventory.remove(listener);
    }
    inventory.balancers.remove(balancer.arn);
    inventory.tags.removeAll(balancer.arn);
    scheduler.after(
        timing.interfaceRelease(),
        "interface release of load balancer " + balancer.fixed.name(),
        () -> balancer.interfaces.values().forEach(each -> network.detach(each.id())));
    wiring.refresh();
    return Struct.of();
  }

  private Struct modifyAttributes(Struct input, Caller caller) {
    Balancer balancer = inventory.balancer(input.required("LoadBalancerArn"));
    balancer.attributes.modify(input.structs("Attributes"));
    wiring.refresh();
    return describeAttributes(input, caller);
  }

  private Struct describeAttributes(Struct input, Caller caller) {
    Balancer balancer = inventory.balancer(input.required("LoadBalancerArn"));
    return Struct.of().with("Attributes", balancer.attributes.structs());
  }

  private Struct setSecurityGroups(Struct input, Caller caller) {
    Balancer balancer = inventory.balancer(input.required("LoadBalancerArn"));
    List<String> groups = input.strings("SecurityGroups");
    if (groups.isEmpty()) {
      throw ElbErrors.invalidConfiguration("At least one security group must be specified");
    }
    groups.forEach(group -> rules.requireGroup(group, balancer.fixed.vpcId()));
    balancer.securityGroups = List.copyOf(groups);
    for (Map.Entry<String, Network.NetworkInterface> each : balancer.interfaces.entrySet()) {
      Network.NetworkInterface old = each.getValue();
      network.setGroups(old.id(), groups);
      each.setValue(
          new Network.NetworkInterface(
              old.id(),
              old.subnetId(),
              old.availabilityZone(),
              old.privateIp(),
              old.macAddress(),
              balancer.securityGroups));
    }
    return Struct.of().with("SecurityGroupIds", balancer.securityGroups);
  }

  private Struct setSubnets(Struct input, Caller caller) {
    Balancer balancer = inventory.balancer(input.required("LoadBalancerArn"));
    LoadBalancerRules.ipAddressType(input);
    List<Network.Subnet> wanted = rules.subnets(input);
    if (!wanted.get(0).vpcId().equals(balancer.fixed.vpcId())) {
      throw ElbErrors.invalidConfiguration("The subnets must be in the load balancer's VPC");
    }
    Set<String> ids = Set.copyOf(wanted.stream().map(Network.Subnet::id).toList());
    for (String old : balancer.subnets()) {
      if (!ids.contains(old)) {
        network.detach(balancer.interfaces.remove(old).id());
      }
    }
    for (Network.Subnet subnet : wanted) {
      if (!balancer.interfaces.containsKey(subnet.id())) {
        attach(balancer, subnet.id());
      }
    }
    wiring.recheck(balancer);
    return Struct.of()
        .with("AvailabilityZones", zones(balancer))
        .with("IpAddressType", balancer.fixed.ipAddressType());
  }

  private static Struct rows(List<Balancer> balancers) {
    return Struct.of()
        .with("LoadBalancers", balancers.stream().map(LoadBalancerCalls::render).toList());
  }

  private static Struct render(Balancer balancer) {
    String region = balancer.arn.split(":")[3];
    return Struct.of()
        .with("LoadBalancerArn", balancer.arn)
        .with("DNSName", balancer.dnsName)
        .with("CanonicalHostedZoneId", HOSTED_ZONES.getOrDefault(region, DEFAULT_HOSTED_ZONE))
        .with("CreatedTime", balancer.createdTime)
        .with("LoadBalancerName", balancer.fixed.name())
        .with("Scheme", balancer.fixed.scheme())
        .with("VpcId", balancer.fixed.vpcId())
        .with("State", Struct.of().with("Code", state(balancer)))
        .with("Type", balancer.fixed.type())
        .with("AvailabilityZones", zones(balancer))
        .with("SecurityGroups", balancer.securityGroups)
        .with("IpAddressType", balancer.fixed.ipAddressType());
  }

  private static String state(Balancer balancer) {
    return balancer.failed ? "failed" : balancer.active ? "active" : "provisioning";
  }

  private static List<Struct> zones(Balancer balancer) {
    return balancer.interfaces.values().stream()
        .map(
            each ->
                Struct.of()
                    .with("ZoneName", each.availabilityZone())
                    .with("SubnetId", each.subnetId())
                    .with("LoadBalancerAddresses", List.of()))
        .toList();
  }
}
