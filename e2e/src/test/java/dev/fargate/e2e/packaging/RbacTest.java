package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.record.Call;
import dev.fargate.local.kube.wire.StatusError;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The operator's rights in Kubernetes, against what it calls and owns in a whole life. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RbacTest {
  private static final Map<String, Object> WITH_SECRETS = Map.of("rbac.connectionSecrets", true);

  private static final Set<String> WRITES_OF_SECRETS =
      Set.of("create /secrets", "update /secrets", "delete /secrets");

  private static final String LEASES = "coordination.k8s.io/leases";

  /** Every authenticated account may ask what it may do; Kubernetes itself grants that. */
  private static final String EVERYBODYS = "authorization.k8s.io/selfsubjectrulesreviews";

  /**
   * Never called, but the operator SDK does not begin to elect without it in the account's rules.
   */
  private static final String ASKED_FOR_BY_THE_SDK = "update " + LEASES;

  private static final String MANAGER = "fargate-operator";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> called = new TreeSet<>();

  /** What it owns of each kind once all is Ready: of objects that people and GitOps tools write. */
  private final Map<String, Set<String>> owned = new TreeMap<>();

  private List<Call> leaseCalls;

  @BeforeAll
  void liveAWholeLife() {
    try (RunningOperator operator = new RunningOperator(Chart.NAMESPACE)) {
      List<ObjectNode> phoenix = phoenixWithReferences();
      operator.apply(references());
      operator.apply(phoenix);
      operator.untilReady(phoenix);
      for (ObjectNode object : phoenix) {
        owned.put(object.path("kind").asText(), owned(operator.cluster(), object));
      }
      connectionSecretIsMadeMendedAndTakenBack(operator, phoenix);
      // Somebody else wrote in between: the finalizer is taken off only after another look.
      for (String kind : List.of("fargateapps", "fargatedatabases", "fargateenvironments")) {
        operator
            .cluster()
            .server()
            .api()
            .faults()
            .failCall(
                1,
                operator.own(finalizerOf(kind)),
                StatusError.conflict(
                    new StatusError.Subject("fargate.dev", kind, "phoenix"), "somebody wrote"));
      }
      operator.delete(phoenix);
      operator.calls().stream().map(RbacTest::right).forEach(called::add);
      leaseCalls = operator.calls().stream().filter(call -> right(call).endsWith(LEASES)).toList();
    }
    called.remove("create " + EVERYBODYS);
  }

  private static void connectionSecretIsMadeMendedAndTakenBack(
      RunningOperator operator, List<ObjectNode> phoenix) {
    ObjectNode database =
        phoenix.stream()
            .filter(object -> object.path("kind").asText().equals("FargateDatabase"))
            .findFirst()
            .orElseThrow();
    var secret =
        operator
            .cluster()
            .client()
            .secrets()
            .inNamespace("default")
            .withName(database.at("/metadata/name").asText() + "-connection");
    ((ObjectNode) database.path("spec")).put("connectionSecret", true);
    operator.apply(List.of(database));
    Awaitility.await("it is made").atMost(ClusterAndAws.PATIENCE).until(() -> secret.get() != null);
    secret.edit(made -> new SecretBuilder(made).addToData("password", "d3Jvbmc=").build());
    lookAgain(operator, database, "first");
    Awaitility.await("it is mended")
        .atMost(ClusterAndAws.PATIENCE)
        .until(() -> !secret.get().getData().get("password").equals("d3Jvbmc="));
    ((ObjectNode) database.path("spec")).put("connectionSecret", false);
    operator.apply(List.of(database));
    Awaitility.await("it is taken back")
        .atMost(ClusterAndAws.PATIENCE)
        .until(() -> secret.get() == null);
  }

  /** Not a minute later by itself, but now. */
  private static void lookAgain(RunningOperator operator, ObjectNode object, String request) {
    object.withObject("/metadata/annotations").put("fargate.dev/reconcile", request);
    operator.apply(List.of(object));
  }

  @Test
  void inTheClusterItMayDoWhatItDoesAndNothingElse() {
    Set<String> beyondLeases = new TreeSet<>(called);
    beyondLeases.removeIf(right -> right.endsWith(LEASES));
    assertThat(rights(Chart.with(WITH_SECRETS).the("ClusterRole"))).isEqualTo(beyondLeases);
  }

  @Test
  void withoutConnectionSecretsItMayWriteNoSecret() {
    Set<String> rights = rights(Chart.with(WITH_SECRETS).the("ClusterRole"));
    rights.removeAll(WRITES_OF_SECRETS);
    assertThat(rights(Chart.with(Map.of()).the("ClusterRole"))).isEqualTo(rights);
  }

  @Test
  void withLeasesItMayDoWhatItDoesAndNothingElse() {
    Set<String> withLeases = new TreeSet<>(called);
    withLeases.removeIf(right -> !right.endsWith(LEASES));
    withLeases.add(ASKED_FOR_BY_THE_SDK);
    assertThat(rights(Chart.with(Map.of()).the("Role"))).isEqualTo(withLeases);
  }

  @Test
  void onlyItsOwnLeaseInItsOwnNamespaceIsTouched() {
    assertThat(leaseCalls)
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.namespace()).isEqualTo(Chart.NAMESPACE))
        .extracting(Call::name)
        .filteredOn(name -> !name.isEmpty())
        .containsOnly("fargate-operator");
    assertThat(Chart.with(Map.of()).the("Role").path("rules"))
        .filteredOn(rule -> !strings(rule.path("verbs")).equals(Set.of("create")))
        .allSatisfy(
            rule ->
                assertThat(strings(rule.path("resourceNames")))
                    .containsExactly("fargate-operator"));
  }

  @Test
  void withoutLeaderElectionItNeedsNoLeaseAndHasNoRightToOne() {
    Chart chart = Chart.with(Map.of("leaderElection.enabled", false));
    assertThat(chart.find("Role")).isEmpty();
    try (RunningOperator operator = new RunningOperator(null)) {
      List<ObjectNode> environment =
          phoenixWithReferences().stream()
              .filter(object -> object.path("kind").asText().equals("FargateEnvironment"))
              .toList();
      operator.apply(environment);
      operator.untilReady(environment);
      assertThat(operator.calls().stream().map(RbacTest::right).collect(Collectors.toSet()))
          .isNotEmpty()
          .isSubsetOf(rights(chart.the("ClusterRole")));
    }
  }

  @Test
  void ofEachKindItOwnsItsFinalizerAndTheStatusAndNothingElse() {
    assertThat(owned).containsOnlyKeys("FargateApp", "FargateDatabase", "FargateEnvironment");
    owned.forEach(
        (kind, paths) ->
            assertThat(paths)
                .as(kind)
                .containsExactly(
                    "f:metadata/f:finalizers/v:\"fargate.dev/finalizer\"", "f:status"));
  }

  @Test
  void everyRightIsBoundToTheOperatorsAccount() {
    Chart chart = Chart.with(Map.of());
    for (String kind : List.of("ClusterRole", "Role")) {
      JsonNode binding = chart.the(kind + "Binding");
      assertThat(binding.at("/roleRef/kind").asText()).isEqualTo(kind);
      assertThat(binding.at("/roleRef/name")).isEqualTo(chart.the(kind).at("/metadata/name"));
      assertThat(binding.at("/subjects/0/name"))
          .isEqualTo(chart.podSpec().path("serviceAccountName"));
    }
  }

  /** The paths that the operator manages, the status as one. */
  private static Set<String> owned(LocalCluster cluster, ObjectNode object) {
    Set<String> paths = new TreeSet<>();
    for (ManagedFieldsEntry entry :
        cluster.resource(object).get().getMetadata().getManagedFields()) {
      if (entry.getManager().equals(MANAGER)) {
        collect("", JSON.valueToTree(entry.getFieldsV1()), paths);
      }
    }
    return paths;
  }

  private static void collect(String path, JsonNode fields, Set<String> paths) {
    if (path.equals("f:status") || (!path.isEmpty() && fields.isEmpty())) {
      paths.add(path);
      return;
    }
    fields
        .properties()
        .forEach(
            field ->
                collect(
                    path.isEmpty() ? field.getKey() : path + "/" + field.getKey(),
                    field.getValue(),
                    paths));
  }

  private static Predicate<Call> finalizerOf(String resource) {
    return call -> call.verb().equals("patch") && call.rbacResource().equals(resource);
  }

  /** For example {@code patch fargate.dev/fargateapps/status}. */
  private static String right(Call call) {
    return call.verb() + " " + call.group() + "/" + call.rbacResource();
  }

  private static Set<String> rights(JsonNode role) {
    Set<String> rights = new TreeSet<>();
    for (JsonNode rule : role.path("rules")) {
      for (String group : strings(rule.path("apiGroups"))) {
        for (String resource : strings(rule.path("resources"))) {
          for (String verb : strings(rule.path("verbs"))) {
            rights.add(verb + " " + group + "/" + resource);
          }
        }
      }
    }
    return rights;
  }

  private static Set<String> strings(JsonNode list) {
    Set<String> strings = new TreeSet<>();
    list.forEach(value -> strings.add(value.asText()));
    return strings;
  }

  private static List<ObjectNode> references() {
    return Repository.documents(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: keys, namespace: default}
        stringData: {api: open-sesame}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: default}
        data: {colour: blue}
        """);
  }

  /** The sample for one namespace, and an app that refers to all it can refer to. */
  private static List<ObjectNode> phoenixWithReferences() {
    List<ObjectNode> objects = ClusterAndAws.phoenix();
    for (ObjectNode object : objects) {
      if (object.path("kind").asText().equals("FargateEnvironment")) {
        // Only a selector asks for namespaces.
        ObjectNode spec = (ObjectNode) object.path("spec");
        spec.withObject("/access/namespaces")
            .put("from", "Selector")
            .withObject("/selector/matchLabels")
            .put("kubernetes.io/metadata.name", "default");
      }
      if (object.path("kind").asText().equals("FargateApp")) {
        ArrayNode env = (ArrayNode) object.at("/spec/env");
        env.addObject()
            .put("name", "API_KEY")
            .putObject("valueFrom")
            .putObject("secretKeyRef")
            .put("name", "keys")
            .put("key", "api");
        env.addObject()
            .put("name", "COLOUR")
            .putObject("valueFrom")
            .putObject("configMapKeyRef")
            .put("name", "settings")
            .put("key", "colour");
      }
    }
    return objects;
  }
}
