package dev.fargate.local.aws.wire;

/**
 * The caller gets no answer: the connection ends whether or not the call has taken effect. A server
 * closes the connection; a client in the same thread sees an {@code IOException}.
 */
public final class LostResponse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LostResponse(String call) {
    super("the connection of " + call + " ended without an answer (asked for by a test)");
  }
}
