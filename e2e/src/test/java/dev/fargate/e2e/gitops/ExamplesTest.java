package dev.fargate.e2e.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.e2e.packaging.LocalCluster;
import dev.fargate.e2e.packaging.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** gitops/: the kustomize example, and what Flux and Argo CD are told to do with it. */
class ExamplesTest {
  private static final Path GITOPS = Repository.root().resolve("gitops");
  private static final Path KUSTOMIZE = GITOPS.resolve("kustomize");

  @Test
  void theBaseIsTheSampleWithoutItsNamespace() {
    Map<String, JsonNode> sample = new TreeMap<>();
    for (String file : List.of("app.yaml", "database.yaml")) {
      for (ObjectNode object : documents(Repository.root().resolve("samples/phoenix/" + file))) {
        ((ObjectNode) object.path("metadata")).remove("namespace");
        sample.put(name(object), object);
      }
    }
    assertThat(byName(new Kustomization(KUSTOMIZE.resolve("base")).build())).isEqualTo(sample);
  }

  @Test
  void productionDiffersWhereItsFilesSaySo() {
    Map<String, JsonNode> built = byName(new Kustomization(KUSTOMIZE.resolve("prod")).build());
    assertThat(built.keySet())
        .containsExactly(
            "FargateApp/phoenix-prod/phoenix",
            "FargateDatabase/phoenix-prod/phoenix-db",
            "Namespace//phoenix-prod");
    JsonNode app = built.get("FargateApp/phoenix-prod/phoenix").path("spec");
    assertThat(app.path("image").asText()).as("a release is a digest").contains("@sha256:");
    assertThat(app.path("memoryMiB").asInt()).isEqualTo(2048);
    assertThat(app.at("/autoscaling/minReplicas").asInt()).isEqualTo(2);
    assertThat(app.at("/autoscaling/cpuPercent").asInt()).as("of the base").isEqualTo(70);
    assertThat(
            built
                .get("FargateDatabase/phoenix-prod/phoenix-db")
                .at("/spec/deletionPolicy")
                .asText())
        .isEqualTo("Retain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"environment", "base", "prod"})
  void anApiServerTakesIt(String folder) {
    try (LocalCluster cluster = LocalCluster.withOurKinds()) {
      for (ObjectNode object : new Kustomization(KUSTOMIZE.resolve(folder)).build()) {
        if (object.path("kind").asText().equals("FargateApp")
            || object.path("kind").asText().equals("FargateDatabase")) {
          ((ObjectNode) object.path("metadata")).put("namespace", "default");
        }
        cluster.resource(object).serverSideApply();
        JsonNode taken = cluster.stored(object).orElseThrow();
        assertThat(missing("", object, taken)).as("fields that the schema drops").isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"environment", "base", "prod"})
  void everyFileOfItIsUsed(String folder) {
    Path path = KUSTOMIZE.resolve(folder);
    assertThat(new Kustomization(path).files())
        .containsExactlyElementsOf(
            Repository.yamlFiles(path, 1).stream()
                .map(file -> file.getFileName().toString())
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"environment", "base", "prod"})
  @Tag("foreign-clients")
  void kustomizeBuildsTheSame(String folder) throws IOException, InterruptedException {
    Process kustomize =
        new ProcessBuilder("kubectl", "kustomize", KUSTOMIZE.resolve(folder).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(kustomize.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(kustomize.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(kustomize.exitValue()).isZero();
    assertThat(byName(Repository.documents(out)))
        .isEqualTo(byName(new Kustomization(KUSTOMIZE.resolve(folder)).build()));
  }

  /** It would be applied as an object where people say kubectl apply -f. */
  @Test
  void noKustomizationLiesBesideYamlThatPeopleApply() throws IOException {
    for (String folder : List.of("samples", "crds")) {
      try (Stream<Path> files = Files.walk(Repository.root().resolve(folder))) {
        assertThat(files.filter(file -> file.getFileName().toString().startsWith("kustomization")))
            .isEmpty();
      }
    }
  }

  @Test
  void kustomizeIsToldOfOurKindsTheSameEverywhere() {
    assertThat(Repository.text(KUSTOMIZE.resolve("prod/fargate.yaml")))
        .isEqualTo(Repository.text(KUSTOMIZE.resolve("base/fargate.yaml")));
  }

  @Test
  void fluxWaitsForEveryObjectOfOursThatItApplies() {
    List<ObjectNode> flux = documents(GITOPS.resolve("flux/phoenix.yaml"));
    List<ObjectNode> kustomizations =
        flux.stream()
            .filter(object -> object.path("kind").asText().equals("Kustomization"))
            .toList();
    assertThat(kustomizations).hasSize(2);
    for (ObjectNode kustomization : kustomizations) {
      assertThat(kustomization.path("apiVersion").asText())
          .isEqualTo("kustomize.toolkit.fluxcd.io/v1");
      assertThat(
              flux.stream()
                  .filter(object -> object.path("kind").asText().equals("GitRepository"))
                  .map(object -> object.at("/metadata/name")))
          .contains(kustomization.at("/spec/sourceRef/name"));
      List<String> watched = new ArrayList<>();
      kustomization
          .at("/spec/healthChecks")
          .forEach(
              check ->
                  watched.add(
                      check.path("apiVersion").asText()
                          + " "
                          + check.path("kind").asText()
                          + "/"
                          + check.path("namespace").asText("")
                          + "/"
                          + check.path("name").asText()));
      assertThat(watched)
          .containsExactlyInAnyOrderElementsOf(
              ours(kustomization.at("/spec/path").asText()).stream()
                  .map(object -> object.path("apiVersion").asText() + " " + name(object))
                  .toList());
    }
  }

  @Test
  void fluxWaitsLongerThanAnAppMayTakeToFail() {
    for (ObjectNode object : documents(GITOPS.resolve("flux/phoenix.yaml"))) {
      if (object.at("/metadata/name").asText().equals("phoenix-prod")) {
        String timeout = object.at("/spec/timeout").asText();
        assertThat(timeout).endsWith("m");
        assertThat(Integer.parseInt(timeout.replace("m", "")) * 60)
            .isGreaterThan(dev.fargate.api.v1alpha1.FieldDefaults.PROGRESS_DEADLINE_SECONDS);
      }
    }
  }

  @Test
  void argoIgnoresNothingAndFindsWhatItSyncs() {
    List<ObjectNode> applications = documents(GITOPS.resolve("argocd/application.yaml"));
    assertThat(applications).hasSize(2);
    for (ObjectNode application : applications) {
      assertThat(application.path("apiVersion").asText()).isEqualTo("argoproj.io/v1alpha1");
      assertThat(application.path("kind").asText()).isEqualTo("Application");
      assertThat(application.path("spec").has("ignoreDifferences")).isFalse();
      assertThat(ours(application.at("/spec/source/path").asText())).isNotEmpty();
      String namespace = application.at("/spec/destination/namespace").asText("");
      assertThat(ours(application.at("/spec/source/path").asText()))
          .allSatisfy(
              object ->
                  assertThat(object.at("/metadata/namespace").asText("")).isEqualTo(namespace));
    }
  }

  @Test
  void whatATypingErrorWouldTakeAwayIsNotPruned() {
    for (String file : List.of("argocd/application.yaml", "flux/phoenix.yaml")) {
      ObjectNode environment =
          documents(GITOPS.resolve(file)).stream()
              .filter(o -> o.at("/metadata/name").asText().equals("phoenix-environment"))
              .findFirst()
              .orElseThrow();
      JsonNode prune =
          file.startsWith("flux")
              ? environment.at("/spec/prune")
              : environment.at("/spec/syncPolicy/automated/prune");
      assertThat(prune.isBoolean() && !prune.asBoolean()).as(file).isTrue();
    }
    assertThat(
            new Kustomization(KUSTOMIZE.resolve("environment"))
                .build()
                .get(0)
                .at("/spec/deletionPolicy")
                .asText())
        .isEqualTo("Retain");
  }

  private static List<ObjectNode> ours(String path) {
    return new Kustomization(Repository.root().resolve(path))
        .build().stream()
            .filter(object -> object.path("apiVersion").asText().startsWith("fargate.dev/"))
            .toList();
  }

  private static List<ObjectNode> documents(Path file) {
    return Repository.documents(Repository.text(file));
  }

  private static Map<String, JsonNode> byName(List<ObjectNode> objects) {
    Map<String, JsonNode> byName = new TreeMap<>();
    objects.forEach(object -> byName.put(name(object), object));
    return byName;
  }

  private static String name(ObjectNode object) {
    return object.path("kind").asText()
        + "/"
        + object.at("/metadata/namespace").asText("")
        + "/"
        + object.at("/metadata/name").asText();
  }

  private static List<String> missing(String path, JsonNode asked, JsonNode taken) {
    List<String> missing = new ArrayList<>();
    if (taken.isMissingNode()) {
      missing.add(path);
    }
    asked
        .properties()
        .forEach(
            field ->
                missing.addAll(
                    missing(
                        path + "." + field.getKey(),
                        field.getValue(),
                        taken.path(field.getKey()))));
    return missing;
  }
}
