package dev.fargate.local.quickstart;

/**
 * The quickstart cannot go on; the message says what happened and what to do, and is all the user
 * sees.
 */
public final class QuickstartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public QuickstartFailure(String message) {
    super(message);
  }

  public QuickstartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
