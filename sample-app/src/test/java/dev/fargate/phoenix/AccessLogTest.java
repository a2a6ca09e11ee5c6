package dev.fargate.phoenix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccessLogTest {
  @Test
  void aFullQueueGivesUpTheOldestEntriesAndHoldsNobodyUp() {
    int recorded = AccessLog.QUEUE_CAPACITY + 700;
    try (TestDatabase database = new TestDatabase()) {
      DatabaseLink link = new DatabaseLink(Optional.of(new DatabaseAddress(database.uri())));
      LogStore store = new LogStore(link);
      AccessLog log = new AccessLog(store);
      // The link is not started yet: for the log, the database is away.
      IntStream.range(0, recorded).forEach(number -> log.record(entry(number)));
      log.start();
      link.start();

      String last = "/" + (recorded - 1);
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreException(LogStore.Unavailable.class)
          .until(() -> !store.newest(Optional.empty(), 0, 1).isEmpty());
      log.flush(Duration.ofSeconds(60));
      List<Map<String, Object>> stored = store.newest(Optional.empty(), 0, recorded);
      assertThat(stored).hasSize(AccessLog.QUEUE_CAPACITY);
      assertThat(stored.get(0)).containsEntry("path", last);
    }
  }

  private static AccessEntry entry(int number) {
    Instant now = Instant.now();
    return new AccessEntry(
        AccessEntry.nextId(now), now, "GET", "/" + number, 200, 1, "127.0.0.1", null, "test");
  }
}
