package dev.fargate.operator.cli.logs;

/** Why there is nothing to show, and what to do. */
public final class NoLogs extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoLogs(String message) {
    super(message);
  }

  public NoLogs(String message, Throwable cause) {
    super(message, cause);
  }
}
