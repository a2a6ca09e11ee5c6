package dev.fargate.local.aws.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Run by the build: cuts AWS's service models down to the operations in use, without documentation.
 * The full EC2 model alone would take a second to load.
 *
 * <p>These models are version 1 of the AWS SDK's and stop at mid 2024; what the product needs of
 * later years is in {@code additions/<signing name>.json}, in the same form, and merged in first:
 * objects member by member, {@code enum} and {@code required} appended.
 */
public final class TrimModels {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TrimModels() {}

  /**
   * @param args operations file, folder of additions, folder of {@code <model>-model.json} files,
   *     output folder
   */
  public static void main(String[] args) throws IOException {
    Path operations = Path.of(args[0]);
    Path additions = Path.of(args[1]);
    Path full = Path.of(args[2]);
    Path output = Files.createDirectories(Path.of(args[3]));
    for (OperationsFile.Section section : OperationsFile.read(operations)) {
      Path source = full.resolve(section.model() + "-model.json");
      Path target = output.resolve(section.signingName() + ".json");
      Path addition = additions.resolve(section.signingName() + ".json");
      if (!isNewer(target, List.of(source, operations, addition))) {
        ObjectNode model = (ObjectNode) JSON.readTree(source.toFile());
        if (Files.exists(addition)) {
          add((ObjectNode) JSON.readTree(addition.toFile()), model);
        }
        JSON.writeValue(target.toFile(), trim(model, section));
      }
    }
  }

  /**
   * The model with only the given operations and the shapes they reach. Of all others the name and
   * the way to call them are kept in {@code otherOperations}.
   */
  static ObjectNode trim(JsonNode model, OperationsFile.Section section) {
    ObjectNode trimmed = JSON.createObjectNode();
    trimmed.set("metadata", model.get("metadata"));
    ObjectNode operations = trimmed.putObject("operations");
    ObjectNode shapes = trimmed.putObject("shapes");
    Deque<String> reached = new ArrayDeque<>();
    for (String name : section.operations()) {
      JsonNode operation = model.get("operations").get(name);
      if (operation == null) {
        throw new IllegalArgumentException(
            "operation " + name + " is not in model " + section.model() + ": correct the list");
      }
      operations.set(name, undocumented(operation));
      operation.findValuesAsText("shape").forEach(reached::add);
    }
    while (!reached.isEmpty()) {
      String name = reached.pop();
      if (!shapes.has(name)) {
        JsonNode shape = undocumented(model.get("shapes").get(name));
        shapes.set(name, shape);
        references(shape, reached);
      }
    }
    ObjectNode others = trimmed.putObject("otherOperations");
    for (Map.Entry<String, JsonNode> entry : model.get("operations").properties()) {
      if (!section.operations().contains(entry.getKey())) {
        others.set(entry.getKey(), entry.getValue().path("http"));
      }
    }
    return trimmed;
  }

  /** Merges what the addition says into the model; a shape's new members come last. */
  static void add(ObjectNode addition, ObjectNode model) {
    for (Map.Entry<String, JsonNode> entry : addition.properties()) {
      JsonNode there = model.get(entry.getKey());
      if (there instanceof ObjectNode object && entry.getValue() instanceof ObjectNode more) {
        add(more, object);
      } else if (there instanceof ArrayNode array && entry.getValue() instanceof ArrayNode more) {
        array.addAll(more);
      } else {
        model.set(entry.getKey(), entry.getValue());
      }
    }
  }

  private static void references(JsonNode shape, Deque<String> reached) {
    for (JsonNode member : shape.path("members")) {
      reached.add(member.get("shape").asText());
    }
    for (String part : List.of("member", "key", "value")) {
      if (shape.has(part)) {
        reached.add(shape.get(part).get("shape").asText());
      }
    }
  }

  private static JsonNode undocumented(JsonNode node) {
    JsonNode copy = node.deepCopy();
    if (copy instanceof ObjectNode object) {
      drop(object);
      for (JsonNode member : object.path("members")) {
        drop((ObjectNode) member);
      }
      for (JsonNode error : object.path("errors")) {
        drop((ObjectNode) error);
      }
    }
    return copy;
  }

  private static void drop(ObjectNode node) {
    node.remove(List.of("documentation", "deprecatedMessage"));
  }

  private static boolean isNewer(Path target, List<Path> sources) throws IOException {
    if (!Files.exists(target)) {
      return false;
    }
    for (Path source : sources) {
      if (Files.exists(source)
          && Files.getLastModifiedTime(source).compareTo(Files.getLastModifiedTime(target)) >= 0) {
        return false;
      }
    }
    return true;
  }
}
