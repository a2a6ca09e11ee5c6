package dev.fargate.operator.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The values of a property that are worth trying, from {@code campaign/properties.yaml}.
 *
 * @param entry as it stands there
 */
record PropertyValues(String kind, String path, JsonNode entry) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode FILE = file();

  private static JsonNode file() {
    try (var in = PropertyValues.class.getResourceAsStream("/campaign/properties.yaml")) {
      return new ObjectMapper(new YAMLFactory()).readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of a kind, in the order of the file. */
  static List<PropertyValues> of(String kind) {
    List<PropertyValues> all = new ArrayList<>();
    FILE.at("/properties/" + kind)
        .properties()
        .forEach(it -> all.add(new PropertyValues(kind, it.getKey(), it.getValue())));
    return all;
  }

  /** The objects before the property is set, with what it needs around it. */
  List<ObjectNode> before() {
    List<ObjectNode> objects = base();
    entry.path("more").forEach(object -> objects.add(object.deepCopy()));
    surround(mine(objects));
    entry
        .path("beside")
        .properties()
        .forEach(
            other ->
                other
                    .getValue()
                    .properties()
                    .forEach(
                        it -> set(first(objects, other.getKey()), it.getKey(), it.getValue())));
    return objects;
  }

  /** With objects that no other property needs: it is tried in a world of its own. */
  boolean isAlone() {
    return entry.has("more") || entry.has("point");
  }

  /** Directories that the recovery point {@code $point} has beside the database's; may be empty. */
  List<String> inThePoint() {
    return list("point").stream().map(JsonNode::asText).toList();
  }

  /** Those with this value. */
  List<ObjectNode> with(JsonNode value) {
    List<ObjectNode> objects = before();
    set(mine(objects), path, value);
    return objects;
  }

  /** Puts what the property needs, and the value, into an object of the kind. */
  void putInto(ObjectNode object, JsonNode value) {
    surround(object);
    set(object, path, value);
  }

  private void surround(ObjectNode object) {
    entry.path("without").forEach(gone -> remove(object, gone.asText()));
    entry.path("with").properties().forEach(it -> set(object, it.getKey(), it.getValue()));
  }

  /** The three objects; a database only where one is meant, since it makes every run longer. */
  List<ObjectNode> base() {
    return base(kind.equals("FargateDatabase") || path.contains("databaseRef"));
  }

  static List<ObjectNode> base(boolean database) {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode object : FILE.path("base")) {
      if (database || !object.path("kind").asText().equals("FargateDatabase")) {
        objects.add(object.deepCopy());
      }
    }
    return objects;
  }

  ObjectNode mine(List<ObjectNode> objects) {
    return first(objects, kind);
  }

  private static ObjectNode first(List<ObjectNode> objects, String kind) {
    return objects.stream().filter(it -> it.path("kind").asText().equals(kind)).findFirst().get();
  }

  List<JsonNode> values() {
    return list("values");
  }

  /** Values that only AWS or another object can refuse. */
  List<JsonNode> stalls() {
    return list("stalls");
  }

  boolean isFixed() {
    return entry.path("fixed").asBoolean();
  }

  /** Putting it back is no change for AWS. */
  boolean stays() {
    return entry.has("stays");
  }

  boolean changesNothing() {
    return entry.has("same");
  }

  /**
   * Whether a message names the property, or what it is a part of; an item of a list by its number
   * or by its key.
   */
  boolean isNamedIn(String message) {
    String text = withoutIndices(message);
    String name = withoutIndices(path);
    while (name.contains(".")) {
      if (text.contains(name)) {
        return true;
      }
      name = name.substring(0, name.lastIndexOf('.'));
    }
    return false;
  }

  private static String withoutIndices(String paths) {
    return paths.replaceAll("\\[[^\\]]*\\]", "[]");
  }

  /** What AWS shows for the value of this number; empty when the same as without it. */
  Optional<Pattern> found(int number) {
    JsonNode found = entry.path("found");
    JsonNode one = found.isArray() ? found.get(number) : found;
    if (one.isNull() || one.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(Pattern.compile(one.asText().replace("%s", values().get(number).asText())));
  }

  /** What AWS may not have with any of the values; empty when that does not matter. */
  Optional<Pattern> lost() {
    return entry.has("lost")
        ? Optional.of(Pattern.compile(entry.get("lost").asText()))
        : Optional.empty();
  }

  private List<JsonNode> list(String name) {
    return StreamSupport.stream(entry.path(name).spliterator(), false).toList();
  }

  private static List<String> steps(String path) {
    return new ArrayList<>(List.of(path.replace("[0]", ".0").split("\\.")));
  }

  /** Sets what is at the path; what is missing on the way to it is made. */
  static void set(ObjectNode object, String path, JsonNode value) {
    List<String> steps = steps(path);
    String last = steps.remove(steps.size() - 1);
    JsonNode at = object;
    for (Iterator<String> it = steps.iterator(); it.hasNext(); ) {
      String step = it.next();
      at = step.equals("0") ? first((ArrayNode) at) : child((ObjectNode) at, step, path);
    }
    ((ObjectNode) at).set(last, value.deepCopy());
  }

  private static JsonNode first(ArrayNode list) {
    return list.isEmpty() ? list.addObject() : list.get(0);
  }

  private static JsonNode child(ObjectNode at, String step, String path) {
    if (!at.has(step)) {
      return path.contains(step + "[0]") ? at.putArray(step) : at.putObject(step);
    }
    return at.get(step);
  }

  static void remove(ObjectNode object, String path) {
    List<String> steps = steps(path);
    String last = steps.remove(steps.size() - 1);
    JsonNode at = object;
    for (String step : steps) {
      at = step.equals("0") ? at.path(0) : at.path(step);
    }
    if (!(at instanceof MissingNode)) {
      ((ObjectNode) at).remove(last);
    }
  }

  @Override
  public String toString() {
    return kind + " " + path;
  }
}
