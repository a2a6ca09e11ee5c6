package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.Port;
import dev.fargate.api.v1alpha1.environment.LoadBalancer;
import dev.fargate.local.aws.call.Call;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who answers which request, while ingresses are edited. In virtual time. */
class RequestsTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);
  private static final String HOST = "phoenix.example.com";

  private final VirtualWorld world = new VirtualWorld();
  private final Requests requests = new Requests(world, "phoenix");
  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
  private final FargateApp app = app("one");

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sample's app, without its database. */
  private static FargateApp app(String name, String... paths) {
    FargateApp app = read("app.yaml", FargateApp.class);
    app.getMetadata().setName(name);
    app.getSpec().env.clear();
    app.getSpec().ingresses.get(0).hosts.add(HOST);
    app.getSpec().ingresses.get(0).paths.addAll(List.of(paths));
    return app;
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void start(FargateApp... apps) {
    world.apply(environment);
    for (FargateApp each : apps) {
      world.apply(each);
      untilReady(each.getMetadata().getName());
    }
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
  }

  private void untilReady(String name) {
    world.runUntil(name + " is ready", LONG_ENOUGH, () -> world.ready("FargateApp", name));
  }

  private List<String> refusedByAws() {
    return world.aws.calls().writes().stream()
        .filter(call -> call.error().isPresent())
        .map(call -> call.name() + " " + call.error().get())
        .toList();
  }

  @Test
  void anIngressMovesToAnotherLoadBalancerWithoutARequestUnanswered() {
    LoadBalancer other = Serialization.clone(environment.getSpec().loadBalancers.get(0));
    other.name = "other";
    environment.getSpec().loadBalancers.add(other);
    start(app);
    requests.keepSending("web", HOST, "/");
    app.getSpec().ingresses.get(0).loadBalancer = "other";
    world.apply(app);
    world.runUntil(
        "the other load balancer answers",
        LONG_ENOUGH,
        () -> Requests.isAnswered(requests.send("other", HOST, "/")));
    assertThat(requests.failed).as("until both answer").isEmpty();
    requests.keepSending("other", HOST, "/");
    world.run(Duration.ofMinutes(15));
    assertThat(requests.failed)
        .as("the other one answers from then on, the first one no more")
        .allMatch(failure -> failure.contains(" web ") && failure.endsWith("404"));
    assertThat(requests.send("web", HOST, "/")).isEqualTo("404");
    assertThat(refusedByAws()).isEmpty();
    assertThat(world.ready("FargateApp", "one")).isTrue();
    assertThat(world.aws.calls().writes())
        .extracting(Call::name)
        .containsOnlyOnce("elasticloadbalancing:CreateTargetGroup")
        .containsOnlyOnce("elasticloadbalancing:DeleteTargetGroup");
    world.forgetCalls();
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void anIngressThatGoesWithItsPortIsNeverAnsweredByNobody() {
    app.getSpec().autoscaling.requestsPerMinutePerTask = null;
    app.getSpec().ingresses.get(0).paths.add("/*");
    Port admin = new Port();
    admin.name = "admin";
    admin.containerPort = 7070;
    app.getSpec().ports.add(admin);
    app.getSpec().ingresses.get(0).portName = "http";
    Ingress second = Serialization.clone(app.getSpec().ingresses.get(0));
    second.name = "admin";
    second.portName = "admin";
    second.paths.set(0, "/admin/*");
    app.getSpec().ingresses.add(second);
    start(app);
    assertThat(requests.send("web", HOST, "/admin/x"))
        .isNotEqualTo(requests.send("web", HOST, "/"));
    requests.keepSending("web", HOST, "/");
    requests.keepSending("web", HOST, "/admin/x");
    app.getSpec().ports.remove(1);
    app.getSpec().ingresses.remove(1);
    world.apply(app);
    world.run(Duration.ofMinutes(15));

    assertThat(requests.failed).isEmpty();
    assertThat(refusedByAws()).isEmpty();
    assertThat(world.awsWrites())
        .containsOnlyOnce("elasticloadbalancing:DeleteRule")
        .containsOnlyOnce("elasticloadbalancing:DeleteTargetGroup");
    world.forgetCalls();
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void aLongerPathComesFirstWhateverItsAppClaimsBesides() {
    start(app("one", "/a", "/a/*"), app("two", "/", "/*", "/a/b/c", "/a/b/c/*"));

    assertThat(requests.send("web", HOST, "/a")).startsWith("default-one-");
    assertThat(requests.send("web", HOST, "/a/b")).startsWith("default-one-");
    assertThat(requests.send("web", HOST, "/a/b/c")).startsWith("default-two-");
    assertThat(requests.send("web", HOST, "/a/b/c/d")).startsWith("default-two-");
    assertThat(requests.send("web", HOST, "/")).startsWith("default-two-");
    assertThat(requests.send("web", HOST, "/b")).startsWith("default-two-");
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void anExactHostComesFirstWhateverPatternsItsAppClaimsBesides() {
    FargateApp two = app("two");
    two.getSpec().ingresses.get(0).hosts.add("*.example.com");
    two.getSpec().ingresses.get(0).hosts.set(0, "two.example.com");
    FargateApp one = app("one", "/a/*");
    one.getSpec().ingresses.get(0).hosts.set(0, "*.example.com");
    start(one, two);

    assertThat(requests.send("web", "two.example.com", "/a/b")).startsWith("default-two-");
    assertThat(requests.send("web", "any.example.com", "/a/b")).startsWith("default-one-");
    assertThat(requests.send("web", "any.example.com", "/b")).startsWith("default-two-");
  }

  @Test
  void ofTwoPathsOneOfWhichIsAnothersTheOtherIsServed() {
    world.apply(environment);
    world.apply(app("one", "/a/*"));
    untilReady("one");
    world.apply(app("two", "/*", "/a/*"));
    world.runUntil(
        "the second app serves what it may",
        LONG_ENOUGH,
        () -> requests.send("web", HOST, "/b").startsWith("default-two-"));
    assertThat(requests.send("web", HOST, "/a/b")).startsWith("default-one-");
    assertThat(world.condition("FargateApp", "two", ConditionType.CONFLICT))
        .hasValueSatisfying(
            conflict ->
                assertThat(conflict.getMessage())
                    .contains(HOST + "/a/*", "FargateApp/default/one"));
    world.delete("FargateApp", "one");
    world.runUntil(
        "the second app has both paths",
        LONG_ENOUGH,
        () -> requests.send("web", HOST, "/a/b").startsWith("default-two-"));
    untilReady("two");
  }

  @Test
  void pathsThatComeAndGoAreNeverAnsweredByNobody() {
    FargateApp edited = app("one", "/*", "/api/*");
    start(edited);
    requests.keepSending("web", HOST, "/");
    requests.keepSending("web", HOST, "/api/x");
    edited.getSpec().ingresses.get(0).paths = List.of("/a*", "/*");
    edited.getSpec().image = "phoenix:2";
    world.apply(edited);
    world.run(Duration.ofMinutes(10));
    edited.getSpec().ingresses.get(0).paths = List.of();
    edited.getSpec().ports.get(0).containerPort = 3001;
    world.apply(edited);
    world.run(Duration.ofMinutes(15));

    assertThat(requests.failed).isEmpty();
    assertThat(refusedByAws()).isEmpty();
    world.forgetCalls();
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
  }
}
