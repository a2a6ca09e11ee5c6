package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.ExactlyOne;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A load balancer that somebody else owns. */
@ApiObject
@ExactlyOne
public class ExistingLoadBalancer {

  @Doc(
      value = "Its ARN.",
      example =
          "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shared/50dc6c495c0c9188",
      aws = "LoadBalancerArn",
      edit = Edit.FORBIDDEN)
  @Required
  @Size(max = 2048)
  @Pattern(Syntax.LOAD_BALANCER_ARN)
  public String arn;
}
