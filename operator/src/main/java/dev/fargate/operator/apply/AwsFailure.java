package dev.fargate.operator.apply;

/** A classified AWS error on its way from a runner to the executor. */
public final class AwsFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Outcome.ErrorClass errorClass;
  private final String code;
  private final String requestId;

  /**
   * @param code AWS's error code, or a transport error's name
   * @param requestId AWS's, or null where there was no answer
   */
  public AwsFailure(
      Outcome.ErrorClass errorClass,
      String code,
      String message,
      String requestId,
      Throwable cause) {
    super(message, cause);
    this.errorClass = errorClass;
    this.code = code;
    this.requestId = requestId;
  }

  public Outcome.ErrorClass errorClass() {
    return errorClass;
  }

  public String code() {
    return code;
  }

  public String requestId() {
    return requestId;
  }
}
