package dev.fargate.local.aws.ec2;

import java.util.List;
import java.util.Map;

/**
 * The network that exists before the first call. The local endpoint makes no VPCs or subnets.
 *
 * @param accountId 12 digits, the owner of everything
 * @param region for example {@code eu-central-1}
 */
public record NetworkSeed(String accountId, String region, List<Vpc> vpcs, List<Subnet> subnets) {

  /** Where what leaves the VPC goes. */
  public enum DefaultRoute {
    INTERNET_GATEWAY,
    NAT_GATEWAY,
    NONE
  }

  /**
   * @param cidr its IPv4 block
   * @param isDefault whether calls that name no VPC mean this one
   */
  public record Vpc(String id, String cidr, boolean isDefault, Map<String, String> tags) {}

  /**
   * @param route where its default route leads
   */
  public record Subnet(
      String id,
      String vpcId,
      String availabilityZone,
      String cidr,
      DefaultRoute route,
      Map<String, String> tags) {
    boolean publicRoute() {
      return route == DefaultRoute.INTERNET_GATEWAY;
    }

    Network.Subnet view() {
      return new Network.Subnet(id, vpcId, availabilityZone, cidr, publicRoute());
    }
  }
}
