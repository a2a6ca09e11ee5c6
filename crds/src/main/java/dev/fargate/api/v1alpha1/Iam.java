package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** The roles of the tasks. The operator hands them over, it never creates or changes a role. */
@ApiObject
public class Iam {

  @Doc(
      value = "The role that the program in the container acts as.",
      absent = "the environment's defaults.taskRoleArn, else none",
      example = "arn:aws:iam::123456789012:role/phoenix-task",
      aws = "TaskDefinition.taskRoleArn",
      edit = Edit.NEW_REVISION)
  @Size(max = 2048)
  @Pattern(Syntax.ROLE_ARN)
  public String taskRoleArn;

  @Doc(
      value = "The role that ECS acts as to pull the image, read secrets and write logs.",
      absent = "the environment's defaults.executionRoleArn",
      example = "arn:aws:iam::123456789012:role/ecs-execution",
      aws = "TaskDefinition.executionRoleArn",
      edit = Edit.NEW_REVISION)
  @Size(max = 2048)
  @Pattern(Syntax.ROLE_ARN)
  public String executionRoleArn;
}
