package dev.fargate.operator.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.local.kube.route.KubeApi;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.KubeResponse;
import dev.fargate.local.kube.wire.WatchStream;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The embedded Kubernetes API on a run's clock, with everything that became of our objects. Serving
 * the definitions takes longer than a run, so each thread keeps its API servers and empties them.
 */
final class Cluster implements AutoCloseable {
  static final Map<String, Class<? extends CustomResource<?, ?>>> KINDS =
      Map.of(
          "FargateApp", FargateApp.class,
          "FargateDatabase", FargateDatabase.class,
          "FargateEnvironment", FargateEnvironment.class);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DEFINITIONS = Path.of("..", "crds");

  /** Of this thread, those that no run uses now. */
  private static final ThreadLocal<Deque<Cluster>> IDLE = ThreadLocal.withInitial(ArrayDeque::new);

  /** Deep enough for a run; the watches here are read after every call. */
  private static final int LOG = 10_000;

  private Instant base = Instant.EPOCH;
  private InstantSource clock = () -> base;
  private final KubeApi api = new KubeApi(() -> clock.instant(), new Random(1), LOG);
  private final List<WatchStream> watches = new ArrayList<>();
  private final List<Change> history = new ArrayList<>();
  private final Map<String, CustomResource<?, ?>> latest = new TreeMap<>();
  private Consumer<Change> listener = change -> {};

  private Cluster() {
    for (Path definition : definitions()) {
      send(
          "POST",
          "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
          "application/json",
          yaml(definition));
    }
  }

  /** An empty one on this clock. */
  static Cluster empty(InstantSource clock) {
    Cluster idle = IDLE.get().poll();
    Cluster cluster = idle == null ? new Cluster() : idle;
    cluster.clear(clock);
    return cluster;
  }

  /** The thread's next run may have it. */
  @Override
  public void close() {
    IDLE.get().push(this);
  }

  private void clear(InstantSource clock) {
    this.clock = clock;
    watches.forEach(WatchStream::close);
    watches.clear();
    for (String kind : KINDS.keySet()) {
      for (ObjectNode object : list(kind)) {
        ((ObjectNode) object.path("metadata")).remove("managedFields");
        send(
            "PATCH",
            path(object),
            "application/merge-patch+json",
            tree("{\"metadata\":{\"finalizers\":null}}"));
        if (!object.at("/metadata").has("deletionTimestamp")) {
          send("DELETE", path(object), "application/json", null);
        }
      }
    }
    for (String kind : List.of("secrets", "configmaps", "events")) {
      send("DELETE", "/api/v1/namespaces/default/" + kind, "application/json", null);
    }
    history.clear();
    latest.clear();
    listener = change -> {};
    for (String kind : KINDS.keySet()) {
      long version =
          call(KubeRequest.of("GET", collection(kind)))
              .object()
              .at("/metadata/resourceVersion")
              .asLong();
      KubeRequest watch =
          KubeRequest.of("GET", collection(kind) + "?watch=true&resourceVersion=" + version);
      watches.add(((KubeResponse.Streaming) api.handle(watch)).stream());
    }
  }

  /** Every change of our objects since this run began, in order. */
  List<Change> history() {
    return history;
  }

  /** Our objects now. */
  Collection<CustomResource<?, ?>> objects() {
    return latest.values();
  }

  /** Null when there is none. */
  CustomResource<?, ?> object(String kind, String name) {
    return latest.get(kind + "/" + name);
  }

  /** Calls back with every change from now on. */
  void onChange(Consumer<Change> listener) {
    this.listener = listener;
  }

  /** Answers a request of the operator. */
  KubeResponse.Complete answer(KubeRequest request) {
    KubeResponse.Complete answer = (KubeResponse.Complete) api.handle(request);
    listen();
    return answer;
  }

  /** {@code kubectl apply --server-side --force-conflicts}. */
  void apply(CustomResource<?, ?> object, String manager) {
    ObjectNode node = JSON.valueToTree(object);
    node.remove("status");
    apply(node, manager);
  }

  /** Likewise, of any object. */
  void apply(ObjectNode node, String manager) {
    send(
        "PATCH",
        path(node) + "?force=true&fieldManager=" + manager,
        "application/apply-patch+yaml",
        node);
  }

  /** A Secret in namespace default. */
  void secret(String name, Map<String, String> values) {
    ObjectNode secret = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Secret");
    secret.putObject("metadata").put("name", name).put("namespace", "default");
    values.forEach(secret.putObject("stringData")::put);
    send(
        "PATCH",
        "/api/v1/namespaces/default/secrets/" + name + "?force=true&fieldManager=kubectl",
        "application/apply-patch+yaml",
        secret);
  }

  /** A ConfigMap in namespace default. */
  void configMap(String name, Map<String, String> values) {
    ObjectNode map = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata").put("name", name).put("namespace", "default");
    values.forEach(map.putObject("data")::put);
    send(
        "PATCH",
        "/api/v1/namespaces/default/configmaps/" + name + "?force=true&fieldManager=kubectl",
        "application/apply-patch+yaml",
        map);
  }

  /** Why the API server would not take the object; empty when it would. */
  String refusal(ObjectNode object) {
    KubeRequest request =
        KubeRequest.of(
            "PATCH",
            path(object) + "?force=true&fieldManager=kubectl&dryRun=All",
            object.toString().getBytes(StandardCharsets.UTF_8));
    KubeResponse.Complete answer =
        (KubeResponse.Complete)
            api.handle(request.header("Content-Type", "application/apply-patch+yaml"));
    return answer.code() < 300 ? "" : answer.object().path("message").asText();
  }

  /** {@code kubectl delete}; an object that is gone already is no error. */
  void delete(String kind, String name) {
    for (ObjectNode object : list(kind)) {
      if (object.at("/metadata/name").asText().equals(name)) {
        send("DELETE", path(object), "application/json", null);
      }
    }
  }

  /** A JSON merge patch by a person. */
  void merge(String kind, String name, String patch) {
    for (ObjectNode object : list(kind)) {
      if (object.at("/metadata/name").asText().equals(name)) {
        send(
            "PATCH",
            path(object) + "?fieldManager=kubectl-edit",
            "application/merge-patch+json",
            tree(patch));
      }
    }
  }

  /** All objects of a kind now. */
  List<ObjectNode> list(String kind) {
    List<ObjectNode> objects = new ArrayList<>();
    call(KubeRequest.of("GET", collection(kind)))
        .object()
        .path("items")
        .forEach(
            item ->
                objects.add(
                    ((ObjectNode) item.deepCopy())
                        .put("apiVersion", "fargate.dev/v1alpha1")
                        .put("kind", kind)));
    return objects;
  }

  /** All Events of namespace default. */
  List<ObjectNode> events() {
    List<ObjectNode> events = new ArrayList<>();
    call(KubeRequest.of("GET", "/api/v1/namespaces/default/events"))
        .object()
        .path("items")
        .forEach(event -> events.add((ObjectNode) event));
    events.sort(Comparator.comparing(Cluster::version));
    return events;
  }

  private static Long version(ObjectNode object) {
    return object.at("/metadata/resourceVersion").asLong();
  }

  private void listen() {
    List<Change> changes = new ArrayList<>();
    for (WatchStream watch : watches) {
      try {
        for (var event = watch.next(Duration.ZERO);
            event.isPresent();
            event = watch.next(Duration.ZERO)) {
          changes.add(change(event.get()));
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    changes.sort(Comparator.comparingLong(Change::version));
    for (Change change : changes) {
      history.add(change);
      if (change.deleted()) {
        latest.remove(change.kind() + "/" + change.object().getMetadata().getName());
      } else {
        latest.put(change.kind() + "/" + change.object().getMetadata().getName(), change.object());
      }
      listener.accept(change);
    }
  }

  private Change change(ObjectNode event) {
    JsonNode object = event.get("object");
    String kind = object.path("kind").asText();
    if (event.path("type").asText().equals("ERROR")) {
      throw new IllegalStateException("this watch should never end: " + object);
    }
    CustomResource<?, ?> typed = Serialization.unmarshal(object.toString(), KINDS.get(kind));
    return new Change(
        Change.version(typed),
        clock.instant(),
        kind,
        event.path("type").asText().equals("DELETED"),
        typed);
  }

  private void send(String method, String path, String type, JsonNode body) {
    byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
    call(KubeRequest.of(method, path, bytes).header("Content-Type", type));
    listen();
  }

  private KubeResponse.Complete call(KubeRequest request) {
    KubeResponse.Complete answer = (KubeResponse.Complete) api.handle(request);
    if (answer.code() >= 300) {
      throw new AssertionError(
          request.method()
              + " "
              + request.path()
              + ": "
              + new String(answer.bytes(), StandardCharsets.UTF_8));
    }
    return answer;
  }

  private static String collection(String kind) {
    return "/apis/fargate.dev/v1alpha1/" + kind.toLowerCase(Locale.ROOT) + "s";
  }

  private static String path(ObjectNode object) {
    String namespace = object.at("/metadata/namespace").asText("");
    return "/apis/fargate.dev/v1alpha1/"
        + (namespace.isEmpty() ? "" : "namespaces/" + namespace + "/")
        + object.path("kind").asText().toLowerCase(Locale.ROOT)
        + "s/"
        + object.at("/metadata/name").asText();
  }

  private static List<Path> definitions() {
    try (Stream<Path> files = Files.list(DEFINITIONS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode yaml(Path file) {
    try {
      return JSON.valueToTree(Serialization.unmarshal(Files.readString(file), Map.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
