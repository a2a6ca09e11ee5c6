package dev.fargate.local.aws.logs;

import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** One log group with its tags, retention and streams. */
final class LogGroup {
  private final String name;
  private final String arn;
  private final String logClass;
  private final long created;
  private final Map<String, Object> tags = new TreeMap<>();
  private final Map<String, LogStream> streams = new TreeMap<>();
  private Integer retentionInDays;

  /**
   * @param arn without the {@code :*} at its end
   */
  LogGroup(String name, String arn, String logClass, long created) {
    this.name = name;
    this.arn = arn;
    this.logClass = logClass;
    this.created = created;
  }

  String name() {
    return name;
  }

  String arn() {
    return arn;
  }

  Map<String, Object> tags() {
    return tags;
  }

  /**
   * @param days null keeps events for ever
   */
  void retain(Integer days) {
    retentionInDays = days;
  }

  /** Drops what is older than the retention says. */
  void expire(long now) {
    if (retentionInDays != null) {
      long oldest = now - Duration.ofDays(retentionInDays).toMillis();
      streams.values().forEach(stream -> stream.dropBefore(oldest));
    }
  }

  LogStream streamToWrite(String stream, long now) {
    return streams.computeIfAbsent(stream, key -> new LogStream(key, now));
  }

  /** Null when there is none. */
  LogStream stream(String stream) {
    return streams.get(stream);
  }

  Collection<LogStream> streams() {
    return streams.values();
  }

  Struct describe() {
    return Struct.of()
        .with("logGroupName", name)
        .with("creationTime", created)
        .with("retentionInDays", retentionInDays)
        .with("metricFilterCount", 0)
        .with("arn", arn + ":*")
        .with("storedBytes", streams.values().stream().mapToLong(LogStream::storedBytes).sum())
        .with("logGroupClass", logClass)
        .with("logGroupArn", arn);
  }
}
