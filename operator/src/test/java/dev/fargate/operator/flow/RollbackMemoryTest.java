package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;

/**
 * What failed once is known to have failed, whoever has forgotten it: AWS's history tells. In
 * virtual time.
 */
class RollbackMemoryTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

  private final VirtualWorld world = new VirtualWorld();
  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
  private final FargateApp app = read("app.yaml", FargateApp.class);
  private final String good = app.getSpec().image;

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void anAppHasBeenRolledBack() {
    world.aws.scriptedTasks().image("phoenix:bad").exitsAfter(Duration.ofSeconds(2), 1);
    app.getSpec().env.clear();
    app.getSpec().autoscaling = null;
    app.getSpec().replicas = 1;
    world.apply(environment, app);
    untilReady();
    apply("phoenix:bad");
    untilRolledBack();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void apply(String image) {
    app.getSpec().image = image;
    world.apply(app);
  }

  private void untilReady() {
    world.runUntil("ready", LONG_ENOUGH, () -> world.ready("FargateApp", "phoenix"));
    world.run(Duration.ofMinutes(2));
  }

  private void untilRolledBack() {
    world.runUntil("the rollback is told", LONG_ENOUGH, () -> "RolledBack".equals(reason()));
    world.run(Duration.ofMinutes(5));
    world.forgetCalls();
  }

  private String reason() {
    return world
        .condition("FargateApp", "phoenix", ConditionType.READY)
        .map(Condition::getReason)
        .orElse("");
  }

  private void forgetEverythingInKubernetes() {
    world.app("phoenix").setStatus(null);
    world.restartOperator();
  }

  /** ECS keeps the latest hundred events, so each task that comes or goes pushes one out. */
  private void eventsArePushedOut() {
    for (int i = 0; i < 8; i++) {
      app.getSpec().replicas = i % 2 == 0 ? 5 : 1;
      world.apply(app);
      world.run(Duration.ofMinutes(2));
    }
    app.getSpec().replicas = 1;
    world.apply(app);
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
  }

  private String serviceArn() {
    return world.app("phoenix").getStatus().resources.stream()
        .filter(resource -> resource.kind.equals("Service"))
        .findFirst()
        .orElseThrow()
        .arn;
  }

  private void asSomebody(Consumer<EcsClient> does) {
    try (EcsClient ecs =
        EcsClient.builder()
            .httpClient(world.aws.httpClient())
            .region(Region.of(environment.getSpec().region))
            .endpointOverride(URI.create("http://localhost"))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDSOMEBODY", "no")))
            .build()) {
      does.accept(ecs);
    }
  }

  private void nothingIsTriedAgain() {
    world.run(Duration.ofMinutes(15));
    assertThat(world.awsWrites())
        .doesNotContain("ecs:UpdateService", "ecs:RegisterTaskDefinition", "ecs:CreateService");
    assertThat(reason()).isEqualTo("RolledBack");
  }

  @Test
  void anOperatorThatKnowsNothingDoesNotTryItAgain() {
    forgetEverythingInKubernetes();
    nothingIsTriedAgain();
  }

  @Test
  void afterEcsHasForgottenItsEventsItIsStillKnown() {
    eventsArePushedOut();
    forgetEverythingInKubernetes();
    nothingIsTriedAgain();
  }

  /** As where the process ended between the update and its note, and the next came much later. */
  @Test
  void whatWasTriedWithoutANoteIsKnownFromItsServiceRevision() {
    eventsArePushedOut();
    asSomebody(
        ecs ->
            ecs.tagResource(
                request ->
                    request
                        .resourceArn(serviceArn())
                        .tags(tag -> tag.key("fargate.dev/attempt").value("of-the-good-one"))));
    forgetEverythingInKubernetes();
    nothingIsTriedAgain();
  }

  @Test
  void theHistoryIsAskedOnceAndNotInEveryPass() {
    eventsArePushedOut();
    forgetEverythingInKubernetes();
    world.run(Duration.ofMinutes(20));
    assertThat(world.aws.calls().named("ecs:ListServiceDeployments")).hasSize(1);
  }

  @Test
  void theSameSpecComingBackIsStillTheOneThatFailed() {
    apply(good);
    untilReady();
    eventsArePushedOut();
    forgetEverythingInKubernetes();
    world.run(Duration.ofMinutes(5));
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();
    apply("phoenix:bad");
    nothingIsTriedAgain();
  }

  @Test
  void anotherSpecInBetweenMakesItWorthAnotherTry() {
    apply("phoenix:2");
    untilReady();
    world.aws.scriptedTasks().image("phoenix:bad").runs();
    apply("phoenix:bad");
    untilReady();
    assertThat(world.app("phoenix").getStatus().serving.shortImage).isEqualTo("phoenix:bad");
  }

  /**
   * The same picture as a rollback, but for the history: somebody else has deployed the old one.
   */
  @Test
  void whatSomebodyElseHasDeployedIsRepaired() {
    apply("phoenix:2");
    untilReady();
    eventsArePushedOut();
    String old = world.app("phoenix").getStatus().lastGood.taskDefinitionArn;
    String older = old.substring(0, old.lastIndexOf(':')) + ":1";
    asSomebody(
        ecs ->
            ecs.updateService(
                request -> request.cluster("phoenix").service(serviceArn()).taskDefinition(older)));
    world.run(Duration.ofMinutes(10));
    assertThat(world.app("phoenix").getStatus().serving.shortImage).isEqualTo("phoenix:2");
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();
  }
}
