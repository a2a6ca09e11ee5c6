package dev.fargate.operator.properties;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every property that the schema has: a value beyond its bounds or of another type is refused. */
class InvalidValuesTest {
  /** Enough to know the value again. */
  private static final int SHOWN = 60;

  private final ApiServer server = new ApiServer();

  @ParameterizedTest
  @ValueSource(strings = {"FargateApp", "FargateDatabase", "FargateEnvironment"})
  void noPropertyTakesAnInvalidValue(String kind) {
    List<String> taken = new ArrayList<>();
    for (Property property : Property.of(kind)) {
      for (JsonNode value : property.invalid()) {
        ObjectNode object = ApiServer.sample(kind);
        property.set(object, value);
        Optional<String> refusal = server.refusal(object);
        if (!refusal.map(text -> text.contains(property.path())).orElse(false)) {
          taken.add(property.path() + " " + shortened(value) + ": " + refusal.orElse("accepted"));
        }
      }
    }
    assertThat(taken).isEmpty();
  }

  private static String shortened(JsonNode value) {
    String text = value.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }
}
