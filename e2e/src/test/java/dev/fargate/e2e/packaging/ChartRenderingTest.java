package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartRenderingTest {
  @TempDir private Path folder;

  @Test
  void helmHasNothingToSayAgainstTheChart() throws IOException {
    Path copy = copyWithOwner();
    LintResult result = new Helm(copy).lint().strict().call();
    assertThat(result.getMessages()).noneMatch(message -> message.matches("(?i).*(error|warn).*"));
    assertThat(result.isFailed()).isFalse();
  }

  @Test
  void withoutOwnerIdItRefusesAndNamesIt() {
    assertThatThrownBy(() -> Chart.rendered(Map.of())).hasMessageContaining("ownerId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Prod", "a_b", "a.b", "123456789-123456789-1", ""})
  void anOwnerIdThatCannotBeATagIsRefusedByName(String ownerId) {
    assertThatThrownBy(() -> Chart.rendered(Map.of("ownerId", ownerId)))
        .hasMessageContaining("ownerId");
  }

  @ParameterizedTest
  @CsvSource({
    "replica, 2, replica",
    "leaderElection.enable, true, enable",
    "replicas, many, replicas",
    "logging.level, LOUD, level",
    "image.digest, sha256:123, digest",
    "image.pullPolicy, Sometimes, pullPolicy",
    "serviceAccount.roleArn, fargate-operator, roleArn",
    "podDisruptionBudget.maxUnavailable, 0, maxUnavailable"
  })
  void aMisspeltOrImpossibleValueIsRefusedByName(String path, String value, String named) {
    assertThatThrownBy(() -> Chart.with(Map.of(path, value))).hasMessageContaining(named);
  }

  @Test
  void severalReplicasWithoutLeaderElectionAreRefused() {
    assertThatThrownBy(() -> Chart.with(Map.of("replicas", 2, "leaderElection.enabled", false)))
        .hasMessageContaining("enable leaderElection or set replicas to 1");
  }

  @Test
  void anAccountThatIsNotCreatedNeedsAName() {
    assertThatThrownBy(() -> Chart.with(Map.of("serviceAccount.create", false)))
        .hasMessageContaining("serviceAccount.name is required");
    Chart named =
        Chart.with(Map.of("serviceAccount.create", false, "serviceAccount.name", "theirs"));
    assertThat(named.find("ServiceAccount")).isEmpty();
    assertThat(named.podSpec().path("serviceAccountName").asText()).isEqualTo("theirs");
    assertThat(named.the("ClusterRoleBinding").at("/subjects/0/name").asText()).isEqualTo("theirs");
    assertThat(named.the("RoleBinding").at("/subjects/0/name").asText()).isEqualTo("theirs");
  }

  @Test
  void byDefaultThereIsEverythingThatOneOperatorNeeds() {
    Chart chart = Chart.with(Map.of());
    assertThat(chart.kinds())
        .containsExactly(
            "ClusterRole",
            "ClusterRoleBinding",
            "Deployment",
            "PodDisruptionBudget",
            "Role",
            "RoleBinding",
            "Service",
            "ServiceAccount");
    assertThat(chart.the("Deployment").at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(chart.the("Deployment").at("/spec/strategy/type").asText())
        .isEqualTo("RollingUpdate");
    assertThat(chart.env("FARGATE_OWNER_ID")).isEqualTo("example");
    assertThat(chart.env("FARGATE_LEADER_ELECTION")).isEqualTo("true");
  }

  @Test
  void everyNamespacedObjectSaysItsNamespace() {
    assertThat(Chart.with(Map.of("networkPolicy.enabled", true)).objects())
        .filteredOn(object -> !object.path("kind").asText().startsWith("Cluster"))
        .allMatch(object -> object.at("/metadata/namespace").asText().equals(Chart.NAMESPACE));
  }

  @Test
  void withoutLeaderElectionTwoOperatorsNeverRunAtOnceAndNoLeaseIsGranted() {
    Chart chart = Chart.with(Map.of("leaderElection.enabled", false));
    assertThat(chart.kinds()).doesNotContain("Role", "RoleBinding");
    assertThat(chart.env("FARGATE_LEADER_ELECTION")).isEqualTo("false");
    assertThat(chart.the("Deployment").at("/spec/strategy/type").asText()).isEqualTo("Recreate");
  }

  @Test
  void severalReplicasAvoidEachOthersNode() {
    Chart chart = Chart.with(Map.of("replicas", 2));
    assertThat(
            chart
                .podSpec()
                .at(
                    "/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/0"
                        + "/podAffinityTerm/labelSelector/matchLabels"))
        .isEqualTo(chart.the("Deployment").at("/spec/selector/matchLabels"));
    assertThat(Chart.with(Map.of()).podSpec().has("affinity")).isFalse();
  }

  @Test
  void theRoleForServiceAccountsIsAnAnnotation() {
    String arn = "arn:aws:iam::123456789012:role/fargate-operator";
    assertThat(
            Chart.with(Map.of("serviceAccount.roleArn", arn))
                .the("ServiceAccount")
                .at("/metadata/annotations/eks.amazonaws.com~1role-arn")
                .asText())
        .isEqualTo(arn);
    assertThat(Chart.with(Map.of()).the("ServiceAccount").path("metadata").has("annotations"))
        .isFalse();
  }

  @Test
  void aDigestWinsOverATag() {
    String digest = "sha256:" + "0123456789abcdef".repeat(4);
    Map<String, String> tag = Map.of("image.repository", "r.example/op", "image.tag", "1.2.3");
    assertThat(Chart.with(tag).container().path("image").asText()).isEqualTo("r.example/op:1.2.3");
    assertThat(
            Chart.with(Map.of("image.repository", "r.example/op", "image.digest", digest))
                .container()
                .path("image")
                .asText())
        .isEqualTo("r.example/op@" + digest);
  }

  @Test
  void theOperatorHasNoRightsOnItsNode() {
    Chart chart = Chart.with(Map.of());
    JsonNode pod = chart.podSpec().path("securityContext");
    assertThat(pod.path("runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    JsonNode container = chart.container().path("securityContext");
    assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    assertThat(chart.podSpec().at("/volumes/0").has("emptyDir")).isTrue();
    assertThat(chart.container().at("/volumeMounts/0/mountPath").asText()).isEqualTo("/tmp");
  }

  @Test
  void aNetworkPolicyLetsNothingOutButNamesTheApiAndAws() {
    JsonNode policy = Chart.with(Map.of("networkPolicy.enabled", true)).the("NetworkPolicy");
    assertThat(policy.at("/spec/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
    assertThat(policy.at("/spec/egress").findValuesAsText("port"))
        .containsExactly("53", "53", "443", "6443", "80");
    assertThat(policy.at("/spec/ingress").findValuesAsText("port")).containsExactly("8080");
    assertThat(policy.at("/spec/podSelector/matchLabels"))
        .isEqualTo(Chart.with(Map.of()).the("Deployment").at("/spec/template/metadata/labels"));
  }

  @Test
  void endpointOverridesNeedAWord() {
    assertThat(Chart.with(Map.of()).container().path("args").toString()).isEqualTo("[\"run\"]");
    assertThat(
            Chart.with(Map.of("allowEndpointOverrides", true)).container().path("args").toString())
        .isEqualTo("[\"run\",\"--allow-endpoint-overrides\"]");
  }

  @Test
  void aDefaultEnvironmentNeedsASpecAndOutlivesTheRelease() {
    assertThatThrownBy(() -> Chart.with(Map.of("environment.create", true)))
        .hasMessageContaining("environment.spec is empty");
    JsonNode environment =
        Chart.with(Map.of("environment.create", true, "environment.spec.region", "eu-central-1"))
            .the("FargateEnvironment");
    assertThat(environment.at("/metadata/name").asText()).isEqualTo("default");
    assertThat(environment.at("/spec/region").asText()).isEqualTo("eu-central-1");
    assertThat(environment.at("/metadata/annotations/helm.sh~1resource-policy").asText())
        .isEqualTo("keep");
  }

  @Test
  void theChartsVersionIsTheProjects() {
    String pom = Repository.text(Repository.root().resolve("pom.xml"));
    String version = pom.replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
    JsonNode chart =
        Repository.documents(Repository.text(Repository.chart().resolve("Chart.yaml"))).get(0);
    assertThat(List.of(chart.path("version").asText(), chart.path("appVersion").asText()))
        .containsOnly(version);
  }

  /** helm lint takes values from the chart only, and the chart has no owner id. */
  private Path copyWithOwner() throws IOException {
    Path copy = folder.resolve("fargate-operator");
    try (Stream<Path> files = Files.walk(Repository.chart())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(Repository.chart().relativize(file).toString()));
      }
    }
    Path values = copy.resolve("values.yaml");
    Files.writeString(values, Files.readString(values) + "\nownerId: example\n");
    return copy;
  }
}
