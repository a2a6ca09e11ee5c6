package dev.fargate.local.kube.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/** The events of one watch, in order, each an object with {@code type} and {@code object}. */
public interface WatchStream extends AutoCloseable {

  /**
   * The next event.
   *
   * @param wait how long to wait for one; zero returns at once, which is what a test in virtual
   *     time wants
   * @return empty when there is none yet, or when the stream has ended
   */
  Optional<ObjectNode> next(Duration wait) throws InterruptedException;

  /** Whether no further event will come: the watch expired, was cut or closed. */
  boolean ended();

  @Override
  void close();
}
