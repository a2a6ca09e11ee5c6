package dev.fargate.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WireFormatTest {

  private final KubernetesSerialization kubernetes = new KubernetesSerialization();
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void anAppIsWrittenAsItWasRead() throws IOException {
    String app =
        """
        {"apiVersion": "fargate.dev/v1alpha1", "kind": "FargateApp",
         "metadata": {"name": "phoenix", "namespace": "default"},
         "spec": {
           "image": "phoenix:1", "cpu": 256, "memoryMiB": 512, "args": ["--port", "3000"],
           "ports": [{"name": "http", "containerPort": 3000}],
           "env": [
             {"name": "EMPTY", "value": ""},
             {"name": "DB_CONNECTION_STRING",
              "valueFrom": {"databaseRef": {"name": "phoenix", "key": "connectionString"}}}],
           "ingresses": [{"name": "web", "paths": ["/*"], "healthCheck": {"path": "/healthz"}}],
           "network": {"subnets": {"tags": {"tier": "private"}}},
           "tags": {"team": ""}},
         "status": {"running": "1/1", "serving": {"shortImage": "phoenix:1"},
           "conditions": [{"type": "Ready", "status": "True"}]}}
        """;

    assertThat(rewritten(app, FargateApp.class)).isEqualTo(json.readTree(app));
  }

  @Test
  void aDatabaseIsWrittenAsItWasRead() throws IOException {
    String database =
        """
        {"apiVersion": "fargate.dev/v1alpha1", "kind": "FargateDatabase",
         "metadata": {"name": "phoenix", "namespace": "default"},
         "spec": {"engine": "mongodb", "version": "7.0", "databaseName": "demoDB",
           "storage": {"ephemeral": {}}}}
        """;

    assertThat(rewritten(database, FargateDatabase.class)).isEqualTo(json.readTree(database));
  }

  @Test
  void anEnvironmentIsWrittenAsItWasRead() throws IOException {
    String environment =
        """
        {"apiVersion": "fargate.dev/v1alpha1", "kind": "FargateEnvironment",
         "metadata": {"name": "phoenix"},
         "spec": {"region": "eu-central-1", "cluster": {"name": "phoenix"},
           "network": {"vpcId": "vpc-0a", "subnets": {"ids": ["subnet-0a", "subnet-0b"]}},
           "loadBalancers": [{"name": "web", "listeners": [{"port": 80, "protocol": "HTTP"}]}]}}
        """;

    assertThat(rewritten(environment, FargateEnvironment.class))
        .isEqualTo(json.readTree(environment));
  }

  @Test
  void valuesAndFieldsOfANewerVersionDoNotStopTheReader() {
    FargateApp app =
        kubernetes.unmarshal(
            """
            {"apiVersion": "fargate.dev/v1alpha1", "kind": "FargateApp",
             "metadata": {"name": "a"},
             "spec": {"mode": "Dream", "rollout": {"strategy": "Teleport", "speed": 9},
               "ports": [{"name": "x", "protocol": "quic", "lanes": 2}], "future": {}}}
            """,
            FargateApp.class);

    assertThat(app.getSpec().mode).isEqualTo("Dream");
    assertThat(app.getSpec().rollout.strategy).isEqualTo("Teleport");
  }

  /** So that who patches a finalizer or a status comes to own nothing else. */
  @Test
  void whatWasNotSetIsNotSent() {
    assertThat(kubernetes.asJson(new FargateApp())).doesNotContain("status", "spec");
    assertThat(kubernetes.asJson(new FargateDatabase())).doesNotContain("status", "spec");
    assertThat(kubernetes.asJson(new FargateEnvironment())).doesNotContain("status", "spec");
  }

  private JsonNode rewritten(String text, Class<?> type) throws IOException {
    return json.readTree(kubernetes.asJson(kubernetes.unmarshal(text, type)));
  }
}
