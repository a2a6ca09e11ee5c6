package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.operator.cli.manifest.Manifests;
import dev.fargate.operator.cli.preview.PlanReport;
import dev.fargate.operator.cli.preview.Previews;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fargate-operator plan --live}, against an AWS in which an operator has been at work. */
@EnableKubernetesMockClient(crud = true)
class PreviewLiveTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

  @TempDir Path folder;
  KubernetesClient cluster;

  private final VirtualWorld world = new VirtualWorld();
  private final FargateApp app = read("app.yaml", FargateApp.class);

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void running() {
    world.apply(
        read("environment.yaml", FargateEnvironment.class),
        read("database.yaml", FargateDatabase.class),
        app);
    world.runUntil("Phoenix is ready", LONG_ENOUGH, () -> world.ready("FargateApp", "phoenix"));
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
  }

  private PlanReport plan(FargateApp wanted) throws IOException {
    for (String file : List.of("environment.yaml", "database.yaml")) {
      Files.copy(SAMPLE.resolve(file), folder.resolve(file));
    }
    return plan(wanted, null);
  }

  private PlanReport plan(FargateApp wanted, KubernetesClient client) throws IOException {
    Files.writeString(folder.resolve("app.yaml"), Serialization.asYaml(wanted));
    Manifests files = Manifests.read(List.of(folder), "default");
    assertThat(files.problems()).isEmpty();
    Settings settings = new Settings(VirtualWorld.OWNER_ID, () -> false);
    return PlanReport.of(
        files, new Previews(settings, files, world.clock()).live(client, world.awsSettings()));
  }

  @Test
  void whatIsThereAlreadyIsNothingToDo() throws IOException {
    running();
    PlanReport report = plan(app);
    assertThat(report.errors()).isEmpty();
    assertThat(report.exitCode()).as(report.summary() + report.plans()).isZero();
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void aChangeIsThePlanThatTheOperatorThenShows() throws IOException {
    running();
    app.getSpec().image = "phoenix:2";
    PlanReport report = plan(app);
    assertThat(report.exitCode()).isEqualTo(2);
    assertThat(report.summary()).isEqualTo("1 to create, 1 to change, 0 to delete");
    assertThat(report.plans().get(2).actions()).anyMatch(action -> action.startsDeployment());
    app.getSpec().mode = Mode.PLAN;
    world.apply(app);
    world.run(Duration.ofSeconds(10));
    assertThat(report.plans().get(2).hash()).isEqualTo(world.app("phoenix").getStatus().plan.hash);
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void anAppAloneIsPlannedWithWhatTheClusterHas() throws IOException {
    running();
    cluster.resource(world.environmentObject("phoenix")).create();
    cluster.resource(world.database("phoenix-db")).create();
    cluster.resource(world.app("phoenix")).create();
    app.getSpec().image = "phoenix:2";
    PlanReport report = plan(app, cluster);
    assertThat(report.errors()).isEmpty();
    assertThat(report.plans()).hasSize(1);
    assertThat(report.summary()).isEqualTo("1 to create, 1 to change, 0 to delete");
    app.getSpec().mode = Mode.PLAN;
    world.apply(app);
    world.run(Duration.ofSeconds(10));
    assertThat(report.plans().get(0).hash()).isEqualTo(world.app("phoenix").getStatus().plan.hash);
  }

  @Test
  void withoutItsEnvironmentAnAppCannotBeComparedWithAnyAws() throws IOException {
    PlanReport report = plan(app, null);
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.errors().get(0).toString())
        .contains("app.yaml:")
        .contains("spec.environment: FargateEnvironment phoenix does not exist yet");
  }

  @Test
  void beforeAnythingIsThereItIsAllToCreate() throws IOException {
    PlanReport report = plan(app);
    assertThat(report.errors()).isEmpty();
    assertThat(report.summary()).isEqualTo("35 to create, 0 to change, 0 to delete");
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void anAwsThatCannotBeReadIsAnErrorAndNotAnEmptyPlan() throws IOException {
    running();
    world.aws.faults().on("*").fail("AccessDeniedException", "not authorized");
    PlanReport report = plan(app);
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.errors().toString()).contains("AWS cannot be read");
  }
}
