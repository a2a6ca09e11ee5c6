package dev.fargate.operator.plan.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.operator.plan.Ignored;
import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.validate.AppValidation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code spec.ignore} may name is what the differs compare, and nothing that is not safe. */
class IgnorableTest {
  @Test
  void theApiNamesExactlyWhatTheDiffersGive() throws IOException {
    JsonNode crd =
        Serialization.unmarshal(
            Files.readString(Path.of("..", "crds", "fargateapps.yaml")), JsonNode.class);
    Set<String> named = new TreeSet<>();
    crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/ignore/items/enum")
        .forEach(value -> named.add(value.asText()));
    assertThat(named).isEqualTo(Differs.ignorable());
  }

  @Test
  void whatDecidesWhoOwnsOrReachesAThingOrWhatRunsIsNotAmongIt() {
    assertThat(Differs.ignorable())
        .noneMatch(
            property ->
                property.matches(
                    ".*(name|Arn|securityGroups|subnets|assignPublicIp|sourceCidrs|hosts|paths"
                        + "|forwards|priority|registries|loadBalancers|restartToken|content)$"))
        .noneMatch(property -> property.startsWith("TaskDefinition."))
        .noneMatch(property -> property.startsWith("SecurityGroup"))
        .noneMatch(property -> property.startsWith("Secret."));
  }

  static Object[][] rows() {
    return DiffersTest.changes().stream()
        .map(row -> row.get())
        .filter(row -> row[4] != Effect.REPLACE)
        .toArray(Object[][]::new);
  }

  /** Over the table of all fields: each is compared unless it is ignored, then it is not. */
  @ParameterizedTest
  @MethodSource("rows")
  void anIgnoredPropertyIsNoChange(
      Resource from, String field, Object to, String change, Effect effect) throws Exception {
    Kind kind = from.id().kind();
    Resource actual = DiffersTest.with(from, field, to);
    Set<String> named = new TreeSet<>();
    for (String property : Differs.ignorable()) {
      if (property.equals(kind.label() + "." + change)
          || change.startsWith(property.substring(property.indexOf('.') + 1) + ".")
              && property.startsWith(kind.label() + ".")) {
        named.add(property);
      }
    }
    Resource kept = new Ignored(named).keep(from, actual);
    if (named.isEmpty()) {
      assertThat(Differs.changes(actual, kept)).isNotEmpty();
    } else {
      assertThat(Differs.changes(actual, kept)).isEmpty();
      assertThat(Differs.changes(kept, from)).isNotEmpty();
    }
  }

  @Test
  void everythingElseIsRefusedWithTheList() {
    FargateApp app = new FargateApp();
    app.setSpec(new FargateAppSpec());
    app.getSpec().image = "web:1";
    app.getSpec().ignore.add("Service.taskDefinitionArn");
    assertThat(AppValidation.check(app).toString())
        .contains("spec.ignore[0]", "Service.taskDefinitionArn", "ScalingPolicy.targetValue");
  }
}
