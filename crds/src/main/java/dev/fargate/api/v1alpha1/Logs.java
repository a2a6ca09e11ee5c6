package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Numbers;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Where the containers' standard output goes: a log group of the object's own. */
@ApiObject
public class Logs {

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
      absent = "the object's name",
      example = "web",
      aws = "logConfiguration.options.awslogs-stream-prefix",
      edit = Edit.NEW_REVISION)
  @Size(min = 1, max = 128)
  @Pattern("^[A-Za-z0-9._/#-]+$")
  public String streamPrefix;

  @Doc(
      value = "Whether the log group outlives the object although deletionPolicy is Delete.",
      absent = "false",
      edit = Edit.OPERATOR_ONLY)
  public Boolean keepOnDelete;
}
