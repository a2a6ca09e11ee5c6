package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.app.CanaryShare;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** An app whose traffic ECS moves, under requests, and short ways to ask about both. */
abstract class ShiftedTraffic {
  static final String ROLE = "arn:aws:iam::123456789012:role/fargate-operator-infrastructure";
  static final Duration LONG_ENOUGH = Duration.ofHours(1);
  static final List<String> STAGES =
      List.of("SCALE_UP", "PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME", "CLEAN_UP");

  final Faults faults = new Faults();
  final VirtualWorld world = faults.world;
  final Requests requests = new Requests(world, "phoenix");
  final ByHand person = new ByHand(world.aws);

  @BeforeEach
  void anEnvironment() {
    faults.environment.getSpec().defaults.infrastructureRoleArn = ROLE;
    faults.environment();
  }

  @AfterEach
  void close() {
    world.close();
  }

  void strategy(String strategy) {
    faults.app.getSpec().rollout = new Rollout();
    faults.app.getSpec().rollout.strategy = strategy;
    if (RolloutStrategy.shiftsTraffic(strategy)) {
      faults.app.getSpec().rollout.bakeTimeMinutes = 2;
    }
    if (strategy.equals(RolloutStrategy.CANARY)) {
      faults.app.getSpec().rollout.canary = new CanaryShare();
      faults.app.getSpec().rollout.canary.percent = 20;
      faults.app.getSpec().rollout.canary.bakeMinutes = 2;
    }
  }

  /** The app with two tasks and a strategy, settled, under requests from now on. */
  void start(String strategy) {
    strategy(strategy);
    faults.app.getSpec().replicas = 2;
    faults.applyAndSettle();
    requests.keepSending("web", "any.example.com", "/");
  }

  void image(String image) {
    faults.app.getSpec().image = image;
    faults.apply();
  }

  String stage() {
    var deployments = faults.stored().getStatus().deployments;
    return deployments.isEmpty() ? null : deployments.get(0).stage;
  }

  void untilStage(String stage) {
    world.runUntil(stage, LONG_ENOUGH, () -> stage.equals(stage()));
  }

  void untilReady(String image) {
    world.runUntil(
        image + " is ready",
        LONG_ENOUGH,
        () ->
            world.ready("FargateApp", "web")
                && image.equals(faults.stored().getStatus().serving.shortImage));
  }

  Condition condition(ConditionType type) {
    return faults.condition(type).orElseThrow(() -> new AssertionError(world.describe()));
  }

  Rule rule() {
    String arn =
        faults.stored().getStatus().resources.stream()
            .filter(resource -> resource.kind.equals("ListenerRule"))
            .findFirst()
            .orElseThrow()
            .arn;
    return person.elb().describeRules(request -> request.ruleArns(arn)).rules().get(0);
  }

  List<TargetGroupTuple> forwards() {
    return rule().actions().get(0).forwardConfig().targetGroups();
  }

  /** The weights of the rule's groups, the smallest first: whichever group is whose. */
  String weights() {
    return forwards().stream()
        .map(TargetGroupTuple::weight)
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining("/"));
  }

  /** The name of the target group that has all traffic. */
  String serving() {
    return requests.send("web", "any.example.com", "/");
  }

  long targetGroups() {
    return person.elb().describeTargetGroups().targetGroups().size();
  }

  void settledAndLeftAlone() {
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
    world.run(Duration.ofMinutes(3));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(requests.failed).isEmpty();
    assertThat(condition(ConditionType.SYNCED).getStatus()).isEqualTo("True");
    assertThat(condition(ConditionType.READY).getStatus()).isEqualTo("True");
  }

  List<String> refusedByAws() {
    return world.aws.calls().writes().stream()
        .filter(call -> call.error().isPresent())
        .map(call -> call.name() + " " + call.error().get())
        .toList();
  }
}
