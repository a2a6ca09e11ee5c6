package dev.fargate.local.kube.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One column of {@code kubectl get}.
 *
 * @param priority 0 is always shown, more only in wide output
 */
public record Column(
    String name, String type, String format, String description, int priority, Cell cell) {

  /** Computes what stands in the column. */
  public interface Cell {
    /** The value for an object; null when there is none. */
    JsonNode of(JsonNode object, Instant now);
  }

  /** A text column that is always shown. */
  public static Column text(String name, Cell cell) {
    return new Column(name, "string", "", "", 0, cell);
  }

  /** The same column, shown only in wide output. */
  public Column wide() {
    return new Column(name, type, format, description, 1, cell);
  }
}
