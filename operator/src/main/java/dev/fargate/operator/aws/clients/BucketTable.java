package dev.fargate.operator.aws.clients;

import java.util.List;
import java.util.Set;

/**
 * AWS's request rates per account and region (AWS-FACTS 10), as one table. Where AWS publishes no
 * number the row says so, and the number is ours: low enough to leave room for others.
 */
final class BucketTable {
  /**
   * A bucket.
   *
   * @param service as in the signature of a request
   * @param operations those that share the bucket; empty = all others of the service
   * @param burst tokens at rest
   * @param perSecond refill
   */
  record Row(String service, Set<String> operations, int burst, int perSecond) {}

  private static final String ELB = "elasticloadbalancing";

  /** The first row that fits counts. */
  static final List<Row> ROWS =
      List.of(
          row("ecs", 50, 5, "CreateService", "UpdateService", "DeleteService"),
          row("ecs", 100, 20, "DescribeServices", "ListServices"),
          row("ecs", 20, 1, "RegisterTaskDefinition", "DeregisterTaskDefinition"),
          row("ecs", 50, 20, "DescribeTaskDefinition", "ListTaskDefinitions"),
          row("ecs", 5, 1, "DeleteTaskDefinitions"),
          row(
              "ecs",
              20,
              1,
              "CreateCluster",
              "DeleteCluster",
              "UpdateCluster",
              "UpdateClusterSettings",
              "PutClusterCapacityProviders"),
          row("ecs", 50, 20, "DescribeClusters", "ListClusters"),
          row("ecs", 100, 20, "DescribeTasks", "ListTasks"),
          row("ecs", 100, 40, "RunTask"),
          row("ecs", 20, 10, "TagResource", "UntagResource"),
          row("ecs", 50, 20, "DescribeServiceDeployments", "ListServiceDeployments"),
          // What we do not call today: the smallest of ECS's read buckets.
          row("ecs", 10, 1),
          row(
              ELB,
              40,
              10,
              "DescribeLoadBalancers",
              "DescribeListeners",
              "DescribeListenerCertificates",
              "DescribeRules",
              "DescribeTargetGroups",
              "DescribeTargetGroupAttributes",
              "DescribeTargetHealth",
              "DescribeTags"),
          // Mutating calls: not published; what AWS's own load balancer controller allows itself.
          row(ELB, 20, 3),
          row(
              "ec2",
              100,
              20,
              "DescribeRouteTables",
              "DescribeSecurityGroups",
              "DescribeSecurityGroupRules",
              "DescribeSubnets",
              "DescribeVpcs"),
          // Mutating calls: not published (AWS-FACTS 9).
          row("ec2", 50, 5),
          // "5 TPS each" in the last published table (AWS-FACTS 9); taken together here.
          row("logs", 5, 5, "CreateLogGroup", "DeleteLogGroup", "DescribeLogGroups"),
          // Not published.
          row("logs", 20, 5),
          row("servicediscovery", 20, 10),
          row("application-autoscaling", 20, 10),
          row("secretsmanager", 50, 20),
          // Per second and region, by the quota page as remembered: UNVERIFIED.
          row("monitoring", 9, 9, "DescribeAlarms"),
          row("monitoring", 3, 3, "PutMetricAlarm", "DeleteAlarms"),
          // Tags: not published.
          row("monitoring", 10, 5),
          // Not published.
          row("elasticfilesystem", 20, 5),
          row("backup", 20, 5),
          // For the whole account, whoever asks (AWS-FACTS 9); some of it is left to others.
          row("route53", 4, 3),
          row("sts", 20, 10));

  private BucketTable() {}

  /** The row of an operation. */
  static Row row(String service, String operation) {
    return ROWS.stream()
        .filter(row -> sameService(row.service(), service))
        .filter(row -> row.operations().isEmpty() || row.operations().contains(operation))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no request bucket for " + service));
  }

  /** The SDK writes a service's name in two ways: {@code ECS} and {@code Ecs}. */
  private static boolean sameService(String one, String other) {
    return one.replace(" ", "").equalsIgnoreCase(other.replace(" ", ""));
  }

  private static Row row(String service, int burst, int perSecond, String... operations) {
    return new Row(service, Set.of(operations), burst, perSecond);
  }
}
