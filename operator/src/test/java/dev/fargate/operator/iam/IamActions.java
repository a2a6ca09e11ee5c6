package dev.fargate.operator.iam;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which rights a caller of AWS operations needs. */
final class IamActions {
  private static final String LINKED_ROLE = "iam:CreateServiceLinkedRole";

  /** Everybody may ask who they are. */
  private static final Set<String> FREE = Set.of("sts:GetCallerIdentity");

  /**
   * What AWS checks of the caller beside the operation itself: tags in a create call, roles handed
   * on, service-linked roles made on first use, and what other services do in the caller's name
   * (AWS-FACTS 12).
   */
  private static final Map<String, Set<String>> CHECKED_TOO =
      Map.ofEntries(
          Map.entry("ecs:CreateCluster", Set.of("ecs:TagResource", LINKED_ROLE)),
          Map.entry("ecs:CreateService", Set.of("ecs:TagResource")),
          Map.entry("ecs:RegisterTaskDefinition", Set.of("ecs:TagResource", "iam:PassRole")),
          Map.entry("elasticloadbalancing:CreateListener", Set.of("elasticloadbalancing:AddTags")),
          Map.entry(
              "elasticloadbalancing:CreateLoadBalancer",
              Set.of(
                  "elasticloadbalancing:AddTags",
                  LINKED_ROLE,
                  "ec2:DescribeAccountAttributes",
                  "ec2:DescribeAddresses",
                  "ec2:DescribeInternetGateways",
                  "ec2:DescribeSecurityGroups",
                  "ec2:DescribeSubnets",
                  "ec2:DescribeVpcs")),
          Map.entry("elasticloadbalancing:CreateRule", Set.of("elasticloadbalancing:AddTags")),
          Map.entry(
              "elasticloadbalancing:CreateTargetGroup",
              Set.of("elasticloadbalancing:AddTags", "ec2:DescribeVpcs")),
          Map.entry("ec2:CreateSecurityGroup", Set.of("ec2:CreateTags")),
          Map.entry("ec2:AuthorizeSecurityGroupIngress", Set.of("ec2:CreateTags")),
          Map.entry("cloudwatch:PutMetricAlarm", Set.of("cloudwatch:TagResource")),
          Map.entry("elasticfilesystem:CreateFileSystem", Set.of("elasticfilesystem:TagResource")),
          Map.entry("elasticfilesystem:CreateAccessPoint", Set.of("elasticfilesystem:TagResource")),
          Map.entry(
              "elasticfilesystem:CreateMountTarget",
              Set.of(
                  "ec2:CreateNetworkInterface",
                  "ec2:DescribeNetworkInterfaces",
                  "ec2:DescribeSubnets")),
          Map.entry("elasticfilesystem:DeleteMountTarget", Set.of("ec2:DeleteNetworkInterface")),
          Map.entry(
              "elasticfilesystem:ModifyMountTargetSecurityGroups",
              Set.of("ec2:ModifyNetworkInterfaceAttribute")),
          Map.entry(
              "backup:CreateBackupVault",
              Set.of(
                  "backup:TagResource",
                  "backup-storage:MountCapsule",
                  "kms:CreateGrant",
                  "kms:Decrypt",
                  "kms:DescribeKey",
                  "kms:GenerateDataKey",
                  "kms:RetireGrant")),
          Map.entry("backup:CreateBackupPlan", Set.of("backup:TagResource")),
          Map.entry("backup:CreateBackupSelection", Set.of("iam:PassRole")),
          Map.entry("backup:StartBackupJob", Set.of("backup:TagResource", "iam:PassRole")),
          Map.entry("backup:StartRestoreJob", Set.of("iam:PassRole")),
          Map.entry("ecs:RunTask", Set.of("iam:PassRole")),
          Map.entry("logs:CreateLogGroup", Set.of("logs:TagResource")),
          Map.entry("secretsmanager:CreateSecret", Set.of("secretsmanager:TagResource")),
          Map.entry(
              "servicediscovery:CreatePrivateDnsNamespace",
              Set.of(
                  "servicediscovery:TagResource",
                  "ec2:DescribeRegions",
                  "ec2:DescribeVpcs",
                  "route53:CreateHostedZone",
                  "route53:GetHostedZone",
                  "route53:ListHostedZonesByName")),
          Map.entry(
              "servicediscovery:CreateService",
              Set.of("servicediscovery:TagResource", "route53:GetHostedZone")),
          Map.entry("servicediscovery:UpdateService", Set.of("route53:ChangeResourceRecordSets")),
          Map.entry("servicediscovery:DeleteNamespace", Set.of("route53:DeleteHostedZone")),
          Map.entry(
              "application-autoscaling:RegisterScalableTarget",
              Set.of(
                  "application-autoscaling:TagResource",
                  "ecs:DescribeServices",
                  "ecs:UpdateService",
                  LINKED_ROLE)),
          Map.entry(
              "application-autoscaling:PutScalingPolicy",
              Set.of("cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm")),
          Map.entry(
              "application-autoscaling:DeleteScalingPolicy", Set.of("cloudwatch:DeleteAlarms")));

  private IamActions() {}

  /** For these operations, for example {@code ecs:CreateService}. */
  static Set<String> neededFor(Set<String> operations) {
    Set<String> needed = new TreeSet<>();
    for (String operation : operations) {
      if (!FREE.contains(operation)) {
        needed.add(operation);
      }
      needed.addAll(CHECKED_TOO.getOrDefault(operation, Set.of()));
    }
    return needed;
  }
}
