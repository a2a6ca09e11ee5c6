package dev.fargate.operator.correctness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.operator.flow.VirtualWorld;
import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.SameStatus;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * What went wrong with other controllers of AWS, where no other test says so (docs/correctness.md).
 * In virtual time.
 */
class WhereOthersWentWrongTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

  private final VirtualWorld world = new VirtualWorld();
  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
  private final FargateApp app = app("one");

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FargateApp app(String name) {
    FargateApp app = read("app.yaml", FargateApp.class);
    app.getMetadata().setName(name);
    app.getSpec().env.clear();
    for (String variable : List.of("A", "B", "C")) {
      EnvVar env = new EnvVar();
      env.name = variable;
      env.value = variable.toLowerCase(java.util.Locale.ROOT);
      app.getSpec().env.add(env);
    }
    app.getSpec().ingresses.get(0).paths.add("/" + name + "/*");
    return app;
  }

  @BeforeEach
  void anAppIsSettled() {
    world.apply(environment, app);
    untilReady("one");
    world.run(Duration.ofMinutes(3));
    world.forgetCalls();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void untilReady(String name) {
    world.runUntil(name + " is ready", LONG_ENOUGH, () -> world.ready("FargateApp", name));
  }

  private FargateAppStatus status() {
    return Serialization.clone(world.app("one").getStatus());
  }

  /** The operator's cache may lag behind its own writes, and a new process' first list, too. */
  @Test
  void whicheverOfItsEarlierStatusesIsShownToItNothingIsDoneAgain() {
    List<FargateAppStatus> earlier = new ArrayList<>(List.of(status()));
    app.getSpec().image = "web:2";
    world.apply(app);
    do {
      world.run(Duration.ofSeconds(1));
      if (!SameStatus.same(earlier.get(earlier.size() - 1), status())) {
        earlier.add(status());
      }
    } while (!world.ready("FargateApp", "one"));
    world.run(Duration.ofMinutes(3));
    assertThat(earlier).as("the rollout was told in steps").hasSizeGreaterThan(2);
    for (FargateAppStatus old : earlier) {
      world.forgetCalls();
      world.app("one").setStatus(old);
      world.run(Duration.ofMinutes(1));
      assertThat(world.awsWrites()).isEmpty();
      assertThat(world.ready("FargateApp", "one")).as(world::describe).isTrue();
    }
  }

  @Test
  void theOrderOfEnvironmentEntriesIsNoDrift() {
    Collections.reverse(app.getSpec().env);
    world.apply(app);
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void targetsBelongToEcsAlone() {
    app.getSpec().autoscaling.minReplicas = 3;
    app.getSpec().image = "phoenix:2";
    world.apply(app);
    untilReady("one");
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites())
        .isNotEmpty()
        .doesNotContain(
            "elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets");
  }

  @Test
  void anInvalidAppHoldsUpNobodyOnItsLoadBalancerAndIsDeletedAllTheSame() {
    FargateApp bad = app("bad");
    world.apply(bad);
    untilReady("bad");
    bad.getSpec().ingresses.get(0).portName = "no-such-port";
    world.apply(bad);
    app.getSpec().image = "phoenix:2";
    world.apply(app);
    world.runUntil(
        "the other app's image serves",
        LONG_ENOUGH,
        () -> "phoenix:2".equals(world.app("one").getStatus().serving.shortImage));
    assertThat(world.condition("FargateApp", "bad", ConditionType.STALLED))
        .hasValueSatisfying(stalled -> assertThat(stalled.getReason()).isEqualTo("InvalidSpec"));

    world.delete("FargateApp", "bad");
    world.runUntil("it is gone", LONG_ENOUGH, () -> !world.exists("FargateApp", "bad"));
    assertThat(world.ready("FargateApp", "one")).isTrue();
  }

  @Test
  void whatWasNeverCreatedIsDeletedAllTheSame() {
    FargateApp bad = app("bad");
    bad.getSpec().ingresses.get(0).portName = "no-such-port";
    world.apply(bad);
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
    world.delete("FargateApp", "bad");
    world.runUntil("it is gone", LONG_ENOUGH, () -> !world.exists("FargateApp", "bad"));
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void driftIsSeenAndMendedWithinTwoMinutesByOneWrite() {
    String group =
        world.app("one").getStatus().resources.stream()
            .filter(resource -> resource.kind.equals("TargetGroup"))
            .findFirst()
            .orElseThrow()
            .arn;
    try (ElasticLoadBalancingV2Client elb =
        ElasticLoadBalancingV2Client.builder()
            .httpClient(world.aws.httpClient())
            .region(Region.of(environment.getSpec().region))
            .endpointOverride(URI.create("http://localhost"))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDSOMEBODY", "no")))
            .build()) {
      elb.modifyTargetGroup(
          request -> request.targetGroupArn(group).healthCheckPath("/somebody-elses"));
      world.forgetCalls();
      world.run(Duration.ofMinutes(2));
      assertThat(
              elb.describeTargetGroups(request -> request.targetGroupArns(group))
                  .targetGroups()
                  .get(0)
                  .healthCheckPath())
          .isEqualTo("/healthz");
    }
    assertThat(world.awsWrites()).containsExactly("elasticloadbalancing:ModifyTargetGroup");
  }
}
