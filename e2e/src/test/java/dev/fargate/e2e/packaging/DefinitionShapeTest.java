package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kubectl shows of the kinds and by which names: users and scripts learn it by heart. */
class DefinitionShapeTest {
  private static final List<String> PLURALS =
      List.of("fargateapps", "fargatedatabases", "fargateenvironments");

  private static JsonNode spec(String plural) {
    return Repository.documents(
            Repository.text(Repository.root().resolve("crds").resolve(plural + ".yaml")))
        .get(0)
        .path("spec");
  }

  private static List<String> columns(String plural, int priority) {
    List<String> names = new ArrayList<>();
    for (JsonNode column : spec(plural).at("/versions/0/additionalPrinterColumns")) {
      if (column.path("priority").asInt() == priority) {
        names.add(column.path("name").asText());
      }
    }
    return names;
  }

  @ParameterizedTest
  @CsvSource({
    "fargateapps, FargateApp, fapp, Namespaced",
    "fargatedatabases, FargateDatabase, fdb, Namespaced",
    "fargateenvironments, FargateEnvironment, fenv, Cluster"
  })
  void eachKindHasItsShortNameItsScopeAndTheCategoryOfAll(
      String plural, String kind, String shortName, String scope) {
    JsonNode names = spec(plural).path("names");
    assertThat(names.path("kind").asText()).isEqualTo(kind);
    assertThat(names.path("shortNames")).extracting(JsonNode::asText).containsExactly(shortName);
    assertThat(names.path("categories")).extracting(JsonNode::asText).containsExactly("fargate");
    assertThat(spec(plural).path("scope").asText()).isEqualTo(scope);
  }

  @Test
  void getShowsReadinessReasonAndWhatRunsWhere() {
    assertThat(columns("fargateapps", 0))
        .containsExactly("Ready", "Reason", "Running", "Image", "URL", "Age");
    assertThat(columns("fargateapps", 1)).containsExactly("Revision", "Environment");
    assertThat(columns("fargatedatabases", 0))
        .containsExactly("Ready", "Reason", "Running", "Image", "Host", "Age");
    assertThat(columns("fargateenvironments", 0))
        .containsExactly("Ready", "Reason", "Region", "Cluster", "Users", "Age");
  }

  @Test
  void everyKindHasAStatusAndTheAppAScale() {
    for (String plural : PLURALS) {
      assertThat(spec(plural).at("/versions/0/subresources").has("status")).as(plural).isTrue();
    }
    JsonNode scale = spec("fargateapps").at("/versions/0/subresources/scale");
    assertThat(scale.path("specReplicasPath").asText()).isEqualTo(".spec.replicas");
    assertThat(scale.path("statusReplicasPath").asText()).isEqualTo(".status.replicas");
    assertThat(scale.path("labelSelectorPath").asText()).isEqualTo(".status.selector");
  }
}
