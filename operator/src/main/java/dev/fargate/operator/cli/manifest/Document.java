package dev.fargate.operator.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One YAML document, with the lines of its fields.
 *
 * @param lines path of a field to its line, from 1
 */
public record Document(String file, ObjectNode content, Map<String, Integer> lines) {
  /** A problem at a field: its line, or that of the nearest field that holds it. */
  public FileProblem problem(String field, String message) {
    String path = field;
    while (!path.isEmpty() && !lines.containsKey(path)) {
      path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
    return new FileProblem(file, lines.getOrDefault(path, 0), field, message);
  }

  /** The items of a list as documents of their own. */
  List<Document> items() {
    List<Document> items = new ArrayList<>();
    JsonNode list = content.path("items");
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof ObjectNode item) {
        String prefix = "items[" + i + "]";
        Map<String, Integer> itsLines = new HashMap<>();
        lines.forEach(
            (path, line) -> {
              if (path.startsWith(prefix)) {
                itsLines.put(path.substring(prefix.length()).replaceFirst("^\\.", ""), line);
              }
            });
        items.add(new Document(file, item, itsLines));
      }
    }
    return items;
  }

  String text(String field) {
    return content.path(field).asText("");
  }
}
