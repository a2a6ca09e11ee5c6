package dev.fargate.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorldSeedTest {
  @Test
  void theSamplesWorldHasPublicAndPrivateSubnetsInTwoZones() {
    WorldSeed world = WorldSeed.ofTheSamples();
    assertThat(world.subnets())
        .extracting(s -> s.availabilityZone() + " " + s.route())
        .containsExactly(
            "eu-central-1a INTERNET_GATEWAY",
            "eu-central-1b INTERNET_GATEWAY",
            "eu-central-1a NAT_GATEWAY",
            "eu-central-1b NAT_GATEWAY");
    assertThat(world.role("arn:aws:iam::123456789012:role/fargate-operator-task-execution"))
        .hasValueSatisfying(
            role -> assertThat(role.trusts()).containsExactly("ecs-tasks.amazonaws.com"));
  }

  @Test
  void aSubnetOfNoVpcOrOfAnotherRegionIsRefused() {
    assertThatThrownBy(() -> world("vpc-2", "eu-central-1a"))
        .hasMessageContaining("names VPC vpc-2, which the seed lacks");
    assertThatThrownBy(() -> world("vpc-1", "us-east-1a"))
        .hasMessageContaining("is in us-east-1a, not in eu-central-1");
  }

  private static WorldSeed world(String vpcOfSubnet, String zone) {
    return new WorldSeed(
        "123456789012",
        "eu-central-1",
        List.of(new WorldSeed.Vpc("vpc-1", "10.0.0.0/16")),
        List.of(
            new WorldSeed.Subnet(
                "subnet-1", vpcOfSubnet, zone, "10.0.0.0/24", WorldSeed.Route.NONE, Map.of())),
        List.of(),
        List.of());
  }
}
