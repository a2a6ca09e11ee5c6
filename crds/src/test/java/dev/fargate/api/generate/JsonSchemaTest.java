package dev.fargate.api.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a pipeline without a cluster learns from the committed JSON schemas. */
class JsonSchemaTest {

  /** Surefire runs in the module's folder. */
  private static final Path REPOSITORY = Path.of("..");

  private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());

  @Test
  void everySampleIsValid() throws IOException {
    List<Path> samples;
    try (Stream<Path> files = Files.walk(REPOSITORY.resolve("samples"))) {
      samples = files.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
    assertThat(samples).isNotEmpty();
    for (Path sample : samples) {
      JsonNode object = yaml.readTree(Files.readString(sample));
      if (object.path("apiVersion").asText().startsWith("fargate.dev/")) {
        assertThat(refusals(object)).as("%s", sample).isEmpty();
      }
    }
  }

  @Test
  void aFieldThatIsMisspeltIsRefusedByName() throws IOException {
    ObjectNode app = phoenix();
    ((ObjectNode) app.get("spec")).put("memoryMib", 512);

    assertThat(refusals(app)).singleElement().asString().contains("memoryMib");
  }

  @Test
  void aValueOutOfRangeIsRefusedWithItsPath() throws IOException {
    ObjectNode app = phoenix();
    ((ObjectNode) app.at("/spec/autoscaling")).put("cpuPercent", 101);

    assertThat(refusals(app)).singleElement().asString().contains("spec.autoscaling.cpuPercent");
  }

  @Test
  void anotherVersionOfTheApiIsRefused() throws IOException {
    ObjectNode app = phoenix().put("apiVersion", "fargate.dev/v1");

    assertThat(refusals(app)).singleElement().asString().contains("apiVersion");
  }

  @Test
  void whatTheApiServerAddsIsValid() throws IOException {
    ObjectNode app = phoenix();
    app.with("metadata").put("generation", 3).putArray("finalizers").add("fargate.dev/finalizer");
    app.withObject("/status").put("observedGeneration", 3).put("running", "1/1");

    assertThat(refusals(app)).isEmpty();
  }

  private ObjectNode phoenix() throws IOException {
    return (ObjectNode)
        yaml.readTree(Files.readString(REPOSITORY.resolve("samples/phoenix/app.yaml")));
  }

  private List<ValidationMessage> refusals(JsonNode object) throws IOException {
    String name = object.path("kind").asText().toLowerCase(Locale.ROOT) + "_v1alpha1.json";
    Path schema = REPOSITORY.resolve("crds/schema/fargate.dev").resolve(name);
    return List.copyOf(
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(Files.readString(schema))
            .validate(object));
  }
}
