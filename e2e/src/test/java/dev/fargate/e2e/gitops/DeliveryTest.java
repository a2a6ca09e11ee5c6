package dev.fargate.e2e.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.e2e.packaging.Repository;
import dev.fargate.operator.cli.manifest.Manifests;
import dev.fargate.operator.cli.preview.PlanReport;
import dev.fargate.operator.cli.preview.Previews;
import dev.fargate.operator.flow.Settings;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** gitops/delivery: what a team copies renders, is planned, and is bumped by one line. */
class DeliveryTest {
  private static final Path DELIVERY = Repository.root().resolve("gitops/delivery");
  private static final Path DEPLOY = DELIVERY.resolve("deploy");
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @TempDir Path copy;

  private record Run(int code, String out, String err) {}

  private Run sh(String script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", copy.resolve("ci/" + script).toString()));
    command.addAll(List.of(arguments));
    Path err = copy.resolve("err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), out, Files.readString(err));
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.walk(DELIVERY)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(DELIVERY.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /** Every file of the copy, with its lines. */
  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(copy)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (!file.equals(copy.resolve("err"))) {
          for (String line : Files.readAllLines(file)) {
            lines.add(copy.relativize(file) + ": " + line);
          }
        }
      }
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod", "environments"})
  void eachOverlayIsPlannedWithoutAnError(String overlay) throws IOException {
    StringBuilder rendered = new StringBuilder();
    for (ObjectNode object : new Kustomization(DEPLOY.resolve(overlay)).build()) {
      rendered.append(Serialization.asYaml(object)).append('\n');
    }
    Path file = Files.writeString(copy.resolve("all.yaml"), rendered);
    Manifests manifests = Manifests.read(List.of(file), "default");
    assertThat(manifests.problems()).isEmpty();
    PlanReport report =
        PlanReport.of(
            manifests,
            new Previews(new Settings("plan", () -> false), manifests, Clock.systemUTC())
                .offline());
    assertThat(report.errors()).isEmpty();
    assertThat(report.exitCode()).as("changes").isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"dev, phoenix-dev", "prod, phoenix-prod"})
  void anOverlayRunsADigestInItsOwnNamespaceAndEnvironment(String overlay, String name) {
    List<ObjectNode> objects = new Kustomization(DEPLOY.resolve(overlay)).build();
    assertThat(objects)
        .extracting(object -> object.path("kind").asText())
        .containsExactlyInAnyOrder("Namespace", "FargateApp", "FargateDatabase");
    for (ObjectNode object : objects) {
      if (!object.path("kind").asText().equals("Namespace")) {
        assertThat(object.at("/metadata/namespace").asText()).isEqualTo(name);
        assertThat(object.at("/spec/environment").asText()).isEqualTo(name);
        assertThat(environments()).contains(name);
      }
      if (object.path("kind").asText().equals("FargateApp")) {
        assertThat(object.at("/spec/image").asText()).matches(".+/phoenix@sha256:[0-9a-f]{64}");
      }
    }
  }

  private static List<String> environments() {
    return new Kustomization(DEPLOY.resolve("environments"))
        .build().stream().map(object -> object.at("/metadata/name").asText()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "dev", "prod", "environments"})
  void everyFileIsUsed(String folder) {
    assertThat(new Kustomization(DEPLOY.resolve(folder)).files())
        .containsExactlyElementsOf(
            Repository.yamlFiles(DEPLOY.resolve(folder), 1).stream()
                .map(file -> file.getFileName().toString())
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.yaml", "database.yaml", "fargate.yaml"})
  void theBaseIsThatOfTheOtherExample(String file) {
    assertThat(Repository.text(DEPLOY.resolve("base/" + file)))
        .isEqualTo(Repository.text(Repository.root().resolve("gitops/kustomize/base/" + file)));
    if (file.equals("fargate.yaml")) {
      assertThat(Repository.text(DEPLOY.resolve("dev/" + file)))
          .isEqualTo(Repository.text(DEPLOY.resolve("prod/" + file)))
          .isEqualTo(Repository.text(DEPLOY.resolve("base/" + file)));
    }
  }

  @Test
  void aBumpChangesExactlyOneLineAndPromotingTakesItAlong() throws Exception {
    copy();
    List<String> before = lines();
    assertThat(sh("bump.sh", "dev", DIGEST)).isEqualTo(new Run(0, "", ""));
    List<String> after = lines();
    assertThat(after).hasSameSizeAs(before);
    List<String> changed = new ArrayList<>(after);
    changed.removeAll(before);
    assertThat(changed).containsExactly("deploy/dev/kustomization.yaml:     digest: " + DIGEST);
    String digest = sh("bump.sh", "dev").out().strip();
    assertThat(digest).isEqualTo(DIGEST);
    assertThat(sh("bump.sh", "prod", digest).code()).isZero();
    assertThat(new Kustomization(copy.resolve("deploy/prod")).build())
        .filteredOn(object -> object.path("kind").asText().equals("FargateApp"))
        .singleElement()
        .satisfies(app -> assertThat(app.at("/spec/image").asText()).endsWith("@" + DIGEST));
  }

  @ParameterizedTest
  @CsvSource({
    "dev, sha256:abc, not a digest",
    "dev, latest, not a digest",
    "staging, sha256:abc, there is no overlay staging"
  })
  void aBumpThatIsNoneFailsAndChangesNothing(String overlay, String digest, String message)
      throws Exception {
    copy();
    List<String> before = lines();
    Run run = sh("bump.sh", overlay, digest);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(message);
    assertThat(lines()).isEqualTo(before);
  }

  @Test
  void thePipelineRunsScriptsThatExistAndEveryOneOfThem() throws IOException {
    JsonNode workflow =
        Repository.documents(Repository.text(DELIVERY.resolve(".github/workflows/deliver.yaml")))
            .get(0);
    Set<String> called = new TreeSet<>();
    Matcher scripts = Pattern.compile("ci/([a-z]+\\.sh)").matcher(steps(workflow));
    while (scripts.find()) {
      called.add(scripts.group(1));
    }
    Set<String> there = new TreeSet<>();
    try (Stream<Path> files = Files.list(DELIVERY.resolve("ci"))) {
      files.forEach(
          file -> {
            there.add(file.getFileName().toString());
            assertThat(file).isExecutable();
          });
    }
    assertThat(called).isEqualTo(there);
    assertThat(workflow.path("env").path("REPOSITORY").asText())
        .isEqualTo(
            Repository.documents(Repository.text(DEPLOY.resolve("dev/kustomization.yaml")))
                .get(0)
                .at("/images/0/name")
                .asText());
  }

  private static String steps(JsonNode workflow) {
    StringBuilder steps = new StringBuilder();
    for (JsonNode job : workflow.path("jobs")) {
      job.path("steps").forEach(step -> steps.append(step.path("run").asText()).append('\n'));
    }
    return steps.toString();
  }

  @Test
  void everyScriptIsGoodShell() throws Exception {
    copy();
    try (Stream<Path> files = Files.list(copy.resolve("ci"))) {
      for (Path file : files.toList()) {
        Process check = new ProcessBuilder("sh", "-n", file.toString()).inheritIO().start();
        assertThat(check.waitFor()).as(file.toString()).isZero();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
