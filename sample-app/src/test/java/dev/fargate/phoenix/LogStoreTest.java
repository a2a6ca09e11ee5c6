package dev.fargate.phoenix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogStoreTest {
  private TestDatabase database;
  private LogStore store;

  @BeforeEach
  void connect() {
    database = new TestDatabase();
    DatabaseLink link = new DatabaseLink(Optional.of(new DatabaseAddress(database.uri())));
    link.start();
    await().atMost(Duration.ofSeconds(60)).until(() -> link.database().isPresent());
    store = new LogStore(link);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theOldestEntriesGoWhenTheBoundIsReached() {
    int added = LogStore.MAX_ENTRIES + 3 * LogStore.TRIM_EVERY;
    for (int i = 0; i < added; i += 100) {
      store.append(IntStream.range(i, i + 100).mapToObj(LogStoreTest::entry).toList());
    }
    int all = store.newest(Optional.empty(), 0, added).size();
    assertThat(all).isBetween(LogStore.MAX_ENTRIES, LogStore.MAX_ENTRIES + LogStore.TRIM_EVERY);
    assertThat(store.newest(Optional.empty(), 0, 1).get(0))
        .containsEntry("path", "/" + (added - 1));
  }

  @Test
  void anEntryWrittenAgainAfterALostAnswerIsThereOnce() {
    List<AccessEntry> entries = List.of(entry(1), entry(2));
    store.append(entries);
    store.append(List.of(entries.get(0), entries.get(1), entry(3)));
    assertThat(store.newest(Optional.empty(), 0, 10))
        .extracting(stored -> stored.get("path"))
        .containsExactly("/3", "/2", "/1");
  }

  private static AccessEntry entry(int number) {
    Instant now = Instant.now();
    return new AccessEntry(
        AccessEntry.nextId(now), now, "GET", "/" + number, 200, 1, "127.0.0.1", null, "test");
  }
}
