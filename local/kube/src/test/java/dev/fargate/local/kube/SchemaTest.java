package dev.fargate.local.kube;

import static dev.fargate.local.kube.TestApi.WIDGETS;
import static dev.fargate.local.kube.TestApi.widget;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a custom resource's schema does: defaults, pruning, validation, rules. */
class SchemaTest {
  private final TestApi api = new TestApi();

  @Test
  void defaultsAreFilledInWhereNothingIsGiven() {
    TestApi.Answer made =
        api.create(
                WIDGETS,
                widget("one", "\"image\":\"nginx\",\"ports\":[{\"name\":\"http\",\"port\":80}]"))
            .expect(201);
    assertThat(made.at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(made.text("/spec/color")).isEqualTo("Green");
    assertThat(made.text("/spec/ports/0/protocol")).isEqualTo("TCP");
  }

  @Test
  void aNullGivesWayToTheDefault() {
    TestApi.Answer made =
        api.create(
                WIDGETS, widget("one", "\"image\":\"nginx\",\"color\":null,\"environment\":null"))
            .expect(201);
    assertThat(made.text("/spec/color")).isEqualTo("Green");
    assertThat(made.at("/spec").has("environment")).isFalse();
  }

  @Test
  void unknownFieldsArePrunedWithAWarning() {
    TestApi.Answer made =
        api.create(
                WIDGETS,
                widget("one", "\"image\":\"nginx\",\"nope\":1,\"free\":{\"any\":{\"thing\":1}}"))
            .expect(201);
    assertThat(made.at("/spec").has("nope")).isFalse();
    assertThat(made.at("/spec/free/any/thing").asInt()).isEqualTo(1);
    assertThat(made.response().warnings()).containsExactly("unknown field \"spec.nope\"");
  }

  @Test
  void underStrictFieldValidationUnknownFieldsAreAnError() {
    TestApi.Answer refused =
        api.create(
                WIDGETS + "?fieldValidation=Strict",
                widget(
                    "one",
                    "\"image\":\"nginx\",\"ports\":[{\"name\":\"http\",\"port\":80,\"nope\":1}]"))
            .expect(400);
    assertThat(refused.text("/message"))
        .endsWith("strict decoding error: unknown field \"spec.ports[0].nope\"");
    api.get(WIDGETS + "/one").expect(404);
  }

  @Test
  void underStrictFieldValidationAFieldGivenTwiceIsAnError() {
    api.create(
            WIDGETS + "?fieldValidation=Strict", widget("one", "\"image\":\"a\",\"image\":\"b\""))
        .expect(400);
  }

  @Test
  void anAppliedUnknownFieldIsAnErrorUnderStrictFieldValidationToo() {
    api.create(WIDGETS, widget("one", "\"image\":\"nginx\"")).expect(201);
    api.apply(
            "m",
            WIDGETS + "/one?fieldValidation=Strict",
            widget("one", "\"image\":\"nginx\",\"nope\":1"))
        .expect(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"replicas\":1 | spec.image: Required value",
        "\"image\":5 | spec.image: Invalid value: \"integer\": spec.image in body must be of type string: \"integer\"",
        "\"image\":\"\" | spec.image: Invalid value: \"\": spec.image in body should be at least 1 chars long",
        "\"image\":\"a\",\"replicas\":101 | spec.replicas: Invalid value: 101: spec.replicas in body should be less than or equal to 100",
        "\"image\":\"a\",\"replicas\":-1 | spec.replicas: Invalid value: -1: spec.replicas in body should be greater than or equal to 0",
        "\"image\":\"a\",\"color\":\"Pink\" | spec.color: Unsupported value: \"Pink\": supported values: \"Red\", \"Green\", \"Blue\"",
        "\"image\":\"a\",\"ports\":[{\"name\":\"UP\",\"port\":1}] | spec.ports[0].name: Invalid value: \"UP\": spec.ports[0].name in body should match '^[a-z]([-a-z0-9]*[a-z0-9])?$'",
        "\"image\":\"a\",\"ports\":[{\"port\":1}] | spec.ports[0].name: Required value",
        "\"image\":\"a\",\"ports\":[{\"name\":\"x\",\"port\":1},{\"name\":\"x\",\"port\":2}] | spec.ports[1]: Duplicate value: {\"name\":\"x\"}",
        "\"image\":\"a\",\"hosts\":[\"a\",\"b\",\"a\"] | spec.hosts[2]: Duplicate value: \"a\"",
        "\"image\":\"a\",\"hosts\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"] | spec.hosts: Too many: 6: must have at most 5 items",
        "\"image\":\"a\",\"tags\":{\"k\":1} | spec.tags.k: Invalid value: \"integer\": spec.tags.k in body must be of type string: \"integer\"",
        "\"image\":\"a\",\"source\":{} | spec.source: Invalid value: 0: spec.source in body should have at least 1 properties",
        "\"image\":\"a\",\"target\":true | spec.target: Invalid value: \"boolean\": spec.target in body must be of type integer,string: \"boolean\"",
      })
  void aValueOutsideTheSchemaIsRefusedWithItsPath(String spec, String cause) {
    TestApi.Answer refused = api.create(WIDGETS, widget("one", spec)).expect(422);
    assertThat(refused.text("/reason")).isEqualTo("Invalid");
    assertThat(refused.causes()).contains(cause);
  }

  @Test
  void aRuleThatDoesNotHoldIsRefusedWithItsComputedMessage() {
    TestApi.Answer refused =
        api.create(
                WIDGETS,
                widget(
                    "one", "\"image\":\"a\",\"autoscaling\":{\"minReplicas\":7,\"maxReplicas\":3}"))
            .expect(422);
    assertThat(refused.causes())
        .containsExactly(
            "spec.autoscaling: Invalid value: \"object\": minReplicas 7 must not be above maxReplicas 3");
  }

  @Test
  void aTransitionRuleComparesWithTheStateBeforeAndPointsAtItsFieldPath() {
    api.create(WIDGETS, widget("one", "\"image\":\"a\",\"environment\":\"x\"")).expect(201);
    TestApi.Answer refused =
        api.merge(WIDGETS + "/one", "{\"spec\":{\"environment\":\"y\"}}").expect(422);
    assertThat(refused.causes())
        .containsExactly("spec.environment: Invalid value: \"object\": environment is immutable");
    api.merge(WIDGETS + "/one", "{\"spec\":{\"environment\":null}}").expect(422);
    api.merge(WIDGETS + "/one", "{\"spec\":{\"image\":\"b\"}}").expect(200);
  }

  @Test
  void aScaleThatARuleRefusesIs422() {
    api.create(
            WIDGETS,
            widget("one", "\"image\":\"a\",\"autoscaling\":{\"minReplicas\":1,\"maxReplicas\":3}"))
        .expect(201);
    TestApi.Answer refused =
        api.merge(WIDGETS + "/one/scale", "{\"spec\":{\"replicas\":4}}").expect(422);
    assertThat(refused.text("/message")).contains("autoscaling owns the count");
    assertThat(api.get(WIDGETS + "/one").at("/spec/replicas").asInt()).isEqualTo(1);
  }

  @Test
  void anObjectOfAnOlderSchemaCanStillBeChangedElsewhereAndDeleted() {
    api.create(WIDGETS, widget("old", "\"image\":\"nginx\",\"color\":\"Blue\"")).expect(201);
    api.merge(WIDGETS + "/old", "{\"metadata\":{\"finalizers\":[\"a/b\"]}}").expect(200);
    ObjectNode definition = api.get(TestApi.DEFINITIONS + "/widgets.test.fargate.dev").object();
    String narrowed =
        definition.toString().replace("[\"Red\",\"Green\",\"Blue\"]", "[\"Red\",\"Green\"]");
    api.replace(
            TestApi.DEFINITIONS + "/widgets.test.fargate.dev",
            Json.readObject(narrowed.getBytes(StandardCharsets.UTF_8)))
        .expect(200);

    api.create(WIDGETS, widget("new", "\"image\":\"nginx\",\"color\":\"Blue\"")).expect(422);
    api.merge(WIDGETS + "/old", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}").expect(200);
    api.merge(WIDGETS + "/old/status", "{\"status\":{\"replicas\":1}}").expect(200);
    api.merge(WIDGETS + "/old", "{\"spec\":{\"image\":\"other\"}}").expect(200);
    api.delete(WIDGETS + "/old").expect(200);
    api.merge(WIDGETS + "/old", "{\"metadata\":{\"finalizers\":null}}").expect(200);
    api.get(WIDGETS + "/old").expect(404);
  }
}
