package dev.fargate.local.kube;

import static dev.fargate.local.kube.TestApi.CONFIG_MAPS;
import static dev.fargate.local.kube.TestApi.events;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.KubeResponse;
import dev.fargate.local.kube.wire.WatchStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Watches, taken event by event in the test's own thread. */
class WatchTest {
  private static final String WATCH = CONFIG_MAPS + "?watch=true";
  private final TestApi api = new TestApi();

  @Test
  void aWatchWithoutVersionBeginsWithWhatIsThere() {
    make("a");
    WatchStream watch = api.watch(WATCH);
    assertThat(events(watch)).containsExactly("ADDED a");
    change("a");
    api.delete(CONFIG_MAPS + "/a").expect(200);
    assertThat(events(watch)).containsExactly("MODIFIED a", "DELETED a");
    assertThat(watch.ended()).isFalse();
  }

  @Test
  void aWatchResumesWhereItsVersionSays() {
    make("a");
    String version = api.get(CONFIG_MAPS).version();
    make("b");
    assertThat(events(api.watch(WATCH + "&resourceVersion=" + version))).containsExactly("ADDED b");
  }

  @Test
  void aDeletionCarriesTheLastStateWithANewVersion() {
    TestApi.Answer made = make("a");
    WatchStream watch = api.watch(WATCH + "&resourceVersion=" + made.version());
    api.delete(CONFIG_MAPS + "/a").expect(200);
    ObjectNode gone = TestApi.drain(watch).get(0);
    assertThat(gone.at("/object/metadata/resourceVersion").asLong())
        .isGreaterThan(Long.parseLong(made.version()));
    assertThat(gone.at("/object/metadata/uid").asText()).isEqualTo(made.text("/metadata/uid"));
  }

  @Test
  void anObjectThatLeavesTheSelectionIsDeletedForThatWatch() {
    WatchStream watch = api.watch(WATCH + "&labelSelector=on%3Dyes");
    make("a");
    assertThat(events(watch)).isEmpty();
    label("a", "yes");
    label("a", "no");
    assertThat(events(watch)).containsExactly("ADDED a", "DELETED a");
  }

  @Test
  void aWatchOfOneNameSeesNoOther() {
    WatchStream watch = api.watch(WATCH + "&fieldSelector=metadata.name%3Da");
    make("a");
    make("b");
    assertThat(events(watch)).containsExactly("ADDED a");
  }

  @Test
  void aVersionThatIsTooOldIs410AndTheWatchEnds() {
    TestApi small = new TestApi(10);
    for (int i = 0; i < 20; i++) {
      small.create(CONFIG_MAPS, "{\"metadata\":{\"name\":\"c" + i + "\"}}").expect(201);
    }
    WatchStream watch = small.watch(WATCH + "&resourceVersion=1");
    ObjectNode error = TestApi.drain(watch).get(0);
    assertThat(error.path("type").asText()).isEqualTo("ERROR");
    assertThat(error.at("/object/code").asInt()).isEqualTo(410);
    assertThat(error.at("/object/reason").asText()).isEqualTo("Expired");
    assertThat(watch.ended()).isTrue();
  }

  @Test
  void aWatchThatLagsBehindACompactionIs410() {
    WatchStream watch = api.watch(WATCH);
    make("a");
    api.api().compact();
    assertThat(events(watch)).containsExactly("ERROR Expired");
    assertThat(watch.ended()).isTrue();
  }

  @Test
  void initialEventsEndWithABookmark() {
    make("a");
    WatchStream watch =
        api.watch(
            WATCH
                + "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
    List<ObjectNode> all = TestApi.drain(watch);
    assertThat(all).extracting(e -> e.path("type").asText()).containsExactly("ADDED", "BOOKMARK");
    assertThat(all.get(1).at("/object/metadata/annotations").toString())
        .contains("\"k8s.io/initial-events-end\":\"true\"");
    assertThat(all.get(1).at("/object/metadata/resourceVersion").asText())
        .isEqualTo(api.get(CONFIG_MAPS).version());
  }

  @Test
  void aTableWatchTellsRows() {
    KubeRequest request =
        KubeRequest.of("GET", WATCH)
            .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
    WatchStream watch = ((KubeResponse.Streaming) api.api().handle(request)).stream();
    make("a");
    ObjectNode event = TestApi.drain(watch).get(0);
    assertThat(event.at("/object/kind").asText()).isEqualTo("Table");
    assertThat(event.at("/object/rows/0/cells/0").asText()).isEqualTo("a");
  }

  @Test
  void heldEventsComeLaterInOrder() {
    WatchStream watch = api.watch(WATCH);
    api.api().faults().holdWatches(target -> true);
    make("a");
    change("a");
    assertThat(events(watch)).isEmpty();
    api.api().faults().release();
    assertThat(events(watch)).containsExactly("ADDED a", "MODIFIED a");
  }

  @Test
  void aDroppedEventNeverComes() {
    WatchStream watch = api.watch(WATCH);
    api.api().faults().dropNextEvent(target -> target.type().names().kind().equals("ConfigMap"));
    make("a");
    make("b");
    assertThat(events(watch)).containsExactly("ADDED b");
  }

  @Test
  void aCutWatchEndsWithoutAWordAndAnExpiredOneWith410() {
    WatchStream cut = api.watch(WATCH);
    WatchStream expired = api.watch(WATCH);
    make("a");
    api.api().faults().cutNextWatch(target -> true);
    assertThat(events(cut)).isEmpty();
    assertThat(cut.ended()).isTrue();
    api.api().faults().expireNextWatch(target -> true);
    assertThat(events(expired)).containsExactly("ERROR Expired");
    assertThat(expired.ended()).isTrue();
  }

  private TestApi.Answer make(String name) {
    return api.create(CONFIG_MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}").expect(201);
  }

  private void change(String name) {
    api.merge(CONFIG_MAPS + "/" + name, "{\"data\":{\"changed\":\"yes\"}}").expect(200);
  }

  private void label(String name, String value) {
    api.merge(CONFIG_MAPS + "/" + name, "{\"metadata\":{\"labels\":{\"on\":\"" + value + "\"}}}")
        .expect(200);
  }
}
