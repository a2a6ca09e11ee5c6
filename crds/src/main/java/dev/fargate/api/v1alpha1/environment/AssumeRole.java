package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The role that the operator assumes for an environment. */
@ApiObject
public class AssumeRole {

  @Doc(
      value = "The role. It must trust the operator's own role.",
      example = "arn:aws:iam::123456789012:role/fargate-operator",
      aws = "sts:AssumeRole RoleArn",
      edit = Edit.OPERATOR_ONLY)
  @Required
  @Size(max = 2048)
  @Pattern(Syntax.ROLE_ARN)
  public String arn;

  @Doc(
      value = "The external id that the role's trust policy asks for.",
      absent = "none",
      aws = "sts:AssumeRole ExternalId",
      edit = Edit.OPERATOR_ONLY)
  @Size(min = 2, max = 1224)
  @Pattern("^[A-Za-z0-9_+=,.@:/-]*$")
  public String externalId;
}
