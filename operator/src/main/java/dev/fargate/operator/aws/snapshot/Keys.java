package dev.fargate.operator.aws.snapshot;

import dev.fargate.operator.aws.route53.PublicNameReader;
import dev.fargate.operator.stack.BackupVault;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.MetricAlarm;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.PublicName;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ScalableTarget;
import dev.fargate.operator.stack.ScalingPolicy;
import java.util.Map;

/** By what each kind's readers address a thing: the key of what we have just written ourselves. */
final class Keys {
  private Keys() {}

  /** Null where the write did not tell it. */
  static String of(Resource resource, Map<Output, String> outputs) {
    return switch (resource.id().kind()) {
      case CLUSTER,
          LOAD_BALANCER,
          LISTENER,
          TARGET_GROUP,
          LISTENER_RULE,
          SECRET,
          TASK_DEFINITION,
          SERVICE ->
          outputs.get(Output.ARN);
      case PRIVATE_DNS_NAMESPACE,
          SECURITY_GROUP,
          SECURITY_GROUP_RULE,
          FILE_SYSTEM,
          ACCESS_POINT,
          MOUNT_TARGET,
          BACKUP_PLAN,
          BACKUP_SELECTION,
          DISCOVERY_SERVICE ->
          outputs.get(Output.ID);
      case LOG_GROUP -> ((LogGroup) resource).name();
      case BACKUP_VAULT -> ((BackupVault) resource).name();
      case PUBLIC_NAME -> PublicNameReader.key((PublicName) resource);
      case METRIC_ALARM -> ((MetricAlarm) resource).name();
      case SCALABLE_TARGET -> ((ScalableTarget) resource).resource().toString();
      case SCALING_POLICY ->
          ((ScalingPolicy) resource).resource() + " " + ((ScalingPolicy) resource).name();
    };
  }
}
