package dev.fargate.local.aws.logs;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;

/**
 * One page of a Describe answer.
 *
 * @param nextToken null on the last page
 */
record LogPage<T>(List<T> items, String nextToken) {
  /** DescribeLogGroups and DescribeLogStreams: at most 50 an answer (AWS-FACTS 9). */
  private static final int DEFAULT_LIMIT = 50;

  static <T> LogPage<T> of(List<T> all, Struct input) {
    int start = input.string("nextToken").map(LogPage::position).orElse(0);
    int end = Math.min(all.size(), start + input.integer("limit").orElse(DEFAULT_LIMIT));
    return new LogPage<>(
        all.subList(Math.min(start, end), end), end < all.size() ? "p" + end : null);
  }

  static int position(String token) {
    if (!token.matches("p[0-9]{1,9}")) {
      throw CloudWatchLogs.invalid("The specified nextToken is invalid.");
    }
    return Integer.parseInt(token.substring(1));
  }
}
