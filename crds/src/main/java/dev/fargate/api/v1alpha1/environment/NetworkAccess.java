package dev.fargate.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How far the network of an app or database may differ from the environment's. */
@ApiObject
public class NetworkAccess {

  @Doc(
      value =
          "Subnets that network.subnets may lead to, by ids or tags, beside the environment's own; *"
              + " for every subnet of the VPC.",
      absent = "the environment's own only",
      example = "[subnet-0aaa1111bbbb2222c]",
      edit = Edit.OPERATOR_ONLY)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Size(max = 50)
  @Items(Items.Kind.SET)
  public List<@Size(max = 32) @Pattern("^(\\*|subnet-[0-9a-f]{8,17})$") String> subnetIds;

  @Doc(
      value =
          "Groups that network.securityGroupIds may name beside the environment's own; * for every"
              + " group. A task in a group gets in wherever that group is let in.",
      absent = "the environment's own only",
      example = "[sg-0aaa1111bbbb2222c]",
      edit = Edit.OPERATOR_ONLY)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Size(max = 50)
  @Items(Items.Kind.SET)
  public List<@Size(max = 32) @Pattern("^(\\*|sg-[0-9a-f]{8,17})$") String> securityGroupIds;

  @Doc(
      value = "Whether network.assignPublicIp may differ from the environment's.",
      absent = "false",
      edit = Edit.OPERATOR_ONLY)
  public Boolean assignPublicIp;
}
