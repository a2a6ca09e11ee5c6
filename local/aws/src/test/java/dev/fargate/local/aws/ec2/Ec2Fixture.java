package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;

/** A small network and short ways to call EC2 on it. */
public final class Ec2Fixture {
  public static final String VPC = "vpc-0123456789abcdef0";
  public static final String OTHER_VPC = "vpc-0fedcba9876543210";
  public static final String SUBNET_A = "subnet-0aaaaaaaaaaaaaaaa";
  public static final String SUBNET_B = "subnet-0bbbbbbbbbbbbbbbb";
  public static final Caller CALLER = new Caller("123456789012", "eu-central-1", "test");

  private Ec2Fixture() {}

  public static NetworkSeed seed() {
    return new NetworkSeed(
        "123456789012",
        "eu-central-1",
        List.of(
            new NetworkSeed.Vpc(VPC, "10.0.0.0/16", false, Map.of("Name", "main")),
            new NetworkSeed.Vpc(OTHER_VPC, "10.1.0.0/16", false, Map.of())),
        List.of(
            new NetworkSeed.Subnet(
                SUBNET_A,
                VPC,
                "eu-central-1a",
                "10.0.1.0/24",
                NetworkSeed.DefaultRoute.INTERNET_GATEWAY,
                Map.of("tier", "public")),
            new NetworkSeed.Subnet(
                SUBNET_B,
                VPC,
                "eu-central-1b",
                "10.0.2.0/28",
                NetworkSeed.DefaultRoute.NONE,
                Map.of("tier", "private"))));
  }

  public static Ec2 ec2() {
    return new Ec2(seed(), new SubnetAddresses());
  }

  public static Struct call(Ec2 ec2, String operation, Struct input) {
    return ec2.handle(operation, input, CALLER);
  }

  /** A group in {@link #VPC}; returns its id. */
  public static String group(Ec2 ec2, String name) {
    return call(
            ec2,
            "CreateSecurityGroup",
            Struct.of().with("GroupName", name).with("Description", "of a test").with("VpcId", VPC))
        .required("GroupId");
  }

  public static Struct permission(int port, String key, String member, String value) {
    return Struct.of()
        .with("IpProtocol", "tcp")
        .with("FromPort", port)
        .with("ToPort", port)
        .with(key, List.of(Struct.of().with(member, value)));
  }

  public static Struct fromGroup(int port, String groupId) {
    return permission(port, "UserIdGroupPairs", "GroupId", groupId);
  }

  public static Struct fromRange(int port, String cidr) {
    return permission(port, "IpRanges", "CidrIp", cidr);
  }

  public static Struct allow(Ec2 ec2, String groupId, Struct permission) {
    return call(
        ec2,
        "AuthorizeSecurityGroupIngress",
        Struct.of().with("GroupId", groupId).with("IpPermissions", List.of(permission)));
  }

  public static Struct tags(String key, String value) {
    return Struct.of().with("Key", key).with("Value", value);
  }

  public static Struct tagged(String type, String key, String value) {
    return Struct.of().with("ResourceType", type).with("Tags", List.of(tags(key, value)));
  }

  public static Struct filter(String name, String... values) {
    return Struct.of()
        .with("Filters", List.of(Struct.of().with("Name", name).with("Values", List.of(values))));
  }
}
