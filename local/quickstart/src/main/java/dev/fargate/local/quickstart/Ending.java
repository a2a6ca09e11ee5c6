package dev.fargate.local.quickstart;

import java.util.ArrayDeque;
import java.util.Deque;

/** What must end when the quickstart ends, however it ends; the latest first. */
final class Ending implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private boolean ended;

  /**
   * Remembers a part.
   *
   * @return the part
   */
  <T extends AutoCloseable> T at(T part) {
    synchronized (this) {
      if (!ended) {
        parts.push(part);
        return part;
      }
    }
    // A signal came while the part started: the program is over.
    close(part);
    throw new QuickstartFailure("Ended.");
  }

  /** Whether the end has begun. */
  synchronized boolean hasBegun() {
    return ended;
  }

  /** Ends all; further calls do nothing. */
  @Override
  public void close() {
    while (true) {
      AutoCloseable part;
      synchronized (this) {
        ended = true;
        if (parts.isEmpty()) {
          return;
        }
        part = parts.pop();
      }
      close(part);
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      // The rest must end, too.
      System.err.println("While ending: " + e);
    }
  }
}
