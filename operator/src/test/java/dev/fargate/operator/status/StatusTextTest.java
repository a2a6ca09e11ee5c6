package dev.fargate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.fargate.api.v1alpha1.ObjectStatus;
import dev.fargate.operator.Golden;
import io.fabric8.kubernetes.api.model.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A status as people and tools read it, whole, for what may be in AWS. */
class StatusTextTest {
  private static final ObjectMapper YAML =
      new ObjectMapper(
              new YAMLFactory()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS))
          .setSerializationInclusion(JsonInclude.Include.NON_EMPTY);

  private static final Map<String, Map<String, Supplier<ObjectStatus>>> SCENES =
      Map.of(
          "apps", AppStatuses.all(),
          "databases", DatabaseStatuses.all(),
          "environments", EnvironmentStatuses.all());

  private static final Map<String, Map<String, String>> EXPECTED = new HashMap<>();

  static Stream<Arguments> scenes() {
    return Stream.of("apps", "databases", "environments")
        .flatMap(kind -> SCENES.get(kind).keySet().stream().map(name -> arguments(kind, name)));
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void aStatusReadsLikeThis(String kind, String name) {
    if (!Golden.writes()) {
      assertThat(text(kind, name)).isEqualTo(expected(kind).get(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"apps", "databases", "environments"})
  void noTextIsOfASceneThatIsGone(String kind) {
    if (Golden.writes()) {
      StringBuilder all = new StringBuilder();
      for (String name : SCENES.get(kind).keySet()) {
        all.append("=== ").append(name).append('\n').append(text(kind, name));
      }
      Golden.assertText(file(kind), all.toString());
      return;
    }
    assertThat(expected(kind).keySet()).containsExactlyElementsOf(SCENES.get(kind).keySet());
  }

  private static String text(String kind, String name) {
    Map<String, Supplier<ObjectStatus>> scenes = SCENES.get(kind);
    boolean isFirst = scenes.keySet().iterator().next().equals(name);
    return text(scenes.get(name).get(), isFirst ? YAML.createObjectNode() : first(kind));
  }

  /** The expected first status, which is written out whole so that the others need not. */
  private static ObjectNode first(String kind) {
    if (Golden.writes()) {
      return fields(SCENES.get(kind).values().iterator().next().get());
    }
    String text = expected(kind).values().iterator().next();
    try {
      return (ObjectNode) YAML.readTree(text.substring(text.indexOf("observedGeneration:")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(String kind) {
    return "statuses/" + kind + ".txt";
  }

  private static Map<String, String> expected(String kind) {
    return EXPECTED.computeIfAbsent(kind, StatusTextTest::read);
  }

  private static Map<String, String> read(String kind) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String part : Golden.text(file(kind)).split("(?m)^=== ")) {
      int end = part.indexOf('\n');
      if (end >= 0) {
        texts.put(part.substring(0, end), part.substring(end + 1));
      }
    }
    return texts;
  }

  /** Conditions one a line, then what else is not as in the first scene. */
  private static String text(ObjectStatus status, ObjectNode first) {
    StringBuilder text = new StringBuilder();
    for (Condition condition : status.conditions) {
      text.append(condition.getType())
          .append(' ')
          .append(condition.getStatus())
          .append(' ')
          .append(condition.getReason())
          .append(": ")
          .append(condition.getMessage())
          .append('\n');
    }
    ObjectNode rest = fields(status);
    first
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!rest.has(field)) {
                text.append("absent: ").append(field).append('\n');
              }
            });
    first.fields().forEachRemaining(field -> removeSame(rest, field));
    try {
      return text + (rest.isEmpty() ? "" : YAML.writeValueAsString(rest)) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the resources, only those that are not the same. */
  private static void removeSame(ObjectNode rest, Map.Entry<String, JsonNode> field) {
    JsonNode now = rest.get(field.getKey());
    if (now != null && field.getValue().toString().equals(now.toString())) {
      rest.remove(field.getKey());
    } else if (field.getKey().equals("resources") && now != null) {
      List<JsonNode> before = entries(field.getValue());
      List<JsonNode> after = entries(now);
      ArrayNode gone = rest.putArray("resourcesGone");
      before.stream().filter(one -> !after.contains(one)).forEach(gone::add);
      ArrayNode come = rest.putArray("resources");
      after.stream().filter(one -> !before.contains(one)).forEach(come::add);
    }
  }

  private static List<JsonNode> entries(JsonNode array) {
    List<JsonNode> entries = new ArrayList<>();
    array.forEach(entries::add);
    return entries;
  }

  private static ObjectNode fields(ObjectStatus status) {
    ObjectNode fields = YAML.valueToTree(status);
    fields.remove("conditions");
    return fields;
  }
}
