package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.ec2.NetworkSeed.DefaultRoute;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What clients read of the seeded network: VPCs, subnets, zones, route tables, interfaces. */
final class NetworkCalls {
  private final NetworkSeed seed;
  private final SecurityGroups groups;
  private final Interfaces interfaces;
  private final TagStore tags;

  NetworkCalls(NetworkSeed seed, SecurityGroups groups, Interfaces interfaces, TagStore tags) {
    this.seed = seed;
    this.groups = groups;
    this.interfaces = interfaces;
    this.tags = tags;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "DescribeVpcs", this::vpcs,
        "DescribeSubnets", this::subnets,
        "DescribeAvailabilityZones", this::zones,
        "DescribeRouteTables", this::routeTables,
        "DescribeNetworkInterfaces", this::networkInterfaces);
  }

  private Struct vpcs(Struct input) {
    List<String> ids = input.strings("VpcIds");
    for (String id : ids) {
      if (seed.vpcs().stream().noneMatch(vpc -> vpc.id().equals(id))) {
        throw new AwsException("InvalidVpcID.NotFound", "The vpc ID '" + id + "' does not exist");
      }
    }
    List<NetworkSeed.Vpc> rows =
        new Filters<>(NetworkSeed.Vpc::id, tags)
            .onOne("vpc-id", NetworkSeed.Vpc::id)
            .onOne("cidr", NetworkSeed.Vpc::cidr)
            .onOne("is-default", vpc -> String.valueOf(vpc.isDefault()))
            .onOne("state", vpc -> "available")
            .select(input, seed.vpcs());
    return Page.of(input, "Vpcs", named(rows, ids, NetworkSeed.Vpc::id), this::vpc);
  }

  private Struct vpc(NetworkSeed.Vpc vpc) {
    return Struct.of()
        .with("VpcId", vpc.id())
        .with("OwnerId", seed.accountId())
        .with("CidrBlock", vpc.cidr())
        .with("State", "available")
        .with("IsDefault", vpc.isDefault())
        .with("InstanceTenancy", "default")
        .with("Tags", tagged(vpc.id()));
  }

  private Struct subnets(Struct input) {
    List<String> ids = input.strings("SubnetIds");
    for (String id : ids) {
      if (seed.subnets().stream().noneMatch(subnet -> subnet.id().equals(id))) {
        throw new AwsException(
            "InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist");
      }
    }
    List<NetworkSeed.Subnet> rows =
        new Filters<>(NetworkSeed.Subnet::id, tags)
            .onOne("subnet-id", NetworkSeed.Subnet::id)
            .onOne("vpc-id", NetworkSeed.Subnet::vpcId)
            .onOne("availability-zone", NetworkSeed.Subnet::availabilityZone)
            .onOne("cidr-block", NetworkSeed.Subnet::cidr)
            .onOne("state", subnet -> "available")
            .select(input, seed.subnets());
    return Page.of(input, "Subnets", named(rows, ids, NetworkSeed.Subnet::id), this::subnet);
  }

  private Struct subnet(NetworkSeed.Subnet subnet) {
    return Struct.of()
        .with("SubnetId", subnet.id())
        .with("VpcId", subnet.vpcId())
        .with("OwnerId", seed.accountId())
        .with("CidrBlock", subnet.cidr())
        .with("AvailabilityZone", subnet.availabilityZone())
        .with("AvailabilityZoneId", zoneId(subnet.availabilityZone()))
        .with("AvailableIpAddressCount", (int) interfaces.free(subnet.view()))
        .with("MapPublicIpOnLaunch", subnet.publicRoute())
        .with("DefaultForAz", false)
        .with("State", "available")
        .with("SubnetArn", arn("subnet", subnet.id()))
        .with("Tags", tagged(subnet.id()));
  }

  private Struct zones(Struct input) {
    List<String> names =
        seed.subnets().stream().map(NetworkSeed.Subnet::availabilityZone).distinct().toList();
    List<String> asked = input.strings("ZoneNames");
    List<String> rows =
        new Filters<String>(name -> name, tags)
            .onOne("zone-name", name -> name)
            .onOne("zone-id", this::zoneId)
            .onOne("region-name", name -> seed.region())
            .onOne("state", name -> "available")
            .onOne("zone-type", name -> "availability-zone")
            .select(input, names);
    List<Struct> zones =
        named(rows, asked, name -> name).stream()
            .map(
                name ->
                    Struct.of()
                        .with("ZoneName", name)
                        .with("ZoneId", zoneId(name))
                        .with("RegionName", seed.region())
                        .with("ZoneType", "availability-zone")
                        .with("OptInStatus", "opt-in-not-required")
                        .with("State", "available"))
            .toList();
    return Struct.of().with("AvailabilityZones", zones);
  }

  /** One main table per VPC, and one for each kind of default route its subnets have. */
  private Struct routeTables(Struct input) {
    List<RouteTable> tables = new ArrayList<>();
    for (NetworkSeed.Vpc vpc : seed.vpcs()) {
      String suffix = vpc.id().substring("vpc-".length());
      tables.add(new RouteTable("rtb-main" + suffix, vpc, null, List.of()));
      addTable(tables, "rtb-open" + suffix, vpc, DefaultRoute.INTERNET_GATEWAY);
      addTable(tables, "rtb-nat" + suffix, vpc, DefaultRoute.NAT_GATEWAY);
    }
    List<RouteTable> rows =
        new Filters<>(RouteTable::id, tags)
            .onOne("route-table-id", RouteTable::id)
            .onOne("vpc-id", table -> table.vpc().id())
            .onOne("association.main", table -> String.valueOf(table.main()))
            .on("association.subnet-id", RouteTable::subnets)
            .select(input, tables);
    List<String> ids = input.strings("RouteTableIds");
    return Page.of(input, "RouteTables", named(rows, ids, RouteTable::id), this::routeTable);
  }

  private void addTable(
      List<RouteTable> tables, String id, NetworkSeed.Vpc vpc, DefaultRoute route) {
    List<String> subnets =
        seed.subnets().stream()
            .filter(subnet -> subnet.vpcId().equals(vpc.id()) && subnet.route() == route)
            .map(NetworkSeed.Subnet::id)
            .toList();
    if (!subnets.isEmpty()) {
      tables.add(new RouteTable(id, vpc, route, subnets));
    }
  }

  /**
   * @param route null for the main table, which has local routes only
   */
  private record RouteTable(
      String id, NetworkSeed.Vpc vpc, DefaultRoute route, List<String> subnets) {
    boolean main() {
      return route == null;
    }
  }

  private Struct routeTable(RouteTable table) {
    String suffix = table.vpc().id().substring("vpc-".length());
    List<Struct> routes = new ArrayList<>();
    routes.add(route(table.vpc().cidr(), "CreateRouteTable").with("GatewayId", "local"));
    if (table.route() == DefaultRoute.INTERNET_GATEWAY) {
      routes.add(route("0.0.0.0/0", "CreateRoute").with("GatewayId", "igw-" + suffix));
    } else if (table.route() == DefaultRoute.NAT_GATEWAY) {
      routes.add(route("0.0.0.0/0", "CreateRoute").with("NatGatewayId", "nat-" + suffix));
    }
    List<Struct> associations = new ArrayList<>();
    if (table.main()) {
      associations.add(association(table, "main").with("Main", true));
    }
    for (String subnet : table.subnets()) {
      associations.add(association(table, subnet).with("Main", false).with("SubnetId", subnet));
    }
    return Struct.of()
        .with("RouteTableId", table.id())
        .with("VpcId", table.vpc().id())
        .with("OwnerId", seed.accountId())
        .with("Routes", routes)
        .with("Associations", associations);
  }

  private static Struct route(String destination, String origin) {
    return Struct.of()
        .with("DestinationCidrBlock", destination)
        .with("State", "active")
        .with("Origin", origin);
  }

  private static Struct association(RouteTable table, String what) {
    return Struct.of()
        .with("RouteTableAssociationId", "rtbassoc-" + what + table.id().substring(4))
        .with("RouteTableId", table.id());
  }

  private Struct networkInterfaces(Struct input) {
    List<String> ids = input.strings("NetworkInterfaceIds");
    for (String id : ids) {
      if (interfaces.find(id).isEmpty()) {
        throw new AwsException(
            "InvalidNetworkInterfaceID.NotFound",
            "The networkInterface ID '" + id + "' does not exist");
      }
    }
    List<Interfaces.Attached> rows =
        new Filters<Interfaces.Attached>(each -> each.view().id(), tags)
            .onOne("network-interface-id", each -> each.view().id())
            .on("group-id", each -> each.view().groups())
            .onOne("subnet-id", each -> each.subnet().id())
            .onOne("vpc-id", each -> each.subnet().vpcId())
            .onOne("availability-zone", each -> each.subnet().availabilityZone())
            .onOne("description", Interfaces.Attached::description)
            .onOne("private-ip-address", each -> each.view().privateIp())
            .onOne("addresses.private-ip-address", each -> each.view().privateIp())
            .onOne("status", each -> "in-use")
            .select(input, interfaces.all());
    return Page.of(
        input,
        "NetworkInterfaces",
        named(rows, ids, each -> each.view().id()),
        this::networkInterface);
  }

  private Struct networkInterface(Interfaces.Attached each) {
    Network.NetworkInterface view = each.view();
    List<Struct> shownGroups =
        view.groups().stream()
            .map(
                id ->
                    Struct.of()
                        .with("GroupId", id)
                        .with(
                            "GroupName",
                            groups.find(id).map(SecurityGroups.Group::name).orElse(null)))
            .toList();
    Struct address = Struct.of().with("PrivateIpAddress", view.privateIp()).with("Primary", true);
    return Struct.of()
        .with("NetworkInterfaceId", view.id())
        .with("SubnetId", view.subnetId())
        .with("VpcId", each.subnet().vpcId())
        .with("AvailabilityZone", view.availabilityZone())
        .with("OwnerId", seed.accountId())
        .with("Description", each.description())
        .with("PrivateIpAddress", view.privateIp())
        .with("PrivateIpAddresses", List.of(address))
        .with("MacAddress", view.macAddress())
        .with("Groups", shownGroups)
        .with("InterfaceType", "interface")
        .with("RequesterManaged", true)
        .with("SourceDestCheck", true)
        .with("Status", "in-use")
        .with("TagSet", tagged(view.id()));
  }

  /** Zone ids name the physical zone; here one follows from the order of the zone's letter. */
  private String zoneId(String zone) {
    String shortRegion = seed.region().replaceFirst("-([a-z])[a-z]*-", "$1");
    return shortRegion + "-az" + (zone.charAt(zone.length() - 1) - 'a' + 1);
  }

  private List<Struct> tagged(String id) {
    List<Struct> held = tags.structs(id);
    return held.isEmpty() ? null : held;
  }

  private String arn(String type, String id) {
    return "arn:aws:ec2:" + seed.region() + ":" + seed.accountId() + ":" + type + "/" + id;
  }

  private static <T> List<T> named(List<T> rows, List<String> ids, Function<T, String> id) {
    return rows.stream().filter(row -> ids.isEmpty() || ids.contains(id.apply(row))).toList();
  }
}
