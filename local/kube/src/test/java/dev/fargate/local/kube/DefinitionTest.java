package dev.fargate.local.kube;

import static dev.fargate.local.kube.TestApi.DEFINITIONS;
import static dev.fargate.local.kube.TestApi.WIDGETS;
import static dev.fargate.local.kube.TestApi.widget;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CustomResourceDefinitions: what they serve, and which ones are refused. */
class DefinitionTest {
  private static final String WIDGET_DEFINITION = DEFINITIONS + "/widgets.test.fargate.dev";
  private final TestApi api = new TestApi();

  @Test
  void aDefinitionIsEstablishedAndServedAtOnce() {
    TestApi.Answer definition = api.get(WIDGET_DEFINITION).expect(200);
    assertThat(definition.at("/status/conditions").findValuesAsText("type"))
        .containsExactly("NamesAccepted", "Established");
    assertThat(definition.at("/status/conditions").findValuesAsText("status")).containsOnly("True");
    assertThat(definition.at("/status/storedVersions").toString()).isEqualTo("[\"v1\"]");
    TestApi.Answer resources = api.get("/apis/test.fargate.dev/v1").expect(200);
    assertThat(resources.at("/resources").findValuesAsText("name"))
        .containsExactly("widgets", "widgets/status", "widgets/scale");
    assertThat(resources.text("/resources/2/group")).isEqualTo("autoscaling");
    assertThat(resources.text("/resources/0/shortNames/0")).isEqualTo("wd");
  }

  @Test
  void deletingADefinitionDeletesItsObjectsAndWaitsForTheirFinalizers() {
    api.create(WIDGETS, widget("plain", "\"image\":\"a\"")).expect(201);
    api.create(WIDGETS, widget("held", "\"image\":\"a\"")).expect(201);
    api.merge(WIDGETS + "/held", "{\"metadata\":{\"finalizers\":[\"a/b\"]}}").expect(200);
    api.delete(WIDGET_DEFINITION).expect(200);
    assertThat(api.get(WIDGETS).names()).containsExactly("held");
    assertThat(api.get(WIDGET_DEFINITION).at("/metadata").has("deletionTimestamp")).isTrue();

    api.create(WIDGETS, widget("late", "\"image\":\"a\"")).expect(405);

    api.merge(WIDGETS + "/held", "{\"metadata\":{\"finalizers\":null}}").expect(200);
    api.get(WIDGET_DEFINITION).expect(404);
    api.get(WIDGETS).expect(404);
    api.get("/apis/test.fargate.dev/v1").expect(404);
  }

  @Test
  void twoServedVersionsShowTheSameObjects() {
    String two =
        """
        {"metadata":{"name":"gadgets.test.fargate.dev"},"spec":{"group":"test.fargate.dev","scope":"Cluster",
         "names":{"kind":"Gadget","plural":"gadgets"},"versions":[
          {"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}},
          {"name":"v2","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
        """;
    api.create(DEFINITIONS, two).expect(201);
    api.create(
            "/apis/test.fargate.dev/v2/gadgets",
            "{\"metadata\":{\"name\":\"g\"},\"spec\":{\"a\":1}}")
        .expect(201);
    TestApi.Answer first = api.get("/apis/test.fargate.dev/v1/gadgets/g").expect(200);
    assertThat(first.text("/apiVersion")).isEqualTo("test.fargate.dev/v1");
    assertThat(first.at("/spec/a").asInt()).isEqualTo(1);
    assertThat(api.get("/apis/test.fargate.dev/v2/gadgets/g").text("/apiVersion"))
        .isEqualTo("test.fargate.dev/v2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"string\"} | .properties[f].x-kubernetes-validations[0].rule | self > 1 | found no matching overload",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}} | .rule | self.b == 'x' | undefined field 'b'",
        "{\"type\":\"object\",\"properties\":{\"namespace\":{\"type\":\"string\"}}} | .rule | self.namespace == 'x' | undefined field 'namespace'",
        "{\"type\":\"string\"} | .rule | self | must evaluate to a bool",
        "{\"type\":\"string\"} | .rule | quantity(self).isLessThan(quantity('1')) | undeclared reference to 'quantity'",
      })
  void aRuleThatARealServerWouldNotCompileIsRefused(
      String schema, String place, String rule, String why) {
    String withRule =
        schema.substring(0, schema.length() - 1)
            + ",\"x-kubernetes-validations\":[{\"rule\":\""
            + rule
            + "\"}]}";
    TestApi.Answer refused = api.create(DEFINITIONS, definition(withRule)).expect(422);
    assertThat(refused.causes()).singleElement().asString().contains(place).contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"array\"} | items: Required value",
        "{\"description\":\"no type\"} | type: Required value",
        "{\"type\":\"text\"} | Unsupported value: \"text\"",
        "{\"type\":\"string\",\"uniqueItems\":true} | uniqueItems: Forbidden",
        "{\"type\":\"string\",\"$ref\":\"x\"} | $ref: Forbidden",
        "{\"type\":\"string\",\"pattern\":\"(?=x)\"} | must be a valid RE2 expression",
        "{\"type\":\"string\",\"enum\":[\"a\"],\"default\":\"b\"} | default: Unsupported value",
        "{\"type\":\"string\",\"format\":\"email\"} | format email is not checked",
        "{\"type\":\"array\",\"items\":{\"type\":\"object\"},\"x-kubernetes-list-type\":\"map\"} | x-kubernetes-list-map-keys: Forbidden",
        "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}},\"x-kubernetes-list-type\":\"map\",\"x-kubernetes-list-map-keys\":[\"a\"]} | properties[a]: Required value",
      })
  void aSchemaThatIsNotStructuralIsRefused(String schema, String why) {
    TestApi.Answer refused = api.create(DEFINITIONS, definition(schema)).expect(422);
    assertThat(refused.causes()).anySatisfy(cause -> assertThat(cause).contains(why));
  }

  @Test
  void aTransitionRuleInsideAnAtomicListIsRefused() {
    String schema =
        "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"x-kubernetes-validations\":[{\"rule\":\"self == oldSelf\"}]}}";
    TestApi.Answer refused = api.create(DEFINITIONS, definition(schema)).expect(422);
    assertThat(refused.causes()).singleElement().asString().contains("uncorrelatable");
  }

  @Test
  void aPropertyNamedLikeAReservedWordIsReachedByItsEscapedName() {
    String schema =
        "{\"type\":\"object\",\"properties\":{\"namespace\":{\"type\":\"string\"},\"a-b\":{\"type\":\"integer\"}},"
            + "\"x-kubernetes-validations\":[{\"rule\":\"self.__namespace__ == 'x' && self.a__dash__b == 1\"}]}";
    api.create(DEFINITIONS, definition(schema)).expect(201);
    String things = "/apis/test.fargate.dev/v1/namespaces/default/things";
    api.create(things, "{\"metadata\":{\"name\":\"a\"},\"f\":{\"namespace\":\"x\",\"a-b\":1}}")
        .expect(201);
    api.create(things, "{\"metadata\":{\"name\":\"b\"},\"f\":{\"namespace\":\"x\",\"a-b\":2}}")
        .expect(422);
  }

  @Test
  void groupScopeAndKindCannotChange() {
    TestApi.Answer refused =
        api.merge(WIDGET_DEFINITION, "{\"spec\":{\"scope\":\"Cluster\"}}").expect(422);
    assertThat(refused.causes())
        .containsExactly("spec.scope: Invalid value: \"Cluster\": field is immutable");
  }

  @Test
  void conversionWebhooksAreRefused() {
    TestApi.Answer refused =
        api.merge(WIDGET_DEFINITION, "{\"spec\":{\"conversion\":{\"strategy\":\"Webhook\"}}}")
            .expect(422);
    assertThat(refused.causes()).singleElement().asString().contains("no conversion webhooks");
  }

  private static String definition(String fieldSchema) {
    return "{\"metadata\":{\"name\":\"things.test.fargate.dev\"},\"spec\":{\"group\":\"test.fargate.dev\",\"scope\":\"Namespaced\","
        + "\"names\":{\"kind\":\"Thing\",\"plural\":\"things\"},\"versions\":[{\"name\":\"v1\",\"served\":true,\"storage\":true,"
        + "\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\",\"properties\":{\"f\":"
        + fieldSchema
        + "}}}}]}}";
  }
}
