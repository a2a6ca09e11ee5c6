package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.aws.call.Call;
import dev.fargate.local.aws.call.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of the operator, as the chart starts them with two replicas; one leads. */
class FailOverTest {
  private static final String REGISTER = "ecs:RegisterTaskDefinition";

  private static final Set<String> A_LOOK_AT_EVERYTHING =
      Set.of(
          "application-autoscaling:DescribeScalingPolicies",
          "ec2:DescribeSecurityGroupRules",
          "ecs:DescribeServices",
          "elasticloadbalancing:DescribeListeners",
          "elasticloadbalancing:DescribeRules",
          "elasticloadbalancing:DescribeTargetGroups",
          "logs:DescribeLogGroups",
          "secretsmanager:ListSecrets",
          "servicediscovery:ListServices");

  private static final List<ObjectNode> PHOENIX = ClusterAndAws.phoenix();
  private static final Chart CHART =
      Chart.with(Map.of("replicas", 2, "allowEndpointOverrides", true));

  @TempDir private static Path folder;
  private static final ClusterAndAws world = new ClusterAndAws();
  private static final List<OperatorProcess> started = new ArrayList<>();

  /** Leads; after a test the one that stood by does. */
  private static Operator first;

  private Operator second;

  /**
   * A process of it.
   *
   * @param key its access key, by which AWS tells whose call it was
   */
  private record Operator(OperatorProcess process, String key) {}

  @BeforeAll
  static void start() throws IOException {
    world.cluster().createNamespace(Chart.NAMESPACE);
    first = operator();
    world.apply(PHOENIX);
    world.untilReady(PHOENIX);
  }

  /** Phoenix is Ready by the first, and the second stands by. */
  @BeforeEach
  void standBy() throws IOException {
    second = operator();
    assertThat(calls(second)).as("a standby calls nothing in AWS").isEmpty();
  }

  @AfterEach
  void follow() {
    first = second;
  }

  @AfterAll
  static void stop() {
    started.forEach(OperatorProcess::close);
    world.close();
  }

  @Test
  void whoTakesOverSeesEverythingWritesNothingAndThenCarriesOutAChange() {
    first.process.kill();
    await("the second leads and has seen everything")
        .atMost(ClusterAndAws.PATIENCE)
        .untilAsserted(() -> assertThat(reads(second)).containsAll(A_LOOK_AT_EVERYTHING));
    assertThat(writes(second)).as("for what has not changed").isEmpty();

    changeImage("1.1.0");
    serves("1.1.0");
    assertThat(writes(second))
        .as("one revision, one update; nothing was made up for before")
        .startsWith(REGISTER, "ecs:UpdateService")
        .doesNotHaveDuplicates();
    assertThat(writes(second)).noneMatch(name -> name.contains(":Create"));
  }

  /** While it was frozen, what it was about to write stays wanted: AWS takes it from nobody. */
  @Test
  void whoWasFrozenWritesNothingOnWakingAndEnds() throws Exception {
    Fault refused = world.aws().faults().on(REGISTER).fail("ThrottlingException", "not now");
    changeImage("1.2.0");
    triesToRegister(first);
    first.process.freeze();
    triesToRegister(second);
    int before = writes(first).size();
    first.process.wake();
    assertThat(first.process.endsWithin((int) ClusterAndAws.PATIENCE.toSeconds()))
        .as(first.process::output)
        .isTrue();
    assertThat(first.process.exitCode()).as("so that the kubelet starts it again").isEqualTo(1);
    assertThat(writes(first)).as("of the one that was frozen").hasSize(before);
    refused.cancel();
    serves("1.2.0");
  }

  /** The one before had other calls before: only what it tries now is its last. */
  private static void triesToRegister(Operator operator) {
    await(operator.key + " leads and tries to register a revision")
        .atMost(ClusterAndAws.PATIENCE)
        .until(
            () -> {
              List<Call> writes = calls(operator).stream().filter(Call::isWrite).toList();
              return !writes.isEmpty()
                  && writes.get(writes.size() - 1).name().equals(REGISTER)
                  && writes.get(writes.size() - 1).error().isPresent();
            });
  }

  /** Another one, ready. */
  private static Operator operator() throws IOException {
    String key = "AKIDNUMBER" + started.size();
    OperatorProcess process =
        new OperatorProcess(
            CHART,
            world.cluster(),
            Files.createDirectory(folder.resolve(key)),
            Map.of("AWS_ACCESS_KEY_ID", key, "AWS_SECRET_ACCESS_KEY", "none"));
    started.add(process);
    await("it is ready")
        .atMost(ClusterAndAws.PATIENCE)
        .until(() -> process.status("/readyz") == 200);
    return new Operator(process, key);
  }

  private static List<Call> calls(Operator operator) {
    return world.aws().calls().matching(call -> call.principal().equals(operator.key));
  }

  private static Set<String> reads(Operator operator) {
    return calls(operator).stream()
        .filter(call -> !call.isWrite())
        .map(Call::name)
        .collect(Collectors.toSet());
  }

  private static List<String> writes(Operator operator) {
    return calls(operator).stream().filter(Call::isWrite).map(Call::name).toList();
  }

  private static ObjectNode app() {
    return PHOENIX.stream()
        .filter(object -> object.path("kind").asText().equals("FargateApp"))
        .findFirst()
        .orElseThrow();
  }

  /** As {@code kubectl apply} does. */
  private static void changeImage(String tag) {
    ObjectNode changed = app().deepCopy();
    ((ObjectNode) changed.path("spec")).put("image", image(tag));
    world.apply(List.of(changed));
  }

  private static String image(String tag) {
    String image = app().at("/spec/image").asText();
    return image.substring(0, image.lastIndexOf(':') + 1) + tag;
  }

  private void serves(String tag) {
    await("the app serves " + tag)
        .atMost(ClusterAndAws.PATIENCE)
        .until(
            () ->
                String.valueOf(
                        world
                            .cluster()
                            .resource(app())
                            .get()
                            .<Object>get("status", "serving", "image"))
                    .equals(image(tag)));
  }
}
