package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.aws.call.Call;
import dev.fargate.local.aws.call.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of the operator, as the chart starts them with two replicas; one leads. */
class FailOverTest {
  /** Their access keys, by which AWS tells whose call it was. */
  private static final String FIRST = "AKIDFIRST";

  private static final String SECOND = "AKIDSECOND";
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

  @TempDir private Path folder;
  private final ClusterAndAws world = new ClusterAndAws();
  private OperatorProcess first;
  private OperatorProcess second;

  /** Phoenix is Ready by the first, and the second stands by. */
  @BeforeEach
  void start() throws IOException {
    world.cluster().createNamespace(Chart.NAMESPACE);
    first = operator(FIRST);
    ready(first);
    world.apply(PHOENIX);
    world.untilReady(PHOENIX);
    second = operator(SECOND);
    ready(second);
    assertThat(calls(SECOND)).as("a standby calls nothing in AWS").isEmpty();
  }

  @AfterEach
  void stop() {
    for (OperatorProcess operator : new OperatorProcess[] {first, second}) {
      if (operator != null) {
        operator.close();
      }
    }
    world.close();
  }

  @Test
  void whoTakesOverSeesEverythingWritesNothingAndThenCarriesOutAChange() {
    first.kill();
    await("the second leads and has seen everything")
        .atMost(ClusterAndAws.PATIENCE)
        .untilAsserted(() -> assertThat(reads(SECOND)).containsAll(A_LOOK_AT_EVERYTHING));
    assertThat(writes(SECOND)).as("for what has not changed").isEmpty();

    changeImage("1.1.0");
    serves("1.1.0");
    assertThat(writes(SECOND))
        .as("one revision, one update; nothing was made up for before")
        .startsWith(REGISTER, "ecs:UpdateService")
        .doesNotHaveDuplicates();
    assertThat(writes(SECOND)).noneMatch(name -> name.contains(":Create"));
  }

  /** While it was frozen, what it was about to write stays wanted: AWS takes it from nobody. */
  @Test
  void whoWasFrozenWritesNothingOnWakingAndEnds() throws Exception {
    Fault refused = world.aws().faults().on(REGISTER).fail("ThrottlingException", "not now");
    changeImage("1.1.0");
    triesToRegister(FIRST);
    first.freeze();
    triesToRegister(SECOND);
    int before = writes(FIRST).size();
    first.wake();
    assertThat(first.endsWithin((int) ClusterAndAws.PATIENCE.toSeconds()))
        .as(first::output)
        .isTrue();
    assertThat(first.exitCode()).as("so that the kubelet starts it again").isEqualTo(1);
    assertThat(writes(FIRST)).as("of the one that was frozen").hasSize(before);
    refused.cancel();
    serves("1.1.0");
  }

  private void triesToRegister(String accessKey) {
    await(accessKey + " leads and tries to register a revision")
        .atMost(ClusterAndAws.PATIENCE)
        .until(
            () -> {
              List<String> writes = writes(accessKey);
              return !writes.isEmpty() && writes.get(writes.size() - 1).equals(REGISTER);
            });
  }

  private OperatorProcess operator(String accessKey) throws IOException {
    return new OperatorProcess(
        CHART,
        world.cluster(),
        Files.createDirectory(folder.resolve(accessKey)),
        Map.of("AWS_ACCESS_KEY_ID", accessKey, "AWS_SECRET_ACCESS_KEY", "none"));
  }

  private static void ready(OperatorProcess operator) {
    await("it is ready")
        .atMost(ClusterAndAws.PATIENCE)
        .until(() -> operator.status("/readyz") == 200);
  }

  private List<Call> calls(String accessKey) {
    return world.aws().calls().matching(call -> call.principal().equals(accessKey));
  }

  private Set<String> reads(String accessKey) {
    return calls(accessKey).stream()
        .filter(call -> !call.isWrite())
        .map(Call::name)
        .collect(Collectors.toSet());
  }

  private List<String> writes(String accessKey) {
    return calls(accessKey).stream().filter(Call::isWrite).map(Call::name).toList();
  }

  private static ObjectNode app() {
    return PHOENIX.stream()
        .filter(object -> object.path("kind").asText().equals("FargateApp"))
        .findFirst()
        .orElseThrow();
  }

  /** As {@code kubectl apply} does. */
  private void changeImage(String tag) {
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
