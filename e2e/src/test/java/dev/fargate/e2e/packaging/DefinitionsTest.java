package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
  @Test
  void theChartCarriesTheDefinitionsOfCrdsToTheByte() {
    Path copies = Repository.chart().resolve("crds");
    assertThat(texts(copies))
        .as(
            "helm packages no links, so the chart has copies: mvn -q -pl crds compile exec:java@generate")
        .isEqualTo(texts(Repository.crds()));
  }

  @Test
  void theFolderHoldsDefinitionsAndNothingElseThatKubectlWouldApply() {
    assertThat(Repository.yamlFiles(Repository.crds(), 1))
        .flatExtracting(file -> Repository.documents(Repository.text(file)))
        .extracting(document -> document.path("kind").asText())
        .containsOnly("CustomResourceDefinition")
        .hasSize(3);
  }

  @Test
  void anApiServerTakesThemByServerSideApplyAndByCreate() {
    try (LocalCluster applied = LocalCluster.withOurKinds();
        LocalCluster created = new LocalCluster()) {
      for (ObjectNode definition : Repository.definitions()) {
        created.resource(definition).create();
        assertThat(applied.stored(definition)).isEqualTo(created.stored(definition)).isPresent();
      }
    }
  }

  @Test
  void applyingThemAgainChangesNothing() {
    try (LocalCluster cluster = LocalCluster.withOurKinds()) {
      for (ObjectNode definition : Repository.definitions()) {
        String before = cluster.resource(definition).get().getMetadata().getResourceVersion();
        cluster.resource(definition).serverSideApply();
        assertThat(cluster.resource(definition).get().getMetadata().getResourceVersion())
            .isEqualTo(before);
      }
    }
  }

  private static Map<String, String> texts(Path folder) {
    return Repository.yamlFiles(folder, 1).stream()
        .collect(Collectors.toMap(file -> file.getFileName().toString(), Repository::text));
  }
}
