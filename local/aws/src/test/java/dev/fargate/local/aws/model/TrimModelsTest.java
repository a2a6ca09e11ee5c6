package dev.fargate.local.aws.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrimModelsTest {
  private static final String MODEL =
      """
      {"metadata": {"protocol": "json"},
       "operations": {
         "Keep": {"name": "Keep", "input": {"shape": "In"}, "documentation": "long"},
         "Drop": {"name": "Drop", "http": {"method": "GET"}, "input": {"shape": "Other"}}},
       "shapes": {
         "In": {"type": "structure", "members": {"a": {"shape": "L", "documentation": "long"}}},
         "L": {"type": "list", "member": {"shape": "E"}},
         "E": {"type": "string", "enum": ["x"]},
         "Other": {"type": "structure", "members": {}}}}
      """;

  @Test
  void onlyTheOperationsInUseAndTheirShapesStayAndTheOthersAreKnownByName() throws IOException {
    ObjectNode trimmed = TrimModels.trim(json(MODEL), section("Keep"));
    assertThat(trimmed.get("shapes").fieldNames()).toIterable().containsOnly("In", "L", "E");
    assertThat(trimmed.get("otherOperations").toString())
        .isEqualTo("{\"Drop\":{\"method\":\"GET\"}}");
    assertThat(trimmed.toString()).doesNotContain("documentation", "long");
  }

  @Test
  void anOperationThatAwsDoesNotHaveFailsTheBuild() {
    assertThatThrownBy(() -> TrimModels.trim(json(MODEL), section("Kep")))
        .hasMessageContaining("operation Kep is not in model m");
  }

  @Test
  void anAdditionBringsMembersAndEnumValues() throws IOException {
    ObjectNode model = json(MODEL);
    TrimModels.add(
        json(
            """
            {"shapes": {"In": {"members": {"b": {"shape": "E"}}}, "E": {"enum": ["y"]}}}
            """),
        model);
    assertThat(model.at("/shapes/In/members").fieldNames()).toIterable().containsExactly("a", "b");
    assertThat(model.at("/shapes/E/enum").toString()).isEqualTo("[\"x\",\"y\"]");
  }

  private static OperationsFile.Section section(String operation) {
    return new OperationsFile.Section("s", "m", Set.of(operation));
  }

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) new ObjectMapper().readTree(text);
  }
}
