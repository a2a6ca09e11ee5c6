package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;

/** Where the tasks of an app or database stand, and who else may reach them. */
@ApiObject
public class Network {

  @Doc(
      value = "The subnets that the tasks stand in.",
      absent = "the environment's subnets",
      aws = "Service.networkConfiguration.awsvpcConfiguration.subnets",
      edit = Edit.NEW_DEPLOYMENT)
  public Subnets subnets;

  @Doc(
      value =
          "Further security groups of the tasks, beside the object's own one that the operator"
              + " keeps. They are used, never changed.",
      absent = "the environment's securityGroupIds",
      example = "[sg-0aaa1111bbbb2222c]",
      aws = "Service.networkConfiguration.awsvpcConfiguration.securityGroups",
      edit = Edit.NEW_DEPLOYMENT)
  @Size(max = 4)
  @Items(Items.Kind.SET)
  public List<@Size(max = 32) @Pattern(Syntax.SECURITY_GROUP_ID) String> securityGroupIds =
      new ArrayList<>();

  @Doc(
      value =
          "Whether tasks get a public address. Needed to pull images in a public subnet, useless in"
              + " a private one with a NAT gateway.",
      absent = "the environment's choice",
      aws = "Service.networkConfiguration.awsvpcConfiguration.assignPublicIp",
      edit = Edit.NEW_DEPLOYMENT)
  public Boolean assignPublicIp;

  @Doc(
      value =
          "Apps of the same namespace whose tasks may connect to all ports of this object's tasks."
              + " Load balancers that an ingress names, and apps with a databaseRef, are let in"
              + " without being listed.",
      example = "[{name: worker}]",
      aws = "one security group ingress rule per app and port",
      edit = Edit.IN_PLACE)
  @Size(max = 20)
  @Items(Items.Kind.MAP)
  public List<LocalReference> allowFrom = new ArrayList<>();
}
