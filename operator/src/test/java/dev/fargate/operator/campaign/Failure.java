package dev.fargate.operator.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way in which something fails, from {@code campaign/failures.yaml}.
 *
 * @param objects what there is while all is well
 * @param entry as it stands there
 */
record Failure(String kind, String name, PropertyValues objects, JsonNode entry) {
  private static final JsonNode FILE = file();

  private static JsonNode file() {
    try (var in = Failure.class.getResourceAsStream("/campaign/failures.yaml")) {
      return new ObjectMapper(new YAMLFactory()).readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of a kind, in the order of the file. */
  static List<Failure> of(String kind) {
    List<Failure> all = new ArrayList<>();
    FILE.path(kind)
        .properties()
        .forEach(
            it ->
                all.add(
                    new Failure(
                        kind,
                        it.getKey(),
                        new PropertyValues(kind, it.getKey(), it.getValue()),
                        it.getValue())));
    return all;
  }

  List<ObjectNode> before() {
    return objects.before();
  }

  /** With the edit that leads to the failure, and the image that fails. */
  List<ObjectNode> edited() {
    List<ObjectNode> edited = before();
    ObjectNode mine = objects.mine(edited);
    if (entry.has("image")) {
      PropertyValues.set(mine, "spec.image", TextNode.valueOf(image()));
    }
    edit(mine, "edit");
    return edited;
  }

  /** With what is edited once more, while it fails. */
  List<ObjectNode> editedAgain() {
    List<ObjectNode> edited = edited();
    edit(objects.mine(edited), "then");
    return edited;
  }

  /** As before, with the edit that mends it if putting back is not enough. */
  List<ObjectNode> mended() {
    List<ObjectNode> mended = before();
    edit(objects.mine(mended), "mend");
    return mended;
  }

  private void edit(ObjectNode object, String how) {
    entry
        .path(how)
        .properties()
        .forEach(it -> PropertyValues.set(object, it.getKey(), it.getValue()));
  }

  /** Each failure has an image of its own, so that none has to be mended. */
  String image() {
    return (kind.equals("FargateDatabase") ? "mongo:" : "web:") + name;
  }

  /** For how long it is watched; empty: until it is told as what a person has to mend. */
  Optional<Duration> lasts() {
    return entry.has("minutes")
        ? Optional.of(Duration.ofMinutes(entry.path("minutes").asInt()))
        : Optional.empty();
  }

  /** Others go most of its way. */
  boolean isSeldom() {
    return entry.path("seldom").asBoolean();
  }

  /** AWS is not as before when it is over, and why. */
  boolean leaves() {
    return entry.has("leaves");
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
