package dev.fargate.phoenix;

import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/**
 * The MongoDB collection {@code logs}. It is bounded by dropping the oldest entries rather than by
 * being capped: a capped collection must be created as one, by exactly one of several servers
 * starting at once.
 */
final class LogStore {
  static final String COLLECTION = "logs";

  /** A few megabytes; more is what CloudWatch is for. */
  static final int MAX_ENTRIES = 10_000;

  /**
   * How many entries a server adds between two looks at the bound; each server may exceed it by
   * this many.
   */
  static final int TRIM_EVERY = 500;

  /** MongoDB's code for an {@code _id} that is there already. */
  private static final int DUPLICATE_KEY = 11_000;

  private final DatabaseLink link;
  private int untilTrim;

  /**
   * The database is away; it is being tried again in the background. Carries no cause: nobody may
   * print it.
   */
  static final class Unavailable extends RuntimeException {
    Unavailable(String message) {
      super(message);
    }
  }

  LogStore(DatabaseLink link) {
    this.link = link;
  }

  /** Whether the database was there at the last look. */
  boolean isAvailable() {
    return link.database().isPresent();
  }

  /**
   * Stores the entries. Doing it twice is harmless. Not for several threads at once.
   *
   * @throws Unavailable if the database is not connected
   * @throws com.mongodb.MongoException if it refuses
   */
  void append(List<AccessEntry> entries) {
    MongoCollection<Document> logs = collection();
    try {
      logs.insertMany(
          entries.stream().map(LogStore::document).toList(),
          new InsertManyOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      if (!e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY)
          || e.getWriteConcernError() != null) {
        throw e;
      }
    }
    untilTrim -= entries.size();
    if (untilTrim <= 0) {
      trim(logs);
      untilTrim = TRIM_EVERY;
    }
  }

  /**
   * Reads entries, newest first.
   *
   * @param before only entries older than the one of this id
   * @param skip how many to pass over, at least 0
   * @param limit how many to return at most, at least 1
   * @throws Unavailable if the database is not connected or does not answer
   */
  List<Map<String, Object>> newest(Optional<String> before, int skip, int limit) {
    List<Map<String, Object>> entries = new ArrayList<>();
    try {
      collection()
          .find(before.map(id -> lt("_id", id)).orElse(empty()))
          .sort(descending("_id"))
          .skip(skip)
          .limit(limit)
          .forEach(document -> entries.add(shown(document)));
    } catch (MongoException e) {
      // It went away since the last look.
      throw new Unavailable("the database does not answer");
    }
    return entries;
  }

  private static void trim(MongoCollection<Document> logs) {
    Document newestToDrop = logs.find().sort(descending("_id")).skip(MAX_ENTRIES).limit(1).first();
    if (newestToDrop != null) {
      logs.deleteMany(lte("_id", newestToDrop.get("_id")));
    }
  }

  private MongoCollection<Document> collection() {
    return link.database()
        .orElseThrow(() -> new Unavailable("the database is not connected"))
        .getCollection(COLLECTION);
  }

  private static Document document(AccessEntry entry) {
    return new Document("_id", entry.id())
        .append("time", Date.from(entry.time()))
        .append("method", entry.method())
        .append("path", entry.path())
        .append("status", entry.status())
        .append("millis", entry.millis())
        .append("client", entry.client())
        .append("userAgent", entry.userAgent())
        .append("instance", entry.instance());
  }

  private static Map<String, Object> shown(Document document) {
    Map<String, Object> entry = new LinkedHashMap<>();
    document.forEach(
        (field, value) ->
            entry.put(
                field.equals("_id") ? "id" : field,
                value instanceof Date date ? date.toInstant() : value));
    return entry;
  }
}
