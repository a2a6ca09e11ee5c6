package dev.fargate.local.aws.elb;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Asks one target for its health. With scripted tasks the answer comes from the script, with
 * processes from a real HTTP request that never holds the scheduler's lock.
 */
public interface TargetProbe {
  /** Calls back under the lock, later or at once. */
  void probe(Request request, Consumer<Answer> answer);

  record Request(String ip, int port, String protocol, String path, Duration timeout) {}

  /**
   * @param httpStatus 0 when there was no answer; then {@code timedOut} tells why
   */
  record Answer(int httpStatus, boolean timedOut) {}
}
