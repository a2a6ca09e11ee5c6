package dev.fargate.operator.aws.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.WorldSeed;
import dev.fargate.local.aws.WorldSeed.Route;
import dev.fargate.operator.apply.Cloud.DefaultRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Where subnets lead, at the local endpoint. */
class DefaultRoutesTest {
  private static final String VPC = "vpc-0123456789abcdef0";

  private static WorldSeed withAnIsolatedSubnet() {
    WorldSeed sample = WorldSeed.ofTheSamples();
    List<WorldSeed.Subnet> subnets = new ArrayList<>(sample.subnets());
    subnets.add(
        new WorldSeed.Subnet(
            "subnet-isolated", VPC, "eu-central-1a", "10.0.64.0/20", Route.NONE, Map.of()));
    return new WorldSeed(
        sample.accountId(),
        sample.region(),
        sample.vpcs(),
        subnets,
        sample.roles(),
        sample.certificates());
  }

  @Test
  void eachSubnetHasTheDefaultRouteOfItsOwnTableOrOfTheMainOne() {
    try (AwsEndpoint aws = AwsEndpoint.builder().world(withAnIsolatedSubnet()).build();
        Ec2Client ec2 =
            Ec2Client.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "none")))
                .httpClient(aws.httpClient())
                .build()) {
      assertThat(
              DefaultRoutes.read(ec2, VPC)
                  .of(
                      List.of(
                          "subnet-0aaa0000000000001",
                          "subnet-0bbb0000000000001",
                          "subnet-isolated")))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "subnet-0aaa0000000000001", DefaultRoute.INTERNET_GATEWAY,
                  "subnet-0bbb0000000000001", DefaultRoute.OTHER,
                  "subnet-isolated", DefaultRoute.NONE));
    }
  }
}
