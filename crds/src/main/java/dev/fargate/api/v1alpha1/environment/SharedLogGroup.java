package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Numbers;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A log group that several apps and databases write into. */
@ApiObject
public class SharedLogGroup {

  @Doc(
      value =
          "Its name for logs.group of apps and databases. In AWS it is called"
              + " /fargate/<ownerId>/_shared/<environment>/<name>.",
      example = "web",
      aws = "LogGroup.logGroupName",
      edit = Edit.REPLACEMENT)
  @Required
  @Size(min = 1, max = 63)
  @Pattern(Syntax.DNS_LABEL)
  public String name;

  @Doc(
      value = "Days after which CloudWatch Logs forgets a line.",
      absent = "defaults.logRetentionDays, else " + FieldDefaults.LOG_RETENTION_DAYS,
      example = "7",
      aws = "LogGroup.retentionInDays",
      edit = Edit.IN_PLACE)
  @Numbers({
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653
  })
  public Integer retentionDays;
}
