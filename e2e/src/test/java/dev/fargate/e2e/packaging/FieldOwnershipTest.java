package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the operator owns of objects that people and GitOps tools write. */
class FieldOwnershipTest {
  private static final String MANAGER = "fargate-operator";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void ofEachKindItOwnsItsFinalizerAndTheStatusAndNothingElse() {
    List<ObjectNode> phoenix = ClusterAndAws.phoenix();
    assertThat(phoenix)
        .extracting(object -> object.path("kind").asText())
        .contains("FargateApp", "FargateDatabase", "FargateEnvironment");
    try (RunningOperator operator = new RunningOperator(null)) {
      operator.apply(phoenix);
      operator.untilReady(phoenix);
      for (ObjectNode object : phoenix) {
        assertThat(owned(operator.cluster(), object))
            .as(object.path("kind").asText())
            .containsExactly("f:metadata/f:finalizers/v:\"fargate.dev/finalizer\"", "f:status");
      }
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
}
