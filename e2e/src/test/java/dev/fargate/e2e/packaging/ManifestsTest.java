package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * manifests/ and the chart make the same objects; where they may differ, manifests/README.md says.
 */
class ManifestsTest {
  private static final Path EXAMPLE = Repository.root().resolve("manifests/example");

  /** The values that manifests/example puts in. */
  private static final Map<String, Object> VALUES =
      Map.of(
          "ownerId", "example",
          "image.repository", "123456789012.dkr.ecr.eu-central-1.amazonaws.com/fargate-operator",
          "image.tag", "0.1.0",
          "serviceAccount.roleArn", "arn:aws:iam::123456789012:role/fargate-operator");

  private static final List<String> LABELS_OF_HELM =
      List.of("helm.sh/chart", "app.kubernetes.io/managed-by");

  @Test
  void theExampleIsTheChartWithTheSameValues() {
    assertThat(byName(built(EXAMPLE))).isEqualTo(byName(Chart.rendered(VALUES).objects()));
  }

  @Test
  @Tag("foreign-clients")
  void kustomizeBuildsTheExampleAsTheChart() throws IOException, InterruptedException {
    Process kustomize =
        new ProcessBuilder("kubectl", "kustomize", EXAMPLE.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(kustomize.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(kustomize.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(kustomize.exitValue()).isZero();
    assertThat(byName(Repository.documents(out)))
        .isEqualTo(byName(Chart.rendered(VALUES).objects()));
  }

  @Test
  void theBaseHoldsNoOwnerId() {
    assertThat(built(EXAMPLE.resolveSibling("base")).toString())
        .as("an owner id has no default, here as in the chart")
        .doesNotContain("FARGATE_OWNER_ID");
  }

  @Test
  void everyFileOfAKustomizationIsUsed() {
    for (String folder : List.of("base", "example")) {
      Path path = EXAMPLE.resolveSibling(folder);
      JsonNode kustomization = kustomization(path);
      List<String> used = new ArrayList<>(List.of("kustomization.yaml"));
      kustomization.path("resources").forEach(file -> used.add(file.asText()));
      kustomization.path("patches").findValuesAsText("path").forEach(used::add);
      assertThat(used)
          .containsAll(
              Repository.yamlFiles(path, 1).stream()
                  .map(file -> file.getFileName().toString())
                  .toList());
    }
  }

  /** What kustomize would build, for what these two kustomizations use of it. */
  private static List<ObjectNode> built(Path folder) {
    try (LocalCluster cluster = new LocalCluster()) {
      List<ObjectNode> objects = resources(folder).toList();
      objects.forEach(object -> cluster.resource(object).create());
      for (JsonNode patch : kustomization(folder).path("patches")) {
        String yaml = Repository.text(folder.resolve(patch.path("path").asText()));
        ObjectNode target = Repository.documents(yaml).get(0);
        cluster
            .resource(target)
            .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), target.toString());
      }
      return objects.stream().map(object -> cluster.stored(object).orElseThrow()).toList();
    }
  }

  private static Stream<ObjectNode> resources(Path folder) {
    return StreamSupport.stream(kustomization(folder).path("resources").spliterator(), false)
        .map(entry -> folder.resolve(entry.asText()).normalize())
        .flatMap(
            path ->
                path.toString().endsWith(".yaml")
                    ? Repository.documents(Repository.text(path)).stream()
                    : resources(path));
  }

  private static JsonNode kustomization(Path folder) {
    return Repository.documents(Repository.text(folder.resolve("kustomization.yaml"))).get(0);
  }

  /**
   * Comparable: by kind and name, without the documented differences, lists by key in one order.
   */
  private static Map<String, JsonNode> byName(List<ObjectNode> objects) {
    Map<String, JsonNode> byName = new TreeMap<>();
    for (ObjectNode object : objects) {
      if (object.path("kind").asText().equals("Namespace")) {
        continue;
      }
      if (object.at("/metadata/labels") instanceof ObjectNode labels) {
        labels.remove(LABELS_OF_HELM);
      }
      for (JsonNode container : object.at("/spec/template/spec/containers")) {
        sortByName((ArrayNode) container.path("env"));
      }
      byName.put(object.path("kind").asText() + "/" + object.at("/metadata/name").asText(), object);
    }
    return byName;
  }

  private static void sortByName(ArrayNode list) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    list.forEach(entry -> sorted.put(entry.path("name").asText(), entry));
    list.removeAll().addAll(sorted.values());
  }
}
