package dev.fargate.local.aws.efs;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;

/** EFS's errors, each with its HTTP status (AWS-FACTS 1, 9). */
final class EfsErrors {
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private EfsErrors() {}

  static AwsException bad(String message) {
    return error("BadRequest", message, 400);
  }

  static AwsException noFileSystem(String id) {
    return error("FileSystemNotFound", "File system '" + id + "' does not exist.", NOT_FOUND);
  }

  static AwsException noMountTarget(String id) {
    return error("MountTargetNotFound", "Mount target '" + id + "' does not exist.", NOT_FOUND);
  }

  static AwsException noAccessPoint(String id) {
    return error("AccessPointNotFound", "Access point '" + id + "' does not exist.", NOT_FOUND);
  }

  static AwsException conflict(String code, String message) {
    return error(code, message, CONFLICT);
  }

  private static AwsException error(String code, String message, int status) {
    return new AwsException(code, message, status, Struct.of().with("ErrorCode", code));
  }

  /** Names the one that is there (AWS-FACTS 9). */
  static AwsException exists(String code, String what, String member, String id) {
    return new AwsException(
        code,
        what + " '" + id + "' already exists with this token",
        CONFLICT,
        Struct.of().with("ErrorCode", code).with(member, id));
  }
}
