package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.ExactlyOne;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** A choice of one: where an environment variable's value comes from. */
@ApiObject
@ExactlyOne
public class ValueFrom {

  @Doc(
      value =
          "A key of a Secret in the app's namespace. The operator copies it to Secrets Manager, and"
              + " a changed value is a new revision.",
      aws = "Secret.valueFrom: the app's own secret, by key and version")
  public KeyReference secretKeyRef;

  @Doc(
      value = "A key of a ConfigMap in the app's namespace. A changed value is a new revision.",
      aws = "KeyValuePair.value")
  public KeyReference configMapKeyRef;

  @Doc(
      value =
          "A published value of a FargateDatabase in the app's namespace. It also opens the"
              + " database's port to the app. Connection string, user name and password arrive as"
              + " ECS secrets, the others in plain text.",
      aws = "Secret.valueFrom: the database's secret by key, or KeyValuePair.value")
  public DatabaseKeyReference databaseRef;

  @Doc(
      value =
          "The ARN of an SSM parameter. Its value is read by ECS when a task starts, never by the"
              + " operator.",
      example = "arn:aws:ssm:eu-central-1:123456789012:parameter/phoenix/token",
      aws = "Secret.valueFrom",
      edit = Edit.NEW_REVISION)
  @Size(max = 2048)
  @Pattern(Syntax.SSM_PARAMETER_ARN)
  public String ssmParameterArn;

  @Doc(
      value =
          "The ARN of a Secrets Manager secret, with ECS's optional :key:stage:version behind it."
              + " Its value is read by ECS when a task starts, never by the operator.",
      example = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:phoenix-a1b2c3:token::",
      aws = "Secret.valueFrom",
      edit = Edit.NEW_REVISION)
  @Size(max = 2048)
  @Pattern(Syntax.SECRET_ARN)
  public String secretsManagerArn;
}
