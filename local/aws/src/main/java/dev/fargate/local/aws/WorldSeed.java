package dev.fargate.local.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What exists in the account before the first call, as a platform team would have made it:
 * networks, roles, certificates, topics and public hosted zones. The endpoint serves exactly one
 * account in one region.
 *
 * @param accountId 12 digits
 * @param region for example {@code eu-central-1}
 * @param topics names of SNS topics; each is heard by an SQS queue of the same name
 * @param publicZones id of a Route 53 hosted zone to its domain
 */
public record WorldSeed(
    String accountId,
    String region,
    List<Vpc> vpcs,
    List<Subnet> subnets,
    List<Role> roles,
    List<Certificate> certificates,
    List<String> topics,
    Map<String, String> publicZones) {

  public WorldSeed {
    if (!accountId.matches("\\d{12}")) {
      throw new IllegalArgumentException("accountId must be 12 digits, not " + accountId);
    }
    vpcs = List.copyOf(vpcs);
    subnets = List.copyOf(subnets);
    roles = List.copyOf(roles);
    certificates = List.copyOf(certificates);
    topics = List.copyOf(topics);
    publicZones = Map.copyOf(publicZones);
    for (Subnet subnet : subnets) {
      if (vpcs.stream().noneMatch(vpc -> vpc.id().equals(subnet.vpcId()))) {
        throw new IllegalArgumentException(
            "subnet " + subnet.id() + " names VPC " + subnet.vpcId() + ", which the seed lacks");
      }
      if (!subnet.availabilityZone().startsWith(region)) {
        throw new IllegalArgumentException(
            "subnet " + subnet.id() + " is in " + subnet.availabilityZone() + ", not in " + region);
      }
    }
  }

  /** Without topics and hosted zones. */
  public WorldSeed(
      String accountId,
      String region,
      List<Vpc> vpcs,
      List<Subnet> subnets,
      List<Role> roles,
      List<Certificate> certificates) {
    this(accountId, region, vpcs, subnets, roles, certificates, List.of(), Map.of());
  }

  /** A network; its default security group is made with it. */
  public record Vpc(String id, String cidr) {}

  /**
   * @param cidr inside the VPC's
   * @param route where its default route leads
   * @param tags by which an environment may choose its subnets
   */
  public record Subnet(
      String id,
      String vpcId,
      String availabilityZone,
      String cidr,
      Route route,
      Map<String, String> tags) {
    public Subnet {
      tags = Map.copyOf(tags);
    }
  }

  /** The kind of a subnet's default route (0.0.0.0/0). */
  public enum Route {
    /** Public: a task here reaches the Internet only with a public address. */
    INTERNET_GATEWAY,
    /** Private: a task here reaches the Internet through a NAT gateway. */
    NAT_GATEWAY,
    /** Isolated. */
    NONE
  }

  /**
   * @param arn for example {@code arn:aws:iam::123456789012:role/name}
   * @param trusts the service principals that may assume it, for example {@code
   *     ecs-tasks.amazonaws.com}; {@code *} for any caller through STS
   * @param externalId what a caller of AssumeRole must give; empty when none is asked
   */
  public record Role(String arn, List<String> trusts, Optional<String> externalId) {
    public Role {
      trusts = List.copyOf(trusts);
    }
  }

  /**
   * An issued certificate of ACM. Its key is made here; no client trusts it unless told to.
   *
   * @param arn for example {@code arn:aws:acm:eu-central-1:123456789012:certificate/id}
   * @param domainName may begin with {@code *.}
   */
  public record Certificate(String arn, String domainName, List<String> alternativeNames) {
    public Certificate {
      alternativeNames = List.copyOf(alternativeNames);
    }
  }

  /** The role of this ARN; empty when the account has none. */
  public Optional<Role> role(String arn) {
    return roles.stream().filter(role -> role.arn().equals(arn)).findFirst();
  }

  /**
   * The world that {@code samples/} names: account 123456789012, eu-central-1, one VPC with two
   * public and two private subnets in two zones, an execution role and a task role for tasks, an
   * infrastructure role for ECS, a role for AWS Backup, one role the operator may assume, two
   * certificates: for {@code phoenix.example.com} and all below it, and for {@code
   * shop.example.org}; the topic {@code fargate-operator-alarms}; and the hosted zones {@code
   * example.com} and {@code example.org}.
   */
  public static WorldSeed ofTheSamples() {
    String vpc = "vpc-0123456789abcdef0";
    String a = "eu-central-1a";
    String b = "eu-central-1b";
    Route open = Route.INTERNET_GATEWAY;
    Route nat = Route.NAT_GATEWAY;
    Map<String, String> outer = Map.of("tier", "public");
    Map<String, String> inner = Map.of("tier", "private");
    return new WorldSeed(
        "123456789012",
        "eu-central-1",
        List.of(new Vpc(vpc, "10.0.0.0/16")),
        List.of(
            new Subnet("subnet-0aaa0000000000001", vpc, a, "10.0.0.0/20", open, outer),
            new Subnet("subnet-0aaa0000000000002", vpc, b, "10.0.16.0/20", open, outer),
            new Subnet("subnet-0bbb0000000000001", vpc, a, "10.0.128.0/20", nat, inner),
            new Subnet("subnet-0bbb0000000000002", vpc, b, "10.0.144.0/20", nat, inner)),
        List.of(
            taskRole("fargate-operator-task-execution"),
            taskRole("fargate-operator-task"),
            new Role(
                "arn:aws:iam::123456789012:role/fargate-operator-infrastructure",
                List.of("ecs.amazonaws.com"),
                Optional.empty()),
            new Role(
                "arn:aws:iam::123456789012:role/fargate-operator-backup",
                List.of("backup.amazonaws.com"),
                Optional.empty()),
            new Role(
                "arn:aws:iam::123456789012:role/fargate-operator", List.of("*"), Optional.empty())),
        List.of(
            new Certificate(
                "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-aaaa-4bbb-8ccc-000000000001",
                "phoenix.example.com",
                List.of("*.phoenix.example.com")),
            new Certificate(
                "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-aaaa-4bbb-8ccc-000000000002",
                "shop.example.org",
                List.of())),
        List.of("fargate-operator-alarms"),
        Map.of("Z00000000EXAMPLECOM", "example.com", "Z00000000EXAMPLEORG", "example.org"));
  }

  private static Role taskRole(String name) {
    return new Role(
        "arn:aws:iam::123456789012:role/" + name,
        List.of("ecs-tasks.amazonaws.com"),
        Optional.empty());
  }
}
