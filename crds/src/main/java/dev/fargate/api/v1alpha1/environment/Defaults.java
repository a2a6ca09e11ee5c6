package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.schema.Numbers;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Architecture;
import dev.fargate.api.v1alpha1.Capacity;
import dev.fargate.api.v1alpha1.CapacityType;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What apps and databases of this environment get when they say nothing. */
@ApiObject
public class Defaults {

  @Doc(
      value = "The role that ECS acts as to pull images, read secrets and write logs.",
      example = "arn:aws:iam::123456789012:role/ecs-execution",
      aws = "TaskDefinition.executionRoleArn",
      edit = Edit.NEW_REVISION)
  @Size(max = 2048)
  @Pattern(Syntax.ROLE_ARN)
  public String executionRoleArn;

  @Doc(
      value = "The role that programs in containers act as.",
      absent = "none",
      example = "arn:aws:iam::123456789012:role/app",
      aws = "TaskDefinition.taskRoleArn",
      edit = Edit.NEW_REVISION)
  @Size(max = 2048)
  @Pattern(Syntax.ROLE_ARN)
  public String taskRoleArn;

  @Doc(
      value =
          "The role that ECS acts as to move traffic from one target group to another. Apps with"
              + " rollout strategy BlueGreen, Linear or Canary need it.",
      absent = "none",
      example = "arn:aws:iam::123456789012:role/ecs-infrastructure",
      aws = "Service.loadBalancers.advancedConfiguration.roleArn",
      edit = Edit.NEW_DEPLOYMENT)
  @Size(max = 2048)
  @Pattern(Syntax.ROLE_ARN)
  public String infrastructureRoleArn;

  @Doc(
      value =
          "The role that AWS Backup acts as for databases with backup. It has to trust"
              + " backup.amazonaws.com.",
      absent = "none: a database with backup has to name one",
      example = "arn:aws:iam::123456789012:role/backup",
      aws = "BackupSelection.IamRoleArn",
      edit = Edit.IN_PLACE)
  @Size(max = 2048)
  @Pattern(Syntax.ROLE_ARN)
  public String backupRoleArn;

  @Doc(
      value = "Days after which CloudWatch Logs forgets a line.",
      absent = "" + FieldDefaults.LOG_RETENTION_DAYS,
      aws = "LogGroup.retentionInDays",
      edit = Edit.IN_PLACE)
  @Numbers({
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653
  })
  public Integer logRetentionDays;

  @Doc(
      value = "Processor architecture of images.",
      absent = FieldDefaults.ARCHITECTURE,
      aws = "TaskDefinition.runtimePlatform.cpuArchitecture",
      edit = Edit.NEW_REVISION)
  @Values({Architecture.X86_64, Architecture.ARM64})
  public String architecture;

  @Doc(
      value =
          "What tasks of apps run on, and in which shares. Databases never run on Spot: they are one"
              + " task each, with the data.",
      absent = "OnDemand (launch type FARGATE)",
      example = "[{type: OnDemand, base: 1}, {type: Spot, weight: 4}]",
      aws = "Service.capacityProviderStrategy",
      edit = Edit.NEW_DEPLOYMENT)
  @Size(min = 1, max = 2)
  @Items(value = Items.Kind.MAP, key = "type")
  @ValidationRule(value = CapacityType.WEIGHT_RULE, message = CapacityType.WEIGHT_MESSAGE)
  @ValidationRule(value = CapacityType.BASE_RULE, message = CapacityType.BASE_MESSAGE)
  public List<Capacity> capacity = new ArrayList<>();

  @Doc(
      value =
          "The SNS topic, in this environment's region, that hears of alarms that name none"
              + " themselves. Its own policy must let CloudWatch of this account publish.",
      absent = "none: an alarm has to name one",
      example = "arn:aws:sns:eu-central-1:123456789012:on-call",
      aws = "MetricAlarm.alarmActions and .okActions",
      edit = Edit.IN_PLACE)
  @Size(max = 512)
  @Pattern(Syntax.TOPIC_ARN)
  public String topicArn;

  @Doc(
      value =
          "Tags of every AWS resource made in this environment, beside the operator's own. An app's"
              + " or database's own tags win.",
      example = "{team: web}",
      aws = "tags",
      edit = Edit.IN_PLACE)
  @Size(max = 40)
  @ValidationRule(value = Syntax.TAG_KEYS_RULE, message = Syntax.TAG_KEYS_MESSAGE)
  public Map<String, @Size(max = 256) @Pattern(Syntax.TAG_VALUE) String> tags =
      new LinkedHashMap<>();
}
