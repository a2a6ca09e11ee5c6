package dev.fargate.local.quickstart.progress;

import java.time.Duration;

/**
 * A line of the live view.
 *
 * @param resource an object, or indented below it something that it has in AWS
 * @param since when it came into this state, counted from the start
 * @param detail a sentence for people; may be empty
 */
public record Row(String resource, String state, Duration since, String detail) {
  /** Starts the name of what an object has. */
  static final String INDENT = "  ";

  /** Whether it is something that the object above it has. */
  boolean isPart() {
    return resource.startsWith(INDENT);
  }
}
