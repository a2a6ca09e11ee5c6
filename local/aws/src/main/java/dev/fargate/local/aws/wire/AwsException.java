package dev.fargate.local.aws.wire;

/** An error answer as AWS gives it: code, message, HTTP status and the modelled extra members. */
public final class AwsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int httpStatus;
  private final transient Struct members;

  /** A 400 error without further members, as most are (AWS-FACTS 1). */
  public AwsException(String code, String message) {
    this(code, message, 400, Struct.of());
  }

  /**
   * @param code as on the wire, for example {@code ServiceNotFoundException} (ECS) or {@code
   *     TargetGroupNotFound} (ELBv2 drops the suffix)
   * @param members the modelled members beside the message, for example {@code ServiceId}
   */
  public AwsException(String code, String message, int httpStatus, Struct members) {
    super(printable(message));
    this.code = code;
    this.httpStatus = httpStatus;
    this.members = members;
  }

  public String code() {
    return code;
  }

  public int httpStatus() {
    return httpStatus;
  }

  public Struct members() {
    return members;
  }

  /** A message quotes what was sent, and XML cannot carry every character of that. */
  private static String printable(String message) {
    return message == null
        ? null
        : message.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "\ufffd");
  }
}
