package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Subnets;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;

/** The VPC, and where tasks stand unless an app says otherwise. */
@ApiObject
public class EnvironmentNetwork {

  @Doc(
      value = "The VPC of everything in the environment.",
      example = "vpc-0aaa1111bbbb2222c",
      aws = "VpcId",
      edit = Edit.FORBIDDEN)
  @Required
  @Size(max = 32)
  @Pattern(Syntax.VPC_ID)
  public String vpcId;

  @Doc(
      value =
          "Subnets of the tasks. Two in different zones at least, if tasks are to survive the loss"
              + " of a zone.",
      aws = "Service.networkConfiguration.awsvpcConfiguration.subnets",
      edit = Edit.NEW_DEPLOYMENT)
  @Required
  public Subnets subnets;

  @Doc(
      value =
          "Further security groups of all tasks, beside each object's own one. They are used, never"
              + " changed.",
      absent = "none",
      example = "[sg-0aaa1111bbbb2222c]",
      aws = "Service.networkConfiguration.awsvpcConfiguration.securityGroups",
      edit = Edit.NEW_DEPLOYMENT)
  @Size(max = 4)
  @Items(Items.Kind.SET)
  public List<@Size(max = 32) @Pattern(Syntax.SECURITY_GROUP_ID) String> securityGroupIds =
      new ArrayList<>();

  @Doc(
      value = "Whether tasks get a public address. Needed to pull images in a public subnet.",
      absent = "false",
      aws = "Service.networkConfiguration.awsvpcConfiguration.assignPublicIp",
      edit = Edit.NEW_DEPLOYMENT)
  public Boolean assignPublicIp;
}
