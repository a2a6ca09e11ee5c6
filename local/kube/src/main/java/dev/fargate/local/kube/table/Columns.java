package dev.fargate.local.kube.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Columns that several kinds share, and those that a CustomResourceDefinition asks for. */
public final class Columns {
  /** The object's name. */
  public static final Column NAME =
      new Column(
          "Name",
          "string",
          "name",
          "Name must be unique within a namespace.",
          0,
          (o, now) -> TextNode.valueOf(o.at("/metadata/name").asText()));

  /** How long ago it was created. */
  public static final Column AGE =
      new Column(
          "Age",
          "string",
          "",
          "CreationTimestamp is the server time when this object was created.",
          0,
          (o, now) ->
              TextNode.valueOf(Age.since(o.at("/metadata/creationTimestamp").asText(), now)));

  private Columns() {}

  /** A text column from one path. */
  public static Column path(String name, String jsonPath) {
    JsonPath path = JsonPath.parse(jsonPath);
    return Column.text(name, (object, now) -> first(path, object));
  }

  /**
   * The columns of a version of a CustomResourceDefinition; name and age when it names none.
   *
   * @throws IllegalArgumentException when a path cannot be read
   */
  public static List<Column> of(JsonNode printerColumns) {
    if (printerColumns.isEmpty()) {
      return List.of(NAME, AGE);
    }
    List<Column> columns = new ArrayList<>();
    columns.add(NAME);
    printerColumns.forEach(column -> columns.add(custom(column)));
    return List.copyOf(columns);
  }

  private static Column custom(JsonNode column) {
    JsonPath path = JsonPath.parse(column.path("jsonPath").asText());
    String type = column.path("type").asText("string");
    return new Column(
        column.path("name").asText(),
        type,
        column.path("format").asText(""),
        column.path("description").asText(""),
        column.path("priority").asInt(0),
        (object, now) -> cell(type, path, object, now));
  }

  /** A value of another type than its column shows nothing, as in a real server. */
  private static JsonNode cell(String type, JsonPath path, JsonNode object, Instant now) {
    JsonNode value = first(path, object);
    if (value == null) {
      return null;
    }
    return switch (type) {
      case "date" -> value.isTextual() ? TextNode.valueOf(Age.since(value.asText(), now)) : null;
      case "integer" -> value.isIntegralNumber() ? value : null;
      case "number" -> value.isNumber() ? value : null;
      case "boolean" -> value.isBoolean() ? value : null;
      default ->
          value.isValueNode()
              ? TextNode.valueOf(value.asText())
              : TextNode.valueOf(value.toString());
    };
  }

  private static JsonNode first(JsonPath path, JsonNode object) {
    List<JsonNode> found = path.find(object);
    return found.isEmpty() ? null : found.get(0);
  }
}
