package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;

/** AWS Backup's errors; all are answered with 400, also what is not found (AWS-FACTS 1). */
final class BackupErrors {
  private BackupErrors() {}

  static AwsException bad(String message) {
    return error("InvalidParameterValueException", message);
  }

  static AwsException notFound(String message) {
    return error("ResourceNotFoundException", message);
  }

  static AwsException refused(String message) {
    return error("InvalidRequestException", message);
  }

  static AwsException wrongState(String message) {
    return error("InvalidResourceStateException", message);
  }

  static AwsException exists(String message, String arn, String creatorRequestId) {
    return new AwsException(
        "AlreadyExistsException",
        message,
        400,
        Struct.of()
            .with("Message", message)
            .with("Arn", arn)
            .with("CreatorRequestId", creatorRequestId));
  }

  /** As AWS answers for a role that it cannot act as. */
  static AwsException role(String arn) {
    return bad("IAM Role " + arn + " cannot be assumed by AWS Backup");
  }

  private static AwsException error(String code, String message) {
    return new AwsException(code, message, 400, Struct.of().with("Message", message));
  }
}
