package dev.fargate.local.aws.autoscaling;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;

/** The errors of Application Auto Scaling. */
final class AutoScalingError {
  private AutoScalingError() {}

  static AwsException invalid(String message) {
    return new AwsException("ValidationException", message);
  }

  static AwsException targetNotFound(TargetKey key) {
    return new AwsException(
        "ObjectNotFoundException",
        "No scalable target found for service namespace: ecs, resource ID: "
            + key.resourceId()
            + ", scalable dimension: "
            + TargetKey.DIMENSION);
  }

  static AwsException policyNotFound(String name, TargetKey key) {
    return new AwsException(
        "ObjectNotFoundException",
        "No scaling policy found for service namespace: ecs, resource ID: "
            + key.resourceId()
            + ", scalable dimension: "
            + TargetKey.DIMENSION
            + ": "
            + name);
  }

  static AwsException resourceNotFound(String arn) {
    return new AwsException(
        "ResourceNotFoundException",
        "The resource " + arn + " was not found.",
        400,
        Struct.of().with("ResourceName", arn));
  }

  static AwsException unsupported(String field, String instead) {
    return invalid("The local AWS endpoint does not support " + field + "; " + instead);
  }
}
