package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.ExactlyOne;
import dev.fargate.api.schema.Items;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A choice of one: subnets by id, or all subnets of the VPC that carry the given tags. */
@ApiObject
@ExactlyOne
public class Subnets {

  @Doc(
      value = "The subnets by their ids, all in the environment's VPC.",
      example = "[subnet-0aaa1111bbbb2222c]",
      aws = "subnets (a load balancer's, or the service's awsvpcConfiguration)",
      edit = Edit.AS_HOLDER)
  @Size(min = 1, max = 16)
  @Items(Items.Kind.SET)
  public List<@Size(max = 32) @Pattern(Syntax.SUBNET_ID) String> ids = new ArrayList<>();

  @Doc(
      value = "All subnets of the environment's VPC that carry every one of these tags.",
      example = "{tier: private}",
      aws = "subnets, looked up by DescribeSubnets",
      edit = Edit.AS_HOLDER)
  @Size(min = 1, max = 10)
  public Map<String, @Size(max = 256) String> tags = new LinkedHashMap<>();
}
