package dev.fargate.operator.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fargate.operator.Golden;
import dev.fargate.operator.cli.manifest.Manifests;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the plan command shows of one edit after the other ({@code campaign/edits.yaml}), each of
 * what a workload has made. Nothing is carried out.
 */
class PlannedEditsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> anEditIsShownSo() throws IOException {
    JsonNode file;
    try (var in = PlannedEditsTest.class.getResourceAsStream("/campaign/edits.yaml")) {
      file = YAML.readTree(in);
    }
    return StreamSupport.stream(file.spliterator(), false)
        .map(
            given ->
                DynamicTest.dynamicTest(
                    given.path("name").asText(),
                    () ->
                        Golden.assertText(
                            "campaign/plans/edits-" + given.path("name").asText() + ".txt",
                            shown(given))));
  }

  private String shown(JsonNode given) throws IOException {
    StringBuilder text = new StringBuilder();
    try (CampaignWorld world = new CampaignWorld(new Disturbance(null))) {
      Stage stage = new Stage(world);
      Workloads.named(given.path("given").asText()).given().accept(stage);
      stage.settle();
      given.path("then").forEach(what -> Happened.named(what.asText()).accept(stage));
      for (Map.Entry<String, JsonNode> edit : given.path("edits").properties()) {
        text.append("==== ").append(edit.getKey()).append("\n\n");
        text.append(ShownPlans.live(world, edited(stage, edit.getValue()))).append('\n');
      }
    }
    return text.toString();
  }

  /** The objects that are named, as they would be applied. */
  private Manifests edited(Stage stage, JsonNode edit) throws IOException {
    Path files = Files.createTempDirectory(folder, "edit");
    for (Map.Entry<String, JsonNode> object : edit.properties()) {
      String[] name = object.getKey().split("/");
      ObjectNode edited = object(stage, name[0], name[1]);
      object
          .getValue()
          .properties()
          .forEach(
              it -> {
                if (it.getValue().isNull()) {
                  PropertyValues.remove(edited, it.getKey());
                } else {
                  PropertyValues.set(edited, it.getKey(), it.getValue());
                }
              });
      Files.writeString(files.resolve(name[1] + ".yaml"), YAML.writeValueAsString(edited));
    }
    return Manifests.read(List.of(files), "default");
  }

  /** As it was applied; one that nobody has applied is like another one of its kind. */
  private static ObjectNode object(Stage stage, String kind, String name) {
    CustomResource<?, ?> there = stage.world.cluster.object(kind, name);
    CustomResource<?, ?> like =
        there != null
            ? there
            : Stream.concat(
                    stage.world.cluster.objects().stream(), Stream.of(stage.app, stage.database))
                .filter(object -> object.getKind().equals(kind))
                .findFirst()
                .orElseThrow();
    ObjectNode object = Serialization.jsonMapper().valueToTree(like);
    object.remove("status");
    object.putObject("metadata").put("name", name);
    if (!kind.equals("FargateEnvironment")) {
      object.withObject("/metadata").put("namespace", "default");
    }
    return object;
  }
}
