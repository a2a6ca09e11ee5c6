package dev.fargate.local.aws.cloudwatch;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;

/** The errors CloudWatch answers. */
final class CloudWatchError {
  private static final int NOT_FOUND = 404;
  private static final int NOT_IMPLEMENTED = 501;

  private CloudWatchError() {}

  static AwsException invalid(String message) {
    return new AwsException("ValidationError", message);
  }

  static AwsException noAlarm() {
    return new AwsException("ResourceNotFound", "Unknown alarm name", NOT_FOUND, Struct.of());
  }

  static AwsException noResource(String arn) {
    return new AwsException(
        "ResourceNotFoundException",
        "Resource " + arn + " not found",
        NOT_FOUND,
        Struct.of().with("ResourceType", "AlarmArn").with("ResourceId", arn));
  }

  static AwsException unsupported(String what) {
    return new AwsException(
        "NotImplemented",
        "The local AWS endpoint does not evaluate " + what + " in CloudWatch",
        NOT_IMPLEMENTED,
        Struct.of());
  }
}
