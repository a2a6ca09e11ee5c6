package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A string that nobody else would write stands in a Secret, and in an error text of AWS that quotes
 * it; then all that the process itself shows is searched for it: its output, its metrics, and what
 * it has written to Kubernetes and into task definitions.
 */
class ProcessCanariesTest {
  private static final String CANARY = "canary-in-a-process-5d20";

  @TempDir private Path folder;

  @Test
  void whatAProcessShowsHasNoSecretValueInIt() throws IOException {
    try (ClusterAndAws world = new ClusterAndAws()) {
      world.cluster().createNamespace(Chart.NAMESPACE);
      putSecret(world, CANARY);
      List<ObjectNode> phoenix = withToken();
      try (OperatorProcess operator =
          new OperatorProcess(
              Chart.with(Map.of("allowEndpointOverrides", true)),
              world.cluster(),
              folder,
              Map.of("AWS_ACCESS_KEY_ID", "AKIDCANARY", "AWS_SECRET_ACCESS_KEY", "none"))) {
        world.apply(phoenix);
        world.untilReady(phoenix);
        world
            .aws()
            .faults()
            .on("secretsmanager:PutSecretValue")
            .fail("InvalidParameterException", "bad value: {\"API_TOKEN\":\"" + CANARY + "-2\"}");
        putSecret(world, CANARY + "-2");
        ObjectNode app = app(phoenix);
        ((ObjectNode) app.path("spec")).put("stopTimeoutSeconds", 31);
        world.apply(List.of(app));
        await("the error is told without what it quotes")
            .atMost(ClusterAndAws.PATIENCE)
            .until(
                () ->
                    Serialization.asJson(world.cluster().resource(app).get())
                        .contains("quotes a secret value"));

        List<String> shown = new ArrayList<>(List.of(operator.output(), operator.body("/metrics")));
        for (ObjectNode object : phoenix) {
          shown.add(Serialization.asJson(world.cluster().resource(object).get()));
        }
        shown.add(Serialization.asJson(world.cluster().client().v1().events().list()));
        world
            .aws()
            .calls()
            .named("ecs:RegisterTaskDefinition")
            .forEach(call -> shown.add(call.input().toString()));
        assertThat(shown).hasSizeGreaterThan(5).noneMatch(text -> text.contains("canary-in-a"));
        assertThat(shown).anyMatch(text -> text.contains("API_TOKEN"));
      }
    }
  }

  private static void putSecret(ClusterAndAws world, String value) {
    world
        .cluster()
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("api")
                .withNamespace("default")
                .endMetadata()
                .addToStringData("token", value)
                .build())
        .serverSideApply();
  }

  private static List<ObjectNode> withToken() {
    List<ObjectNode> phoenix = ClusterAndAws.phoenix().stream().map(ObjectNode::deepCopy).toList();
    ObjectNode variable =
        ((ObjectNode) app(phoenix).path("spec"))
            .withArray("env")
            .addObject()
            .put("name", "API_TOKEN");
    variable
        .putObject("valueFrom")
        .putObject("secretKeyRef")
        .put("name", "api")
        .put("key", "token");
    return phoenix;
  }

  private static ObjectNode app(List<ObjectNode> objects) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals("FargateApp"))
        .findFirst()
        .orElseThrow();
  }
}
