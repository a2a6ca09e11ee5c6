package dev.fargate.local.kube;

import static dev.fargate.local.kube.TestApi.WIDGETS;
import static dev.fargate.local.kube.TestApi.widget;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Server-side apply and field ownership. */
class ApplyTest {
  private static final String ONE = WIDGETS + "/one";
  private final TestApi api = new TestApi();

  @Test
  void theFirstApplyCreatesAndOwnsWhatItSays() {
    TestApi.Answer made =
        api.apply(
                "alice",
                ONE,
                widget("one", "\"image\":\"a\",\"ports\":[{\"name\":\"http\",\"port\":80}]"))
            .expect(201);
    JsonNode entry = made.at("/metadata/managedFields/0");
    assertThat(entry.path("manager").asText()).isEqualTo("alice");
    assertThat(entry.path("operation").asText()).isEqualTo("Apply");
    assertThat(entry.path("fieldsV1").toString())
        .isEqualTo(
            "{\"f:spec\":{\"f:image\":{},\"f:ports\":{\"k:{\\\"name\\\":\\\"http\\\"}\":{\".\":{},\"f:name\":{},\"f:port\":{}}}}}");
    assertThat(made.at("/metadata/managedFields")).hasSize(1);
  }

  @Test
  void whatIsNoLongerAppliedGoesUnlessSomebodyElseOwnsIt() {
    api.apply("alice", ONE, widget("one", "\"image\":\"a\",\"tags\":{\"x\":\"1\",\"y\":\"2\"}"))
        .expect(201);
    api.apply("bob", ONE, widget("one", "\"image\":\"a\",\"tags\":{\"y\":\"2\"}")).expect(200);
    TestApi.Answer left = api.apply("alice", ONE, widget("one", "\"image\":\"a\"")).expect(200);
    assertThat(left.at("/spec/tags").toString()).isEqualTo("{\"y\":\"2\"}");
    assertThat(api.apply("bob", ONE, widget("one", "\"image\":\"a\"")).at("/spec").has("tags"))
        .isFalse();
  }

  @Test
  void aDefaultComesBackWhenItsFieldIsNoLongerApplied() {
    api.apply("alice", ONE, widget("one", "\"image\":\"a\",\"replicas\":5")).expect(201);
    assertThat(
            api.apply("alice", ONE, widget("one", "\"image\":\"a\"")).at("/spec/replicas").asInt())
        .isEqualTo(1);
  }

  @Test
  void changingAFieldOfAnotherIsAConflictThatNamesIt() {
    api.apply(
            "alice",
            ONE,
            widget("one", "\"image\":\"a\",\"ports\":[{\"name\":\"http\",\"port\":80}]"))
        .expect(201);
    TestApi.Answer refused =
        api.apply(
                "bob",
                ONE,
                widget("one", "\"image\":\"b\",\"ports\":[{\"name\":\"http\",\"port\":81}]"))
            .expect(409);
    assertThat(refused.text("/reason")).isEqualTo("Conflict");
    assertThat(refused.causes())
        .containsExactly(
            ".spec.image: conflict with \"alice\"",
            ".spec.ports[name=\"http\"].port: conflict with \"alice\"");
    assertThat(api.get(ONE).text("/spec/image")).isEqualTo("a");
  }

  @Test
  void forceTakesTheFieldOver() {
    api.apply("alice", ONE, widget("one", "\"image\":\"a\",\"color\":\"Red\"")).expect(201);
    TestApi.Answer taken =
        api.apply("bob", ONE + "?force=true", widget("one", "\"image\":\"b\"")).expect(200);
    assertThat(taken.text("/spec/image")).isEqualTo("b");
    assertThat(fields(taken, "alice")).isEqualTo("{\"f:spec\":{\"f:color\":{}}}");
    assertThat(fields(taken, "bob")).isEqualTo("{\"f:spec\":{\"f:image\":{}}}");
  }

  @Test
  void theSameValueIsSharedWithoutConflict() {
    api.apply("alice", ONE, widget("one", "\"image\":\"a\"")).expect(201);
    TestApi.Answer both = api.apply("bob", ONE, widget("one", "\"image\":\"a\"")).expect(200);
    assertThat(fields(both, "alice")).isEqualTo(fields(both, "bob"));
  }

  @Test
  void keyedListsMergeByKeyAndAtomicListsAreReplaced() {
    api.apply(
            "alice",
            ONE,
            widget(
                "one",
                "\"image\":\"a\",\"ports\":[{\"name\":\"a\",\"port\":1}],\"args\":[\"x\",\"y\"]"))
        .expect(201);
    TestApi.Answer merged =
        api.apply(
                "bob",
                ONE,
                widget("one", "\"image\":\"a\",\"ports\":[{\"name\":\"b\",\"port\":2}]"))
            .expect(200);
    assertThat(merged.at("/spec/ports").findValuesAsText("name"))
        .containsExactlyInAnyOrder("a", "b");
    TestApi.Answer refused =
        api.apply("bob", ONE, widget("one", "\"image\":\"a\",\"args\":[\"x\"]")).expect(409);
    assertThat(refused.causes()).containsExactly(".spec.args: conflict with \"alice\"");
  }

  @Test
  void theAppliedOrderOfAKeyedListCounts() {
    api.apply(
            "alice",
            ONE,
            widget(
                "one",
                "\"image\":\"a\",\"ports\":[{\"name\":\"a\",\"port\":1},{\"name\":\"b\",\"port\":2}]"))
        .expect(201);
    TestApi.Answer turned =
        api.apply(
            "alice",
            ONE,
            widget(
                "one",
                "\"image\":\"a\",\"ports\":[{\"name\":\"b\",\"port\":2},{\"name\":\"a\",\"port\":1}]"));
    assertThat(turned.at("/spec/ports").findValuesAsText("name")).containsExactly("b", "a");
  }

  @Test
  void setsMergeByValue() {
    api.apply("alice", ONE, widget("one", "\"image\":\"a\",\"hosts\":[\"x\"]")).expect(201);
    api.apply("bob", ONE, widget("one", "\"image\":\"a\",\"hosts\":[\"y\"]")).expect(200);
    TestApi.Answer left = api.apply("alice", ONE, widget("one", "\"image\":\"a\"")).expect(200);
    assertThat(left.at("/spec/hosts").toString()).isEqualTo("[\"y\"]");
  }

  @Test
  void finalizersOfTwoManagersLiveSideBySide() {
    String finalizer =
        "{\"apiVersion\":\"test.fargate.dev/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"one\",\"finalizers\":[\"%s\"]}}";
    api.create(WIDGETS, widget("one", "\"image\":\"a\"")).expect(201);
    api.apply("alice", ONE, finalizer.formatted("a/a")).expect(200);
    api.apply("bob", ONE, finalizer.formatted("b/b")).expect(200);
    TestApi.Answer left =
        api.apply(
            "alice",
            ONE,
            "{\"apiVersion\":\"test.fargate.dev/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"one\"}}");
    assertThat(left.expect(200).at("/metadata/finalizers").toString()).isEqualTo("[\"b/b\"]");
  }

  @Test
  void applyingTheSameAgainChangesNothingAtAll() {
    TestApi.Answer first =
        api.apply(
                "alice",
                ONE,
                widget("one", "\"image\":\"a\",\"ports\":[{\"name\":\"a\",\"port\":1}]"))
            .expect(201);
    api.pass(Duration.ofMinutes(1));
    TestApi.Answer again =
        api.apply(
                "alice",
                ONE,
                widget("one", "\"image\":\"a\",\"ports\":[{\"name\":\"a\",\"port\":1}]"))
            .expect(200);
    assertThat(again.object()).isEqualTo(first.object());
  }

  @Test
  void statusAndSpecHaveSeparateOwners() {
    api.apply("alice", ONE, widget("one", "\"image\":\"a\"")).expect(201);
    String status =
        "{\"apiVersion\":\"test.fargate.dev/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"one\",\"labels\":{\"l\":\"x\"}},"
            + "\"spec\":{\"image\":\"b\"},\"status\":{\"replicas\":3,\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}";
    TestApi.Answer written = api.apply("alice", ONE + "/status?force=true", status).expect(200);
    assertThat(written.text("/spec/image")).isEqualTo("a");
    assertThat(written.at("/metadata").has("labels")).isFalse();
    assertThat(written.at("/metadata/generation").asInt()).isEqualTo(1);
    JsonNode entry = written.at("/metadata/managedFields/1");
    assertThat(entry.path("subresource").asText()).isEqualTo("status");
    assertThat(entry.path("fieldsV1").toString()).startsWith("{\"f:status\":");

    TestApi.Answer respecified =
        api.apply("alice", ONE, widget("one", "\"image\":\"c\"")).expect(200);
    assertThat(respecified.at("/status/replicas").asInt()).isEqualTo(3);
    String fewer =
        "{\"apiVersion\":\"test.fargate.dev/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"one\"},\"status\":{\"replicas\":3}}";
    assertThat(api.apply("alice", ONE + "/status", fewer).at("/status").toString())
        .isEqualTo("{\"replicas\":3}");
  }

  @Test
  void anUpdateTakesOwnershipOfWhatItChanges() {
    api.apply("alice", ONE, widget("one", "\"image\":\"a\",\"color\":\"Red\"")).expect(201);
    TestApi.Answer updated =
        api.merge(ONE + "?fieldManager=editor", "{\"spec\":{\"image\":\"b\"}}").expect(200);
    assertThat(fields(updated, "alice")).isEqualTo("{\"f:spec\":{\"f:color\":{}}}");
    assertThat(fields(updated, "editor")).isEqualTo("{\"f:spec\":{\"f:image\":{}}}");
    TestApi.Answer refused =
        api.apply("alice", ONE, widget("one", "\"image\":\"a\",\"color\":\"Red\"")).expect(409);
    assertThat(refused.text("/message"))
        .contains("conflict with \"editor\" using test.fargate.dev/v1: .spec.image");
  }

  @Test
  void scalingByHandConflictsWithAnAppliedCount() {
    api.apply("alice", ONE, widget("one", "\"image\":\"a\",\"replicas\":2")).expect(201);
    api.merge(ONE + "/scale?fieldManager=kubectl", "{\"spec\":{\"replicas\":4}}").expect(200);
    TestApi.Answer refused =
        api.apply("alice", ONE, widget("one", "\"image\":\"a\",\"replicas\":2")).expect(409);
    assertThat(refused.causes())
        .containsExactly(
            ".spec.replicas: conflict with \"kubectl\" with subresource \"scale\" using test.fargate.dev/v1");
    api.apply("alice", ONE, widget("one", "\"image\":\"a\"")).expect(200);
    assertThat(api.get(ONE).at("/spec/replicas").asInt()).isEqualTo(4);
  }

  @Test
  void ownershipCanBeRewrittenAsKubectlDoesWhenItMovesToServerSideApply() {
    api.create(
            WIDGETS + "?fieldManager=kubectl-client-side-apply", widget("one", "\"image\":\"a\""))
        .expect(201);
    ObjectNode live = api.get(ONE).object();
    JsonNode entries = live.at("/metadata/managedFields").deepCopy();
    ((ObjectNode) entries.get(0)).put("manager", "kubectl").put("operation", "Apply");
    String patch =
        "[{\"op\":\"replace\",\"path\":\"/metadata/managedFields\",\"value\":"
            + entries
            + "},"
            + "{\"op\":\"replace\",\"path\":\"/metadata/resourceVersion\",\"value\":"
            + live.at("/metadata/resourceVersion")
            + "}]";
    TestApi.Answer moved = api.jsonPatch(ONE, patch).expect(200);
    assertThat(moved.at("/metadata/managedFields").findValuesAsText("operation"))
        .containsExactly("Apply");
    api.apply("kubectl", ONE, widget("one", "\"image\":\"b\"")).expect(200);
  }

  @Test
  void anApplyNeedsAManagerAndNoManagedFields() {
    api.patch("apply-patch+yaml", ONE, widget("one", "\"image\":\"a\"")).expect(400);
    String withFields =
        "{\"apiVersion\":\"test.fargate.dev/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"one\",\"managedFields\":[{}]}}";
    api.apply("alice", ONE, withFields).expect(400);
    api.apply("alice", ONE + "/status", "{\"status\":{}}").expect(404);
  }

  @Test
  void anApplyInYamlIsReadToo() {
    String yaml =
        "apiVersion: test.fargate.dev/v1\nkind: Widget\nmetadata:\n  name: one\nspec:\n  image: nginx\n";
    assertThat(api.apply("alice", ONE, yaml).expect(201).text("/spec/image")).isEqualTo("nginx");
  }

  private static String fields(TestApi.Answer answer, String manager) {
    for (JsonNode entry : answer.at("/metadata/managedFields")) {
      if (entry.path("manager").asText().equals(manager)) {
        return entry.path("fieldsV1").toString();
      }
    }
    return "";
  }
}
