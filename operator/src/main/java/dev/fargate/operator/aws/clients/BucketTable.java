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
   * @param service the SDK's service id
   * @param operations those that share the bucket; empty = all others of the service
   * @param burst tokens at rest
   * @param perSecond refill
   */
  record Row(String service, Set<String> operations, int burst, int perSecond) {}

  private static final String ELB = "Elastic Load Balancing v2";

  /** The first row that fits counts. */
  static final List<Row> ROWS =
      List.of(
          row("ECS", 50, 5, "CreateService", "UpdateService", "DeleteService"),
          row("ECS", 100, 20, "DescribeServices", "ListServices"),
          row("ECS", 20, 1, "RegisterTaskDefinition", "DeregisterTaskDefinition"),
          row("ECS", 50, 20, "DescribeTaskDefinition", "ListTaskDefinitions"),
          row("ECS", 5, 1, "DeleteTaskDefinitions"),
          row(
              "ECS",
              20,
              1,
              "CreateCluster",
              "DeleteCluster",
              "UpdateCluster",
              "UpdateClusterSettings",
              "PutClusterCapacityProviders"),
          row("ECS", 50, 20, "DescribeClusters", "ListClusters"),
          row("ECS", 100, 20, "DescribeTasks", "ListTasks"),
          row("ECS", 20, 10, "TagResource", "UntagResource"),
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
              "EC2",
              100,
              20,
              "DescribeSecurityGroups",
              "DescribeSecurityGroupRules",
              "DescribeSubnets",
              "DescribeVpcs"),
          // Mutating calls: not published (AWS-FACTS 9).
          row("EC2", 50, 5),
          // "5 TPS each", per operation, in the last published table (AWS-FACTS 9).
          row("CloudWatch Logs", 5, 5, "CreateLogGroup"),
          row("CloudWatch Logs", 5, 5, "DeleteLogGroup"),
          row("CloudWatch Logs", 5, 5, "DescribeLogGroups"),
          // Not published.
          row("CloudWatch Logs", 20, 5),
          row("ServiceDiscovery", 20, 10),
          row("Application Auto Scaling", 20, 10),
          row("Secrets Manager", 50, 20),
          row("STS", 20, 10));

  private BucketTable() {}

  /** The row of an operation. */
  static Row row(String service, String operation) {
    return ROWS.stream()
        .filter(row -> row.service().equals(service))
        .filter(row -> row.operations().isEmpty() || row.operations().contains(operation))
        .findFirst()
        // An ECS call without a row of its own: the smallest of ECS's read buckets.
        .orElse(new Row(service, Set.of(), 10, 1));
  }

  private static Row row(String service, int burst, int perSecond, String... operations) {
    return new Row(service, Set.of(operations), burst, perSecond);
  }
}
