package dev.fargate.local.aws.logs;

import java.time.Instant;

/** Where the awslogs driver of a task writes. */
public interface LogSink {
  boolean hasGroup(String logGroup);

  /** Appends one line; makes the stream where needed. A line for a deleted group is dropped. */
  void append(String logGroup, String stream, Instant time, String line);
}
