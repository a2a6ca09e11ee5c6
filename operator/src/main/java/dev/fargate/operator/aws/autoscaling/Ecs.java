package dev.fargate.operator.aws.autoscaling;

import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/** How Application Auto Scaling names the count of an ECS service (AWS-FACTS 7). */
final class Ecs {
  static final ServiceNamespace NAMESPACE = ServiceNamespace.ECS;
  static final ScalableDimension COUNT = ScalableDimension.ECS_SERVICE_DESIRED_COUNT;

  private Ecs() {}
}
