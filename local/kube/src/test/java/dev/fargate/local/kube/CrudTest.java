package dev.fargate.local.kube;

import static dev.fargate.local.kube.TestApi.CONFIG_MAPS;
import static dev.fargate.local.kube.TestApi.WIDGETS;
import static dev.fargate.local.kube.TestApi.widget;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Creating, reading, replacing and patching objects. */
class CrudTest {
  private static final String ONE = WIDGETS + "/one";
  private final TestApi api = new TestApi();

  @Test
  void aCreatedObjectGetsItsSystemFields() {
    TestApi.Answer made = api.create(WIDGETS, widget("one", "\"image\":\"a\"")).expect(201);
    assertThat(made.text("/metadata/namespace")).isEqualTo("default");
    assertThat(made.text("/metadata/uid"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(made.text("/metadata/creationTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(made.at("/metadata/generation").asInt()).isEqualTo(1);
    assertThat(api.get(ONE).expect(200).object()).isEqualTo(made.object());
  }

  @Test
  void aSecondObjectOfThatNameIsRefused() {
    api.create(WIDGETS, widget("one", "\"image\":\"a\"")).expect(201);
    TestApi.Answer refused = api.create(WIDGETS, widget("one", "\"image\":\"a\"")).expect(409);
    assertThat(refused.text("/reason")).isEqualTo("AlreadyExists");
    assertThat(refused.text("/message"))
        .isEqualTo("widgets.test.fargate.dev \"one\" already exists");
  }

  @Test
  void aNameIsMadeUpFromGenerateName() {
    String body = "{\"metadata\":{\"generateName\":\"web-\"},\"data\":{}}";
    String first = api.create(CONFIG_MAPS, body).expect(201).text("/metadata/name");
    String second = api.create(CONFIG_MAPS, body).expect(201).text("/metadata/name");
    assertThat(first).matches("web-[a-z0-9]{5}");
    assertThat(second).matches("web-[a-z0-9]{5}").isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "Upper, metadata.name",
    "'', metadata.name",
    "a_b, metadata.name",
    "-a, metadata.name",
  })
  void aNameThatIsNoDnsNameIsRefused(String name, String field) {
    TestApi.Answer refused =
        api.create(CONFIG_MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}").expect(422);
    assertThat(refused.causes()).singleElement().asString().startsWith(field);
  }

  @Test
  void badLabelsAreRefused() {
    TestApi.Answer refused =
        api.create(
                CONFIG_MAPS,
                "{\"metadata\":{\"name\":\"a\",\"labels\":{\"k\":\"not ok\",\"/\":\"x\"}}}")
            .expect(422);
    assertThat(refused.causes())
        .hasSize(2)
        .allMatch(c -> c.startsWith("metadata.labels: Invalid value"));
  }

  @Test
  void aWriteOfAnOldStateIsAConflict() {
    ObjectNode old = api.create(WIDGETS, widget("one", "\"image\":\"a\"")).object();
    api.merge(ONE, "{\"spec\":{\"image\":\"b\"}}").expect(200);
    TestApi.Answer refused = api.replace(ONE, old).expect(409);
    assertThat(refused.text("/reason")).isEqualTo("Conflict");
    assertThat(refused.text("/message")).contains("the object has been modified");
    api.merge(ONE, "{\"metadata\":{\"resourceVersion\":\"1\"},\"spec\":{\"image\":\"c\"}}")
        .expect(409);
    api.merge(ONE, "{\"metadata\":{\"uid\":\"other\"},\"spec\":{\"image\":\"c\"}}").expect(409);
  }

  @Test
  void aCustomResourceIsNotReplacedWithoutAVersionABuiltInOneMayBe() {
    api.create(WIDGETS, widget("one", "\"image\":\"a\"")).expect(201);
    assertThat(api.replace(ONE, json(widget("one", "\"image\":\"b\""))).expect(422).causes())
        .singleElement()
        .asString()
        .startsWith("metadata.resourceVersion");
    api.create(CONFIG_MAPS, "{\"metadata\":{\"name\":\"c\"},\"data\":{\"a\":\"1\"}}").expect(201);
    TestApi.Answer replaced =
        api.replace(
                CONFIG_MAPS + "/c", json("{\"metadata\":{\"name\":\"c\"},\"data\":{\"b\":\"2\"}}"))
            .expect(200);
    assertThat(replaced.at("/data").toString()).isEqualTo("{\"b\":\"2\"}");
  }

  @Test
  void theGenerationCountsChangesOfTheSpecOnly() {
    api.create(WIDGETS, widget("one", "\"image\":\"a\"")).expect(201);
    assertThat(generation(api.merge(ONE, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}")))
        .isEqualTo(1);
    assertThat(generation(api.merge(ONE + "/status", "{\"status\":{\"replicas\":1}}")))
        .isEqualTo(1);
    assertThat(generation(api.merge(ONE, "{\"spec\":{\"image\":\"b\"}}"))).isEqualTo(2);
    assertThat(generation(api.merge(ONE, "{\"metadata\":{\"generation\":9}}"))).isEqualTo(2);
  }

  @Test
  void theStatusIsWrittenOnlyThroughItsSubresource() {
    String both =
        "{\"metadata\":{\"name\":\"one\"},\"spec\":{\"image\":\"a\"},\"status\":{\"replicas\":7}}";
    assertThat(api.create(WIDGETS, both).expect(201).object().has("status")).isFalse();
    assertThat(api.merge(ONE, "{\"status\":{\"replicas\":7}}").expect(200).object().has("status"))
        .isFalse();
    TestApi.Answer written =
        api.merge(
            ONE + "/status",
            "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"image\":\"z\"},\"status\":{\"replicas\":7}}");
    assertThat(written.expect(200).at("/status/replicas").asInt()).isEqualTo(7);
    assertThat(written.text("/spec/image")).isEqualTo("a");
    assertThat(written.at("/metadata").has("labels")).isFalse();
  }

  @Test
  void aWriteThatChangesNothingMakesNoNewVersionAndNoEvent() {
    TestApi.Answer made = api.create(WIDGETS, widget("one", "\"image\":\"a\""));
    var watch = api.watch(WIDGETS + "?watch=1&resourceVersion=" + made.version());
    assertThat(api.merge(ONE, "{\"spec\":{\"image\":\"a\"}}").version()).isEqualTo(made.version());
    assertThat(api.replace(ONE, made.object()).version()).isEqualTo(made.version());
    assertThat(TestApi.events(watch)).isEmpty();
  }

  @Test
  void aDryRunAnswersLikeAWriteAndStoresNothing() {
    TestApi.Answer dry =
        api.create(WIDGETS + "?dryRun=All", widget("one", "\"image\":\"a\"")).expect(201);
    assertThat(dry.text("/spec/color")).isEqualTo("Green");
    api.get(ONE).expect(404);
    api.create(WIDGETS + "?dryRun=All", widget("one", "\"replicas\":1")).expect(422);
    api.create(WIDGETS + "?dryRun=Some", widget("one", "\"image\":\"a\"")).expect(400);

    TestApi.Answer made = api.create(WIDGETS, widget("one", "\"image\":\"a\"")).expect(201);
    assertThat(api.merge(ONE + "?dryRun=All", "{\"spec\":{\"image\":\"b\"}}").text("/spec/image"))
        .isEqualTo("b");
    api.delete(ONE + "?dryRun=All").expect(200);
    assertThat(api.get(ONE).object()).isEqualTo(made.object());
  }

  @Test
  void aJsonPatchIsAppliedInOrderOrNotAtAll() {
    api.create(WIDGETS, widget("one", "\"image\":\"a\",\"args\":[\"x\",\"z\"]")).expect(201);
    TestApi.Answer patched =
        api.jsonPatch(
            ONE,
            "[{\"op\":\"test\",\"path\":\"/spec/image\",\"value\":\"a\"},{\"op\":\"add\",\"path\":\"/spec/args/1\",\"value\":\"y\"},"
                + "{\"op\":\"add\",\"path\":\"/spec/args/-\",\"value\":\"!\"},{\"op\":\"replace\",\"path\":\"/spec/image\",\"value\":\"b\"}]");
    assertThat(patched.expect(200).at("/spec/args").toString())
        .isEqualTo("[\"x\",\"y\",\"z\",\"!\"]");
    String failing =
        "[{\"op\":\"replace\",\"path\":\"/spec/image\",\"value\":\"c\"},{\"op\":\"test\",\"path\":\"/spec/image\",\"value\":\"zzz\"}]";
    api.jsonPatch(ONE, failing).expect(422);
    api.jsonPatch(ONE, "[{\"op\":\"remove\",\"path\":\"/spec/nothing\"}]").expect(422);
    assertThat(api.get(ONE).text("/spec/image")).isEqualTo("b");
  }

  @Test
  void aCustomResourceTakesNoStrategicMergePatch() {
    api.create(WIDGETS, widget("one", "\"image\":\"a\"")).expect(201);
    api.strategic(ONE, "{\"spec\":{\"image\":\"b\"}}").expect(415);
    api.patch("json", ONE, "{\"spec\":{\"image\":\"b\"}}").expect(415);
  }

  @Test
  void aStrategicMergePatchMergesTheListsThatHaveAKey() {
    String deployments = "/apis/apps/v1/namespaces/default/deployments";
    String made =
        "{\"metadata\":{\"name\":\"d\"},\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"1\",\"args\":[\"x\"]},{\"name\":\"b\",\"image\":\"1\"}]}}}}";
    api.create(deployments, made).expect(201);
    String patch =
        "{\"spec\":{\"template\":{\"spec\":{\"$setElementOrder/containers\":[{\"name\":\"c\"},{\"name\":\"a\"}],"
            + "\"containers\":[{\"name\":\"a\",\"image\":\"2\"},{\"name\":\"b\",\"$patch\":\"delete\"},{\"name\":\"c\",\"image\":\"3\"}]}}}}";
    TestApi.Answer patched = api.strategic(deployments + "/d", patch).expect(200);
    assertThat(patched.at("/spec/template/spec/containers").toString())
        .isEqualTo(
            "[{\"name\":\"c\",\"image\":\"3\"},{\"name\":\"a\",\"image\":\"2\",\"args\":[\"x\"]}]");
    api.strategic(deployments + "/d", "{\"spec\":{\"$patch\":\"replace\"}}").expect(422);
  }

  @Test
  void theScaleSubresourceReadsAndWritesTheCount() {
    api.create(WIDGETS, widget("one", "\"image\":\"a\"")).expect(201);
    api.merge(ONE + "/status", "{\"status\":{\"replicas\":1,\"selector\":\"app=one\"}}")
        .expect(200);
    TestApi.Answer scale = api.get(ONE + "/scale").expect(200);
    assertThat(scale.text("/kind")).isEqualTo("Scale");
    assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(scale.text("/status/selector")).isEqualTo("app=one");
    ObjectNode wanted = scale.object();
    wanted.withObjectProperty("spec").put("replicas", 3);
    assertThat(api.replace(ONE + "/scale", wanted).expect(200).at("/spec/replicas").asInt())
        .isEqualTo(3);
    assertThat(api.get(ONE).at("/spec/replicas").asInt()).isEqualTo(3);
    api.replace(ONE + "/scale", wanted).expect(409);
    api.merge(ONE + "/scale", "{\"spec\":{\"replicas\":-1}}").expect(422);
    api.get(CONFIG_MAPS + "/one/scale").expect(404);
  }

  @Test
  void listsAreSelectedByLabelsAndFields() {
    for (String label : List.of("red", "green", "blue")) {
      String meta = "{\"name\":\"" + label + "\",\"labels\":{\"color\":\"" + label + "\"}}";
      api.create(CONFIG_MAPS, "{\"metadata\":" + meta + "}").expect(201);
    }
    assertThat(api.get(CONFIG_MAPS + "?labelSelector=color%3Dred").names()).containsExactly("red");
    assertThat(api.get(CONFIG_MAPS + "?labelSelector=color!%3Dred").names())
        .containsExactly("blue", "green");
    assertThat(api.get(CONFIG_MAPS + "?labelSelector=color+in+(red,blue),color").names())
        .containsExactly("blue", "red");
    assertThat(api.get(CONFIG_MAPS + "?labelSelector=!color").names()).isEmpty();
    assertThat(api.get(CONFIG_MAPS + "?fieldSelector=metadata.name%3Dgreen").names())
        .containsExactly("green");
    api.get(CONFIG_MAPS + "?fieldSelector=data.x%3D1").expect(400);
    api.get(CONFIG_MAPS + "?labelSelector=a+b").expect(400);
  }

  @Test
  void aListOverAllNamespacesShowsThemAll() {
    api.create("/api/v1/namespaces", "{\"metadata\":{\"name\":\"blue\"}}").expect(201);
    api.create(CONFIG_MAPS, "{\"metadata\":{\"name\":\"a\"}}").expect(201);
    api.create("/api/v1/namespaces/blue/configmaps", "{\"metadata\":{\"name\":\"b\"}}").expect(201);
    assertThat(api.get("/api/v1/configmaps").names()).containsExactly("b", "a");
    assertThat(api.get("/api/v1/configmaps?fieldSelector=metadata.namespace%3Dblue").names())
        .containsExactly("b");
  }

  @Test
  void pagesShowOneMoment() {
    for (int i = 0; i < 5; i++) {
      api.create(CONFIG_MAPS, "{\"metadata\":{\"name\":\"c" + i + "\"}}").expect(201);
    }
    TestApi.Answer first = api.get(CONFIG_MAPS + "?limit=2").expect(200);
    api.delete(CONFIG_MAPS + "/c2").expect(200);
    TestApi.Answer second =
        api.get(CONFIG_MAPS + "?limit=2&continue=" + first.text("/metadata/continue")).expect(200);
    TestApi.Answer third =
        api.get(CONFIG_MAPS + "?limit=2&continue=" + second.text("/metadata/continue")).expect(200);
    assertThat(first.names()).containsExactly("c0", "c1");
    assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(3);
    assertThat(second.names()).containsExactly("c2", "c3");
    assertThat(third.names()).containsExactly("c4");
    assertThat(third.at("/metadata").has("continue")).isFalse();
    assertThat(second.version()).isEqualTo(first.version());
    api.get(CONFIG_MAPS + "?continue=made-up").expect(410);
    api.get(CONFIG_MAPS + "?continue=1:x").expect(410);
  }

  @Test
  void aTableShowsThePrinterColumns() {
    api.create(WIDGETS, widget("one", "\"image\":\"a\"")).expect(201);
    api.merge(
        ONE + "/status",
        "{\"status\":{\"conditions\":[{\"type\":\"Other\",\"status\":\"False\"},{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    api.pass(java.time.Duration.ofMinutes(5));
    TestApi.Answer table = api.getTable(WIDGETS).expect(200);
    assertThat(table.text("/kind")).isEqualTo("Table");
    assertThat(table.at("/columnDefinitions").findValuesAsText("name"))
        .containsExactly("Name", "READY", "REPLICAS", "COLOR", "AGE");
    assertThat(table.at("/rows/0/cells").toString())
        .isEqualTo("[\"one\",\"True\",1,\"Green\",\"5m\"]");
    assertThat(table.text("/rows/0/object/kind")).isEqualTo("PartialObjectMetadata");
  }

  @Test
  void anotherKindVersionNameOrNamespaceThanThePathSaysIsRefused() {
    api.create(WIDGETS, "{\"kind\":\"Gadget\",\"metadata\":{\"name\":\"a\"}}").expect(400);
    api.create(WIDGETS, "{\"apiVersion\":\"test.fargate.dev/v9\",\"metadata\":{\"name\":\"a\"}}")
        .expect(400);
    api.create(WIDGETS, "{\"metadata\":{\"name\":\"a\",\"namespace\":\"other\"}}").expect(400);
    api.create(CONFIG_MAPS, "{\"metadata\":{\"name\":\"a\"}}").expect(201);
    api.merge(CONFIG_MAPS + "/a", "{\"metadata\":{\"name\":\"b\"}}").expect(400);
    api.create(CONFIG_MAPS, "[1]").expect(400);
    api.create(CONFIG_MAPS, "{\"metadata\":").expect(400);
  }

  @Test
  void whatIsNotServedIsRefusedWithItsName() {
    assertThat(api.get("/apis/nothing.dev/v1/things").expect(404).text("/message"))
        .contains("things in nothing.dev/v1");
    api.get("/apis/nothing.dev").expect(404);
    api.get("/somewhere").expect(404);
    api.get(WIDGETS + "/one/log").expect(404);
    api.get(WIDGETS + "?watch=1&sendInitialEvents=true").expect(400);
    api.delete(WIDGETS + "/one/status").expect(405);
    assertThat(api.get(ONE).expect(404).text("/message"))
        .isEqualTo("widgets.test.fargate.dev \"one\" not found");
  }

  @Test
  void aNamespaceThatDoesNotExistHoldsNothing() {
    TestApi.Answer refused =
        api.create("/api/v1/namespaces/nowhere/configmaps", "{\"metadata\":{\"name\":\"a\"}}")
            .expect(404);
    assertThat(refused.text("/message")).isEqualTo("namespaces \"nowhere\" not found");
  }

  private static int generation(TestApi.Answer answer) {
    return answer.expect(200).at("/metadata/generation").asInt();
  }

  private static ObjectNode json(String text) {
    return dev.fargate.local.kube.wire.Json.readObject(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
