package dev.fargate.local.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.route.KubeApi;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.KubeResponse;
import dev.fargate.local.kube.wire.WatchStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The API without a socket, with the Widget definition in it and a clock that a test moves. */
final class TestApi {
  static final String WIDGETS = "/apis/test.fargate.dev/v1/namespaces/default/widgets";
  static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final KubeApi api;

  TestApi() {
    this(1000);
  }

  TestApi(int logCapacity) {
    api = new KubeApi(() -> now, new Random(1), logCapacity);
    create(DEFINITIONS, TestServer.resource("/widgets.yaml")).expect(201);
    api.recorder().clear();
  }

  KubeApi api() {
    return api;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Answer get(String path) {
    return send(KubeRequest.of("GET", path));
  }

  Answer getTable(String path) {
    return send(
        KubeRequest.of("GET", path)
            .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"));
  }

  Answer create(String path, String body) {
    return send(KubeRequest.of("POST", path, body));
  }

  Answer replace(String path, JsonNode body) {
    return send(KubeRequest.of("PUT", path, body.toString()));
  }

  Answer delete(String path) {
    return send(KubeRequest.of("DELETE", path));
  }

  Answer delete(String path, String options) {
    return send(KubeRequest.of("DELETE", path, options));
  }

  Answer merge(String path, String body) {
    return patch("merge-patch+json", path, body);
  }

  Answer jsonPatch(String path, String body) {
    return patch("json-patch+json", path, body);
  }

  Answer strategic(String path, String body) {
    return patch("strategic-merge-patch+json", path, body);
  }

  Answer patch(String type, String path, String body) {
    return send(KubeRequest.of("PATCH", path, body).header("Content-Type", "application/" + type));
  }

  /** Server-side apply by a manager. */
  Answer apply(String manager, String path, String body) {
    String mark = path.contains("?") ? "&" : "?";
    return patch("apply-patch+yaml", path + mark + "fieldManager=" + manager, body);
  }

  Answer send(KubeRequest request) {
    return new Answer((KubeResponse.Complete) api.handle(request));
  }

  WatchStream watch(String path) {
    return ((KubeResponse.Streaming) api.handle(KubeRequest.of("GET", path))).stream();
  }

  /** What a watch has to tell right now, each as {@code TYPE name}. */
  static List<String> events(WatchStream watch) {
    List<String> events = new ArrayList<>();
    for (ObjectNode event : drain(watch)) {
      String name = event.at("/object/metadata/name").asText(event.at("/object/reason").asText());
      events.add((event.path("type").asText() + " " + name).trim());
    }
    return events;
  }

  static List<ObjectNode> drain(WatchStream watch) {
    List<ObjectNode> events = new ArrayList<>();
    try {
      for (var event = watch.next(Duration.ZERO);
          event.isPresent();
          event = watch.next(Duration.ZERO)) {
        events.add(event.get());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return events;
  }

  /** A Widget's JSON. */
  static String widget(String name, String spec) {
    return "{\"apiVersion\":\"test.fargate.dev/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\""
        + name
        + "\"},\"spec\":{"
        + spec
        + "}}";
  }

  /** A complete answer. */
  record Answer(KubeResponse.Complete response) {
    Answer expect(int code) {
      assertThat(response.code()).as(() -> new String(response.bytes())).isEqualTo(code);
      return this;
    }

    ObjectNode object() {
      return response.object();
    }

    JsonNode at(String pointer) {
      return object().at(pointer);
    }

    String text(String pointer) {
      return at(pointer).asText("");
    }

    String version() {
      return text("/metadata/resourceVersion");
    }

    /** The causes of an error, each as {@code field: message}. */
    List<String> causes() {
      List<String> causes = new ArrayList<>();
      at("/details/causes")
          .forEach(c -> causes.add(c.path("field").asText() + ": " + c.path("message").asText()));
      return causes;
    }

    List<String> names() {
      List<String> names = new ArrayList<>();
      at("/items").forEach(i -> names.add(i.at("/metadata/name").asText()));
      return names;
    }
  }
}
