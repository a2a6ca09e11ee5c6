package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.fargate.api.v1alpha1.PlanStatus;
import dev.fargate.api.v1alpha1.PlannedAction;
import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.operator.status.ConditionType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which calls each action of a plan is, so that a plan can be held against what was written. */
final class PlannedWrites {
  private static final Duration LONG_ENOUGH = Duration.ofHours(1);

  /** The one call that an action of this verb and kind makes. */
  private static final Map<String, String> CALLS =
      Map.ofEntries(
          Map.entry("CREATE Cluster", "ecs:CreateCluster"),
          Map.entry("CREATE PrivateDnsNamespace", "servicediscovery:CreatePrivateDnsNamespace"),
          Map.entry("CREATE LoadBalancer", "elasticloadbalancing:CreateLoadBalancer"),
          Map.entry("CREATE Listener", "elasticloadbalancing:CreateListener"),
          Map.entry("DELETE Cluster", "ecs:DeleteCluster"),
          Map.entry("DELETE PrivateDnsNamespace", "servicediscovery:DeleteNamespace"),
          Map.entry("DELETE LoadBalancer", "elasticloadbalancing:DeleteLoadBalancer"),
          Map.entry("DELETE Listener", "elasticloadbalancing:DeleteListener"),
          Map.entry("CREATE SecurityGroup", "ec2:CreateSecurityGroup"),
          Map.entry("CREATE SecurityGroupRule", "ec2:AuthorizeSecurityGroupIngress"),
          Map.entry("CREATE TargetGroup", "elasticloadbalancing:CreateTargetGroup"),
          Map.entry("CREATE ListenerRule", "elasticloadbalancing:CreateRule"),
          Map.entry("CREATE LogGroup", "logs:CreateLogGroup"),
          Map.entry("CREATE Secret", "secretsmanager:CreateSecret"),
          Map.entry("CREATE FileSystem", "elasticfilesystem:CreateFileSystem"),
          Map.entry("CREATE AccessPoint", "elasticfilesystem:CreateAccessPoint"),
          Map.entry("CREATE MountTarget", "elasticfilesystem:CreateMountTarget"),
          Map.entry("CREATE BackupVault", "backup:CreateBackupVault"),
          Map.entry("CREATE BackupPlan", "backup:CreateBackupPlan"),
          Map.entry("CREATE BackupSelection", "backup:CreateBackupSelection"),
          Map.entry("DELETE BackupVault", "backup:DeleteBackupVault"),
          Map.entry("DELETE BackupPlan", "backup:DeleteBackupPlan"),
          Map.entry("DELETE BackupSelection", "backup:DeleteBackupSelection"),
          Map.entry("DELETE FileSystem", "elasticfilesystem:DeleteFileSystem"),
          Map.entry("DELETE AccessPoint", "elasticfilesystem:DeleteAccessPoint"),
          Map.entry("DELETE MountTarget", "elasticfilesystem:DeleteMountTarget"),
          Map.entry("CREATE DiscoveryService", "servicediscovery:CreateService"),
          Map.entry("CREATE TaskDefinition", "ecs:RegisterTaskDefinition"),
          Map.entry("CREATE Service", "ecs:CreateService"),
          Map.entry("CREATE ScalableTarget", "application-autoscaling:RegisterScalableTarget"),
          Map.entry("CREATE ScalingPolicy", "application-autoscaling:PutScalingPolicy"),
          Map.entry("CREATE MetricAlarm", "monitoring:PutMetricAlarm"),
          Map.entry("DELETE MetricAlarm", "monitoring:DeleteAlarms"),
          Map.entry("CREATE PublicName", "route53:ChangeResourceRecordSets"),
          Map.entry("DELETE PublicName", "route53:ChangeResourceRecordSets"),
          Map.entry("DELETE SecurityGroup", "ec2:DeleteSecurityGroup"),
          Map.entry("DELETE SecurityGroupRule", "ec2:RevokeSecurityGroupIngress"),
          Map.entry("DELETE TargetGroup", "elasticloadbalancing:DeleteTargetGroup"),
          Map.entry("DELETE ListenerRule", "elasticloadbalancing:DeleteRule"),
          Map.entry("DELETE LogGroup", "logs:DeleteLogGroup"),
          Map.entry("DELETE Secret", "secretsmanager:DeleteSecret"),
          Map.entry("DELETE DiscoveryService", "servicediscovery:DeleteService"),
          Map.entry("DELETE TaskDefinition", "ecs:DeregisterTaskDefinition"),
          Map.entry("DELETE Service", "ecs:DeleteService"),
          Map.entry("DELETE ScalableTarget", "application-autoscaling:DeregisterScalableTarget"),
          Map.entry("DELETE ScalingPolicy", "application-autoscaling:DeleteScalingPolicy"));

  /** What may follow it: the rest of the same action, as AWS's API cuts it. */
  private static final Map<String, Set<String>> MORE =
      Map.of(
          "CREATE TargetGroup", Set.of("elasticloadbalancing:ModifyTargetGroupAttributes"),
          "CREATE LogGroup", Set.of("logs:PutRetentionPolicy"),
          "CREATE Secret", Set.of("secretsmanager:UpdateSecretVersionStage"),
          "DELETE BackupVault", Set.of("backup:DeleteRecoveryPoint"),
          "DELETE TaskDefinition", Set.of("ecs:DeleteTaskDefinitions"));

  /** A change is one or more of these, each once. */
  private static final Map<String, Set<String>> CHANGES =
      Map.ofEntries(
          Map.entry(
              "Cluster",
              Set.of(
                  "ecs:UpdateClusterSettings",
                  "ecs:PutClusterCapacityProviders",
                  "ecs:TagResource",
                  "ecs:UntagResource")),
          Map.entry(
              "PrivateDnsNamespace",
              Set.of("servicediscovery:TagResource", "servicediscovery:UntagResource")),
          Map.entry(
              "LoadBalancer",
              Set.of(
                  "elasticloadbalancing:SetSecurityGroups",
                  "elasticloadbalancing:SetSubnets",
                  "elasticloadbalancing:AddTags",
                  "elasticloadbalancing:RemoveTags")),
          Map.entry(
              "Listener",
              Set.of(
                  "elasticloadbalancing:ModifyListener",
                  "elasticloadbalancing:AddListenerCertificates",
                  "elasticloadbalancing:RemoveListenerCertificates",
                  "elasticloadbalancing:AddTags",
                  "elasticloadbalancing:RemoveTags")),
          Map.entry("SecurityGroup", Set.of("ec2:CreateTags", "ec2:DeleteTags")),
          Map.entry("SecurityGroupRule", Set.of("ec2:CreateTags", "ec2:DeleteTags")),
          Map.entry(
              "TargetGroup",
              Set.of(
                  "elasticloadbalancing:ModifyTargetGroup",
                  "elasticloadbalancing:ModifyTargetGroupAttributes",
                  "elasticloadbalancing:AddTags",
                  "elasticloadbalancing:RemoveTags")),
          Map.entry(
              "ListenerRule",
              Set.of(
                  "elasticloadbalancing:SetRulePriorities",
                  "elasticloadbalancing:ModifyRule",
                  "elasticloadbalancing:AddTags",
                  "elasticloadbalancing:RemoveTags")),
          Map.entry(
              "LogGroup",
              Set.of("logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource")),
          Map.entry(
              "Secret", Set.of("secretsmanager:PutSecretValue", "secretsmanager:TagResource")),
          Map.entry(
              "FileSystem",
              Set.of(
                  "elasticfilesystem:UpdateFileSystem",
                  "elasticfilesystem:TagResource",
                  "elasticfilesystem:UntagResource")),
          Map.entry(
              "AccessPoint",
              Set.of(
                  "elasticfilesystem:TagResource",
                  "elasticfilesystem:UntagResource",
                  // The steps of a restore.
                  "backup:StartRestoreJob",
                  "ecs:RegisterTaskDefinition",
                  "ecs:RunTask",
                  "ecs:DeregisterTaskDefinition",
                  "ecs:DeleteTaskDefinitions")),
          Map.entry("MountTarget", Set.of("elasticfilesystem:ModifyMountTargetSecurityGroups")),
          Map.entry(
              "DiscoveryService",
              Set.of(
                  "servicediscovery:UpdateService",
                  "servicediscovery:TagResource",
                  "servicediscovery:UntagResource")),
          Map.entry(
              "BackupVault",
              Set.of("backup:StartBackupJob", "backup:TagResource", "backup:UntagResource")),
          Map.entry(
              "BackupPlan",
              Set.of("backup:UpdateBackupPlan", "backup:TagResource", "backup:UntagResource")),
          Map.entry("TaskDefinition", Set.of("ecs:TagResource", "ecs:UntagResource")),
          Map.entry("Service", Set.of("ecs:UpdateService", "ecs:TagResource", "ecs:UntagResource")),
          Map.entry(
              "ScalableTarget",
              Set.of(
                  "application-autoscaling:RegisterScalableTarget",
                  "application-autoscaling:TagResource")),
          Map.entry("ScalingPolicy", Set.of("application-autoscaling:PutScalingPolicy")),
          Map.entry(
              "MetricAlarm",
              Set.of(
                  "monitoring:PutMetricAlarm",
                  "monitoring:TagResource",
                  "monitoring:UntagResource")),
          Map.entry("PublicName", Set.of("route53:ChangeResourceRecordSets")));

  private PlannedWrites() {}

  /** Runs until the object is Ready, in sync, and still so after whatever AWS is late with. */
  static void untilDone(VirtualWorld world, String kind, String name) {
    world.run(Duration.ofSeconds(5));
    world.runUntil(
        name + " is as wanted",
        LONG_ENOUGH,
        () ->
            world.ready(kind, name)
                && world
                    .condition(kind, name, ConditionType.SYNCED)
                    .filter(synced -> synced.getStatus().equals("True"))
                    .isPresent());
    world.run(Duration.ofMinutes(2));
  }

  /** Takes the calls of each action off the list; nothing may be left on either side. */
  static void assertCarriedOut(PlanStatus plan, AwsEndpoint aws) {
    assertThat(plan.truncated).isNull();
    List<String> writes =
        new ArrayList<>(
            aws.calls().writes().stream()
                .filter(call -> call.error().isEmpty())
                .map(call -> call.name())
                .toList());
    for (PlannedAction action : plan.actions) {
      List<String> left = List.copyOf(writes);
      if (!take(action, writes)) {
        fail("%s did not happen; what is left of the writes: %s", action.id, left);
      }
    }
    assertThat(writes).as("writes that were not planned").isEmpty();
  }

  private static boolean take(PlannedAction action, List<String> writes) {
    String verb = action.id.substring(0, action.id.indexOf(' '));
    String kind = action.resource.substring(0, action.resource.indexOf('/'));
    if (verb.equals("UPDATE")) {
      int first = 0;
      while (first < writes.size() && !CHANGES.get(kind).contains(writes.get(first))) {
        first++;
      }
      Set<String> changes = new LinkedHashSet<>();
      while (first < writes.size()
          && CHANGES.get(kind).contains(writes.get(first))
          && changes.add(writes.get(first))) {
        writes.remove(first);
      }
      return !changes.isEmpty();
    }
    String call = CALLS.get(verb + " " + kind);
    if (call == null || !writes.remove(call)) {
      return false;
    }
    for (String more : MORE.getOrDefault(verb + " " + kind, Set.of())) {
      writes.remove(more);
    }
    return true;
  }
}
