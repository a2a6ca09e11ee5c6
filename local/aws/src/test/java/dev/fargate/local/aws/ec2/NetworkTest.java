package dev.fargate.local.aws.ec2;

import static dev.fargate.local.aws.ec2.Ec2Fixture.SUBNET_A;
import static dev.fargate.local.aws.ec2.Ec2Fixture.SUBNET_B;
import static dev.fargate.local.aws.ec2.Ec2Fixture.allow;
import static dev.fargate.local.aws.ec2.Ec2Fixture.call;
import static dev.fargate.local.aws.ec2.Ec2Fixture.filter;
import static dev.fargate.local.aws.ec2.Ec2Fixture.fromRange;
import static dev.fargate.local.aws.ec2.Ec2Fixture.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private final Ec2 ec2 = Ec2Fixture.ec2();

  @Test
  void subnetsAreFoundByVpcAndTag() {
    assertThat(call(ec2, "DescribeSubnets", filter("tag:tier", "private")).structs("Subnets"))
        .extracting(subnet -> subnet.required("SubnetId"))
        .containsExactly(SUBNET_B);
    assertThat(call(ec2, "DescribeSubnets", filter("vpc-id", Ec2Fixture.VPC)).structs("Subnets"))
        .hasSize(2);
    assertThat(
            call(ec2, "DescribeVpcs", Struct.of().with("VpcIds", List.of(Ec2Fixture.VPC)))
                .structs("Vpcs")
                .get(0)
                .required("CidrBlock"))
        .isEqualTo("10.0.0.0/16");
  }

  @Test
  void aPublicSubnetHasARouteToAnInternetGateway() {
    List<Struct> tables =
        call(ec2, "DescribeRouteTables", filter("association.subnet-id", SUBNET_A))
            .structs("RouteTables");
    assertThat(tables.get(0).structs("Routes"))
        .anyMatch(route -> route.string("GatewayId").orElse("").startsWith("igw-"));
    assertThat(
            call(ec2, "DescribeRouteTables", filter("association.subnet-id", SUBNET_B))
                .structs("RouteTables"))
        .isEmpty();
  }

  @Test
  void zonesAreThoseOfTheSubnets() {
    assertThat(call(ec2, "DescribeAvailabilityZones", Struct.of()).structs("AvailabilityZones"))
        .extracting(zone -> zone.required("ZoneName") + " " + zone.required("ZoneId"))
        .containsExactly("eu-central-1a euc1-az1", "eu-central-1b euc1-az2");
  }

  @Test
  void anInterfaceGetsAnAddressOfItsSubnet() {
    String group = group(ec2, "app");
    assertThat(ec2.attach(SUBNET_A, List.of(group), "task").privateIp()).isEqualTo("10.0.1.4");
    assertThat(ec2.attach(SUBNET_B, List.of(group), "task").privateIp()).isEqualTo("10.0.2.4");
  }

  @Test
  void aFullSubnetRefusesAnotherInterfaceUntilOneIsGone() {
    String group = group(ec2, "app");
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 11; i++) {
      ids.add(ec2.attach(SUBNET_B, List.of(group), "task").id());
    }
    assertThatThrownBy(() -> ec2.attach(SUBNET_B, List.of(group), "one more"))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining(SUBNET_B);
    ec2.detach(ids.iterator().next());
    assertThat(ec2.attach(SUBNET_B, List.of(group), "one more").subnetId()).isEqualTo(SUBNET_B);
  }

  @Test
  void aFreedAddressComesRoundAgainLast() {
    String group = group(ec2, "app");
    Network.NetworkInterface first = ec2.attach(SUBNET_A, List.of(group), "task");
    ec2.detach(first.id());
    assertThat(ec2.attach(SUBNET_A, List.of(group), "task").privateIp())
        .isNotEqualTo(first.privateIp());
  }

  @Test
  void processTasksOfTwoEndpointsNeverShareALoopbackAddress() {
    try (LoopbackAddresses mine = new LoopbackAddresses();
        LoopbackAddresses theirs = new LoopbackAddresses()) {
      Set<String> seen = new HashSet<>();
      Network.Subnet subnet = ec2.subnet(SUBNET_A).orElseThrow();
      for (int i = 0; i < 300; i++) {
        assertThat(seen.add(mine.take(subnet))).isTrue();
        assertThat(seen.add(theirs.take(subnet))).isTrue();
      }
      assertThat(seen).allMatch(ip -> ip.startsWith("127.7."));
    }
  }

  @Test
  void onlyAddressesThatTheMachineHasAreGivenOut() {
    Network.Subnet subnet = ec2.subnet(SUBNET_A).orElseThrow();
    Set<String> added = Set.of("127.7.251.2", "127.7.251.3");
    try (LoopbackAddresses two = new LoopbackAddresses(added::contains)) {
      two.require();
      assertThat(Set.of(two.take(subnet), two.take(subnet))).isEqualTo(added);
      assertThatThrownBy(() -> two.take(subnet))
          .isInstanceOf(AwsException.class)
          .hasMessageContaining("sudo ifconfig lo0 alias 127.7.0.$i");
    }
  }

  @Test
  void aMachineWithoutLoopbackAddressesIsToldAtTheStartHowToGetThem() {
    try (LoopbackAddresses none = new LoopbackAddresses(address -> false)) {
      assertThatThrownBy(none::require)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("sudo ifconfig lo0 alias 127.7.0.$i");
    }
  }

  @Test
  void rulesByAddressRangeHoldForLoopbackTasksAsIfTheyWereInTheirSubnet() {
    try (LoopbackAddresses loopback = new LoopbackAddresses()) {
      Ec2 local = new Ec2(Ec2Fixture.seed(), loopback);
      String from = group(local, "from");
      String to = group(local, "to");
      allow(local, to, fromRange(80, "10.0.1.0/24"));
      Network.NetworkInterface near = local.attach(SUBNET_A, List.of(from), "near");
      Network.NetworkInterface far = local.attach(SUBNET_B, List.of(from), "far");
      Network.NetworkInterface goal = local.attach(SUBNET_A, List.of(to), "goal");
      assertThat(reaches(local, near, goal)).isTrue();
      assertThat(reaches(local, far, goal)).isFalse();
    }
  }

  private static boolean reaches(
      Ec2 network, Network.NetworkInterface from, Network.NetworkInterface to) {
    return network.reachable(
        Set.copyOf(from.groups()),
        from.privateIp(),
        Set.copyOf(to.groups()),
        to.privateIp(),
        "tcp",
        80);
  }
}
