package dev.fargate.local.kube;

import static dev.fargate.local.kube.TestApi.CONFIG_MAPS;
import static dev.fargate.local.kube.TestApi.WIDGETS;
import static dev.fargate.local.kube.TestApi.events;
import static dev.fargate.local.kube.TestApi.widget;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deleting: finalizers, owners, namespaces. */
class DeletionTest {
  private static final String OWNER = WIDGETS + "/owner";
  private final TestApi api = new TestApi();
  private String uid;

  @BeforeEach
  void makeAnOwner() {
    uid = api.create(WIDGETS, widget("owner", "\"image\":\"a\"")).expect(201).text("/metadata/uid");
  }

  @Test
  void anObjectWithoutFinalizersGoesAtOnce() {
    TestApi.Answer gone = api.delete(OWNER).expect(200);
    assertThat(gone.text("/status")).isEqualTo("Success");
    assertThat(gone.text("/details/uid")).isEqualTo(uid);
    api.get(OWNER).expect(404);
    api.delete(OWNER).expect(404);
  }

  @Test
  void anObjectWithFinalizersStaysUntilTheLastIsTakenAway() {
    api.merge(OWNER, "{\"metadata\":{\"finalizers\":[\"a/a\",\"b/b\"]}}").expect(200);
    TestApi.Answer marked = api.delete(OWNER).expect(200);
    assertThat(marked.text("/metadata/deletionTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(marked.at("/metadata/generation").asInt()).isEqualTo(2);
    assertThat(api.delete(OWNER).expect(200).version()).isEqualTo(marked.version());
    api.merge(OWNER, "{\"metadata\":{\"finalizers\":[\"b/b\"]}}").expect(200);
    api.get(OWNER).expect(200);
    api.merge(OWNER, "{\"metadata\":{\"finalizers\":[]}}").expect(200);
    api.get(OWNER).expect(404);
  }

  @Test
  void noFinalizerIsAddedToAnObjectThatIsBeingDeleted() {
    api.merge(OWNER, "{\"metadata\":{\"finalizers\":[\"a/a\"]}}").expect(200);
    api.delete(OWNER).expect(200);
    TestApi.Answer refused =
        api.merge(OWNER, "{\"metadata\":{\"finalizers\":[\"a/a\",\"b/b\"]}}").expect(422);
    assertThat(refused.causes())
        .singleElement()
        .asString()
        .contains("no new finalizers can be added");
  }

  @Test
  void deletionTimestampCannotBeTakenBack() {
    api.merge(OWNER, "{\"metadata\":{\"finalizers\":[\"a/a\"]}}").expect(200);
    api.delete(OWNER).expect(200);
    assertThat(
            api.merge(OWNER, "{\"metadata\":{\"deletionTimestamp\":null}}")
                .at("/metadata")
                .has("deletionTimestamp"))
        .isTrue();
  }

  @Test
  void preconditionsAreHeld() {
    api.delete(OWNER, "{\"preconditions\":{\"uid\":\"other\"}}").expect(409);
    api.delete(OWNER, "{\"preconditions\":{\"resourceVersion\":\"1\"}}").expect(409);
    api.delete(OWNER, "{\"preconditions\":{\"uid\":\"" + uid + "\"}}").expect(200);
  }

  @Test
  void ownedObjectsGoWithTheirOwner() {
    owned("child", uid);
    api.delete(OWNER).expect(200);
    api.get(CONFIG_MAPS + "/child").expect(404);
  }

  @Test
  void anObjectWithAnotherLiveOwnerStays() {
    String other = api.create(WIDGETS, widget("other", "\"image\":\"a\"")).text("/metadata/uid");
    owned("child", uid, other);
    api.delete(OWNER).expect(200);
    TestApi.Answer child = api.get(CONFIG_MAPS + "/child").expect(200);
    assertThat(child.at("/metadata/ownerReferences").findValuesAsText("uid"))
        .containsExactly(other);
  }

  @Test
  void orphansStayWithoutOwner() {
    owned("child", uid);
    api.delete(OWNER + "?propagationPolicy=Orphan").expect(200);
    assertThat(api.get(CONFIG_MAPS + "/child").expect(200).at("/metadata").has("ownerReferences"))
        .isFalse();
  }

  @Test
  void inTheForegroundTheOwnerGoesLast() {
    owned("child", uid);
    api.merge(CONFIG_MAPS + "/child", "{\"metadata\":{\"finalizers\":[\"a/a\"]}}").expect(200);
    api.delete(OWNER, "{\"propagationPolicy\":\"Foreground\"}").expect(200);
    assertThat(api.get(OWNER).expect(200).at("/metadata/finalizers").toString())
        .isEqualTo("[\"foregroundDeletion\"]");
    assertThat(api.get(CONFIG_MAPS + "/child").at("/metadata").has("deletionTimestamp")).isTrue();
    api.merge(CONFIG_MAPS + "/child", "{\"metadata\":{\"finalizers\":null}}").expect(200);
    api.get(CONFIG_MAPS + "/child").expect(404);
    api.get(OWNER).expect(404);
  }

  @Test
  void anObjectWhoseOwnerNeverExistedIsCollected() {
    var watch = api.watch(CONFIG_MAPS + "?watch=1");
    owned("child", "00000000-0000-4000-8000-000000000000");
    assertThat(events(watch)).containsExactly("ADDED child", "DELETED child");
  }

  @Test
  void aNamespaceGoesAfterEverythingInIt() {
    api.create("/api/v1/namespaces", "{\"metadata\":{\"name\":\"blue\"}}").expect(201);
    String widgets = "/apis/test.fargate.dev/v1/namespaces/blue/widgets";
    api.create(widgets, widget("held", "\"image\":\"a\"")).expect(201);
    api.merge(widgets + "/held", "{\"metadata\":{\"finalizers\":[\"a/a\"]}}").expect(200);
    api.create("/api/v1/namespaces/blue/configmaps", "{\"metadata\":{\"name\":\"c\"}}").expect(201);

    TestApi.Answer going = api.delete("/api/v1/namespaces/blue").expect(200);
    assertThat(going.text("/status/phase")).isEqualTo("Terminating");
    assertThat(api.get("/api/v1/namespaces/blue/configmaps").names()).isEmpty();
    assertThat(api.get(widgets + "/held").at("/metadata").has("deletionTimestamp")).isTrue();
    TestApi.Answer refused =
        api.create("/api/v1/namespaces/blue/configmaps", "{\"metadata\":{\"name\":\"d\"}}")
            .expect(403);
    assertThat(refused.text("/message")).contains("because it is being terminated");

    api.merge(widgets + "/held", "{\"metadata\":{\"finalizers\":null}}").expect(200);
    api.get("/api/v1/namespaces/blue").expect(404);
  }

  @Test
  void aSelectionIsDeletedAtOnce() {
    api.create(CONFIG_MAPS, "{\"metadata\":{\"name\":\"a\",\"labels\":{\"x\":\"1\"}}}").expect(201);
    api.create(CONFIG_MAPS, "{\"metadata\":{\"name\":\"b\"}}").expect(201);
    assertThat(api.delete(CONFIG_MAPS + "?labelSelector=x").expect(200).names())
        .containsExactly("a");
    assertThat(api.get(CONFIG_MAPS).names()).containsExactly("b");
  }

  private void owned(String name, String... owners) {
    StringBuilder references = new StringBuilder();
    for (String owner : owners) {
      references
          .append(references.isEmpty() ? "" : ",")
          .append(
              "{\"apiVersion\":\"test.fargate.dev/v1\",\"kind\":\"Widget\",\"name\":\"owner\",\"uid\":\""
                  + owner
                  + "\"}");
    }
    api.create(
            CONFIG_MAPS,
            "{\"metadata\":{\"name\":\"" + name + "\",\"ownerReferences\":[" + references + "]}}")
        .expect(201);
  }
}
