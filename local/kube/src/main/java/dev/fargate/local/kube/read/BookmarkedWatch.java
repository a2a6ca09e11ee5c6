package dev.fargate.local.kube.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.WatchStream;
import java.time.Duration;
import java.util.Optional;

/** A watch that now and then tells how far it has looked, so that its client can resume there. */
final class BookmarkedWatch implements WatchStream {
  /**
   * A real server sends one a minute; ours are closer together, so that a short session shows them.
   */
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final Watch watch;
  private Duration quiet = Duration.ZERO;
  private long told;

  BookmarkedWatch(Watch watch) {
    this.watch = watch;
    this.told = watch.position();
  }

  @Override
  public Optional<ObjectNode> next(Duration wait) throws InterruptedException {
    Duration patience = EVERY.minus(quiet);
    boolean due = wait.compareTo(patience) >= 0;
    long before = System.nanoTime();
    Optional<ObjectNode> event = watch.next(due ? patience : wait);
    quiet = quiet.plusNanos(System.nanoTime() - before);
    if (event.isPresent() || quiet.compareTo(EVERY) < 0) {
      return event;
    }
    quiet = Duration.ZERO;
    if (watch.position() == told) {
      return Optional.empty();
    }
    told = watch.position();
    watch.bookmark(false);
    return watch.next(Duration.ZERO);
  }

  @Override
  public boolean ended() {
    return watch.ended();
  }

  @Override
  public void close() {
    watch.close();
  }
}
