package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Numbers;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where the containers' standard output goes: a log group of the object's own, or a shared one. */
@ApiObject
@ValidationRule(
    value = "!has(self.group) || !has(self.retentionDays)",
    message =
        "retentionDays of a shared log group stand in the environment: remove retentionDays, or"
            + " group",
    fieldPath = ".retentionDays")
@ValidationRule(
    value = "!has(self.group) || !has(self.keepOnDelete) || !self.keepOnDelete",
    message =
        "a shared log group is the environment's and stays anyway: remove keepOnDelete, or group",
    fieldPath = ".keepOnDelete")
public class Logs {

  @Doc(
      value =
          "Name of one of the environment's logGroups, to write into instead of a log group of the"
              + " object's own. Changed on a running object, new tasks write there; the object's"
              + " own group is deleted once no task writes into it, unless keepOnDelete was set.",
      absent = "a log group of the object's own",
      example = "web",
      aws = "logConfiguration.options.awslogs-group",
      edit = Edit.NEW_REVISION)
  @Size(min = 1, max = 63)
  @Pattern(Syntax.DNS_LABEL)
  public String group;

  @Doc(
      value = "Days after which CloudWatch Logs forgets a line.",
      absent =
          "the environment's defaults.logRetentionDays, else " + FieldDefaults.LOG_RETENTION_DAYS,
      example = "7",
      aws = "LogGroup.retentionInDays",
      edit = Edit.IN_PLACE)
  @Numbers({
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653
  })
  public Integer retentionDays;

  @Doc(
      value = "Start of the log streams' names, which are <prefix>/<container>/<task id>.",
      absent = "the object's name; in a shared group <namespace>/<name>",
      example = "web",
      aws = "logConfiguration.options.awslogs-stream-prefix",
      edit = Edit.NEW_REVISION)
  @Size(min = 1, max = 128)
  @Pattern("^[A-Za-z0-9._/#-]+$")
  public String streamPrefix;

  @Doc(
      value =
          "Whether the log group outlives the object although deletionPolicy is Delete. The last"
              + " Event lists it; its retention goes on.",
      absent = "false",
      aws = "a tag of the LogGroup",
      edit = Edit.OPERATOR_ONLY)
  public Boolean keepOnDelete;

  @Doc(
      value =
          "Whether status.recentFailures shows the last line that a failed task has logged, its first"
              + " 512 characters. A line may hold a secret, such as a password in a connection error:"
              + " in the status everybody sees it who may read this object, in every tool that shows"
              + " it, until ten newer failures have pushed it out. Taken back, the lines leave the"
              + " status at the next look; copies of it do not.",
      absent = "false",
      edit = Edit.OPERATOR_ONLY)
  public Boolean inStatus;
}
