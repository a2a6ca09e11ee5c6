package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.AwsException;

/** The errors of ECS by code (AWS-FACTS 4.2). */
final class EcsError {
  private EcsError() {}

  static AwsException invalid(String message) {
    return new AwsException("InvalidParameterException", message);
  }

  static AwsException client(String message) {
    return new AwsException("ClientException", message);
  }

  static AwsException clusterNotFound() {
    return new AwsException("ClusterNotFoundException", "Cluster not found.");
  }

  static AwsException serviceNotFound() {
    return new AwsException("ServiceNotFoundException", "Service not found.");
  }

  /** What ECS says of a role that is gone or does not trust it, in events and errors alike. */
  static String cannotAssume(String role) {
    return "ECS was unable to assume the role '"
        + role
        + "' that was provided for this task. Please verify that the role being passed has the"
        + " proper trust relationship and permissions and that your IAM user has permissions to"
        + " pass this role.";
  }

  /** AWS can do it, this endpoint cannot: said loudly, nothing is accepted and then ignored. */
  static AwsException unsupported(String field, String instead) {
    return new AwsException(
        "UnsupportedFeatureException",
        "The local AWS endpoint does not support " + field + "; " + instead);
  }
}
