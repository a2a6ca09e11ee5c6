package dev.fargate.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rounds of Flux and Argo CD beside the operator: neither writes what the other has. */
class SyncLoopTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(30);

  /** Argo CD's own default; Flux asks for ten minutes in its examples. */
  private static final Duration ROUND = Duration.ofMinutes(3);

  private static final Map<String, Function<KubeWorld, List<SyncTool>>> TOOLS =
      Map.of(
          "Flux",
          cluster -> List.of(SyncTool.flux(cluster)),
          "Argo CD",
          cluster -> List.of(SyncTool.argoClientSide(cluster)),
          "Argo CD by server-side apply, and Flux",
          cluster -> List.of(SyncTool.argoServerSide(cluster), SyncTool.flux(cluster)));

  private final KubeWorld cluster = new KubeWorld();
  private final SyncTool flux = SyncTool.flux(cluster);
  private final List<ObjectNode> phoenix = git(Shipped.samples().resolve("phoenix"));

  @AfterEach
  void close() {
    cluster.close();
  }

  /** Every folder of samples/ with every tool. */
  static Stream<Arguments> everySample() {
    return Shipped.folders(Shipped.samples()).stream()
        .flatMap(
            folder ->
                TOOLS.keySet().stream()
                    .sorted()
                    .map(tool -> Arguments.of(folder.getFileName().toString(), tool)));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("everySample")
  void anHourOfRoundsWritesNothingAndShowsNoDifference(String sample, String who) {
    List<ObjectNode> git = git(Shipped.samples().resolve(sample));
    List<SyncTool> tools = TOOLS.get(who).apply(cluster);
    cluster.untilCurrent(LONG_ENOUGH, () -> tools.forEach(tool -> tool.sync(git)));
    cluster.run(Duration.ofMinutes(5));
    cluster.world.forgetCalls();
    Map<String, String> versions = cluster.versions();
    List<String> diffs = new ArrayList<>();
    for (Duration passed = Duration.ZERO; passed.toHours() < 1; passed = passed.plus(ROUND)) {
      for (SyncTool tool : tools) {
        diffs.addAll(tool.diffs(git));
        tool.sync(git);
      }
      cluster.run(ROUND);
    }
    assertThat(diffs).isEmpty();
    assertThat(cluster.world.awsWrites()).isEmpty();
    assertThat(cluster.world.statusWrites).isZero();
    assertThat(cluster.versions()).as("nothing was written to Kubernetes").isEqualTo(versions);
    assertThat(cluster.objects(""))
        .allSatisfy(object -> assertThat(object.at("/metadata/generation").asInt()).isEqualTo(1));
  }

  @Test
  void aNewImageInGitIsOneRolloutHoweverOftenItIsApplied() {
    ready();
    ObjectNode app = app();
    ((ObjectNode) app.path("spec")).put("image", "phoenix:2");
    flux.sync(phoenix);
    cluster.run(Duration.ofSeconds(5));
    List<String> diffs = new ArrayList<>();
    cluster.untilCurrent(
        LONG_ENOUGH,
        () -> {
          diffs.addAll(flux.diffs(phoenix));
          flux.sync(phoenix);
        });
    assertThat(rolloutWrites()).containsExactly("ecs:RegisterTaskDefinition", "ecs:UpdateService");
    assertThat(diffs).as("the status of a rollout is no difference").isEmpty();
    JsonNode live = cluster.live(app).orElseThrow();
    assertThat(live.at("/status/serving/shortImage").asText()).isEqualTo("phoenix:2");
    assertThat(live.at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void whatGitNoLongerHasIsPrunedAndNothingElse() {
    ready();
    List<ObjectNode> less =
        phoenix.stream()
            .filter(object -> !object.path("kind").asText().equals("FargateApp"))
            .toList();
    assertThat(flux.diffs(less)).containsExactly("FargateApp/phoenix is to be pruned");
    flux.sync(less);
    for (int i = 0; i < 60 && cluster.live(app()).isPresent(); i++) {
      cluster.run(Duration.ofMinutes(1));
      flux.sync(less);
    }
    assertThat(cluster.live(app())).isEmpty();
    assertThat(cluster.versions().keySet())
        .containsExactly("FargateDatabase/phoenix-db", "FargateEnvironment/phoenix");
    assertThat(flux.diffs(less)).isEmpty();
  }

  @Test
  void whatSomebodyChangesInTheClusterIsShownAndSetBack() {
    ready();
    cluster.merge(app(), KubeWorld.tree("{\"spec\":{\"memoryMiB\":1024}}"), "kubectl-edit");
    assertThat(flux.diffs(phoenix))
        .singleElement()
        .asString()
        .contains(".spec.memoryMiB: 1024 -> 512");
    assertThat(SyncTool.argoClientSide(cluster).diffs(phoenix)).isNotEmpty();
    flux.sync(phoenix);
    assertThat(flux.diffs(phoenix)).isEmpty();
  }

  @Test
  void aPauseByActionHoldsAgainstRoundsAndIsTakenBackByAction() {
    SyncTool argo = SyncTool.argoClientSide(cluster);
    cluster.untilCurrent(LONG_ENOUGH, () -> argo.sync(phoenix));
    cluster.run(Duration.ofMinutes(2));
    act("pause");
    ((ObjectNode) app().path("spec")).put("image", "phoenix:2");
    cluster.world.forgetCalls();
    for (int minute = 0; minute < 10; minute++) {
      argo.sync(phoenix);
      cluster.run(Duration.ofMinutes(1));
    }
    assertThat(argo.diffs(phoenix)).as("Git says nothing about mode").isEmpty();
    assertThat(cluster.world.awsWrites()).isEmpty();
    act("resume");
    cluster.run(Duration.ofSeconds(10));
    cluster.untilCurrent(LONG_ENOUGH, () -> argo.sync(phoenix));
    assertThat(rolloutWrites()).containsExactly("ecs:RegisterTaskDefinition", "ecs:UpdateService");
  }

  @Test
  void aRestartByActionIsOneDeploymentAndNoDifference() {
    ready();
    act("restart");
    for (int minute = 0; minute < 10; minute++) {
      assertThat(flux.diffs(phoenix)).isEmpty();
      flux.sync(phoenix);
      cluster.run(Duration.ofMinutes(1));
    }
    assertThat(rolloutWrites()).containsExactly("ecs:UpdateService");
  }

  private void ready() {
    cluster.untilCurrent(LONG_ENOUGH, () -> flux.sync(phoenix));
    cluster.run(Duration.ofMinutes(2));
    cluster.world.forgetCalls();
  }

  /** The operator's writes to AWS without its notes on its own attempts (docs/adr/0008). */
  private List<String> rolloutWrites() {
    return cluster.world.awsWrites().stream()
        .filter(call -> !call.equals("ecs:TagResource"))
        .toList();
  }

  /** As Argo CD's server does: the script's answer as a merge patch to the live object. */
  private void act(String action) {
    ObjectNode live = cluster.live(app()).orElseThrow();
    String script =
        Shipped.text(
            Shipped.customization("FargateApp")
                .resolve("actions")
                .resolve(action)
                .resolve("action.lua"));
    ObjectNode after = new ArgoLua(cluster.world.now()).act(script, live);
    ObjectNode patch = KubeWorld.tree("{}").deepCopy();
    if (!after.at("/spec/mode").equals(live.at("/spec/mode"))) {
      patch.withObject("/spec").set("mode", after.at("/spec/mode"));
    }
    if (!after.at("/metadata/annotations").equals(live.at("/metadata/annotations"))) {
      patch.withObject("/metadata").set("annotations", after.at("/metadata/annotations"));
    }
    assertThat(patch).as("the action changes something").isNotEmpty();
    cluster.merge(live, patch, "argocd-server");
    cluster.run(Duration.ofSeconds(1));
  }

  private ObjectNode app() {
    return phoenix.stream()
        .filter(object -> object.path("kind").asText().equals("FargateApp"))
        .findFirst()
        .orElseThrow();
  }

  private static List<ObjectNode> git(Path folder) {
    return Shipped.files(folder, ".yaml").stream()
        .flatMap(file -> Shipped.documents(file).stream())
        .toList();
  }
}
