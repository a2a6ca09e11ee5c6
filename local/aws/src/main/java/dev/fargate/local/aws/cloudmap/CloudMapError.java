package dev.fargate.local.aws.cloudmap;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;

/** The errors of Cloud Map; their codes have no {@code Exception} suffix (AWS-FACTS 1). */
final class CloudMapError {
  private CloudMapError() {}

  static AwsException invalid(String message) {
    return new AwsException("InvalidInput", message);
  }

  static AwsException inUse(String message) {
    return new AwsException("ResourceInUse", message);
  }

  static AwsException namespaceNotFound(String id) {
    return new AwsException("NamespaceNotFound", "Namespace not found: " + id);
  }

  static AwsException serviceNotFound(String id) {
    return new AwsException("ServiceNotFound", "Service not found: " + id);
  }

  static AwsException instanceNotFound(String id) {
    return new AwsException("InstanceNotFound", "Instance not found: " + id);
  }

  /** Carries the id of the operation that already does what is asked. */
  static AwsException duplicateRequest(String operationId) {
    return new AwsException(
        "DuplicateRequest",
        "The operation is already in progress.",
        400,
        Struct.of().with("DuplicateOperationId", operationId));
  }

  static AwsException unsupported(String field, String instead) {
    return invalid("The local AWS endpoint does not support " + field + "; " + instead);
  }
}
