package dev.fargate.operator.aws.logs;

import dev.fargate.operator.aws.errors.ErrorTable;
import java.time.Instant;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** Reads what containers have written, page by page. An AWS error leaves as AwsFailure. */
public final class LogLines {
  private final CloudWatchLogsClient logs;

  public LogLines(CloudWatchLogsClient logs) {
    this.logs = logs;
  }

  /**
   * Which lines.
   *
   * @param streamPrefix what the streams' names begin with
   */
  public record Query(String logGroup, String streamPrefix) {}

  /**
   * One line.
   *
   * @param id AWS's, unique in the log group
   */
  public record Line(Instant time, String stream, String text, String id) {}

  /** Every line from a time on, in the order of time, over all pages; a page may be empty. */
  public void from(Instant start, Query query, Consumer<Line> reader) {
    String token = null;
    do {
      FilterLogEventsResponse page = page(start, query, token);
      for (FilteredLogEvent event : page.events()) {
        reader.accept(
            new Line(
                Instant.ofEpochMilli(event.timestamp()),
                event.logStreamName(),
                event.message(),
                event.eventId()));
      }
      token = page.nextToken();
    } while (token != null);
  }

  private FilterLogEventsResponse page(Instant start, Query query, String token) {
    try {
      return logs.filterLogEvents(
          request ->
              request
                  .logGroupName(query.logGroup())
                  .logStreamNamePrefix(query.streamPrefix())
                  .startTime(start.toEpochMilli())
                  .nextToken(token));
    } catch (SdkException failure) {
      throw ErrorTable.classify(failure);
    }
  }
}
