package dev.fargate.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.local.kube.route.KubeApi;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.KubeResponse;
import dev.fargate.operator.flow.VirtualWorld;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The operator in virtual time with its objects in an embedded Kubernetes API on the same clock:
 * what others write there reaches it, and it writes finalizers and status there as its shell does.
 */
final class KubeWorld implements AutoCloseable {
  /** The operator's field manager, and what it puts on every object. */
  private static final String OPERATOR = "fargate-operator";

  private static final String FINALIZER = "fargate.dev/finalizer";
  private static final Map<String, Class<? extends CustomResource<?, ?>>> TYPES =
      Map.of(
          "FargateApp", FargateApp.class,
          "FargateDatabase", FargateDatabase.class,
          "FargateEnvironment", FargateEnvironment.class);

  /** Deep enough for an hour; nothing here watches. */
  private static final int LOG = 10_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  final VirtualWorld world = new VirtualWorld();
  private final KubeApi api = new KubeApi(world::now, new Random(1), LOG);

  KubeWorld() {
    for (Path definition : Shipped.files(Shipped.definitions(), ".yaml")) {
      send(
          "POST",
          "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
          "application/json",
          Shipped.document(definition));
    }
    world.watch(this::writeStatus);
  }

  /** Server-side apply with force, as both tools do. Returns the object as it is then. */
  ObjectNode apply(ObjectNode object, String manager, boolean dryRun) {
    return send(
        "PATCH",
        path(object) + "?force=true&fieldManager=" + manager + (dryRun ? "&dryRun=All" : ""),
        "application/apply-patch+yaml",
        object);
  }

  /** A JSON merge patch. */
  ObjectNode merge(ObjectNode object, JsonNode patch, String manager) {
    return send(
        "PATCH", path(object) + "?fieldManager=" + manager, "application/merge-patch+json", patch);
  }

  void create(ObjectNode object, String manager) {
    String path = path(object);
    send(
        "POST",
        path.substring(0, path.lastIndexOf('/')) + "?fieldManager=" + manager,
        "application/json",
        object);
  }

  void delete(ObjectNode object) {
    send("DELETE", path(object), "application/json", null);
  }

  /** The object of that kind and name; empty when there is none. */
  Optional<ObjectNode> live(ObjectNode named) {
    return objects(named.path("kind").asText(), "").stream()
        .filter(
            object ->
                object.at("/metadata/name").equals(named.at("/metadata/name"))
                    && object.at("/metadata/namespace").equals(named.at("/metadata/namespace")))
        .findFirst();
  }

  /** All our objects with these labels, such as {@code a=b,c=d}. */
  List<ObjectNode> objects(String labels) {
    return Shipped.KINDS.stream().flatMap(kind -> objects(kind, labels).stream()).toList();
  }

  /** The resource versions of all our objects by kind and name. */
  Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    for (ObjectNode object : objects("")) {
      versions.put(
          object.path("kind").asText() + "/" + object.at("/metadata/name").asText(),
          object.at("/metadata/resourceVersion").asText());
    }
    return versions;
  }

  /** Lets the operator see what was written, then lets time pass. */
  void run(Duration time) {
    show();
    world.run(time);
    show();
  }

  /** Runs in small steps, one at least, until kstatus calls all our objects current. */
  void untilCurrent(Duration atMost, Runnable everyFewSeconds) {
    Duration step = Duration.ofSeconds(5);
    Duration passed = Duration.ZERO;
    do {
      if (passed.compareTo(atMost) > 0) {
        throw new AssertionError("not all ready within " + atMost + "\n" + world.describe());
      }
      everyFewSeconds.run();
      run(step);
      passed = passed.plus(step);
    } while (!objects("").stream().allMatch(o -> Kstatus.of(o) == Kstatus.Result.CURRENT));
  }

  /** What the watch does for the operator, and its finalizer's coming and going. */
  private void show() {
    for (ObjectNode object : objects("")) {
      String kind = object.path("kind").asText();
      boolean deleting = object.at("/metadata").has("deletionTimestamp");
      boolean known = world.exists(kind, object.at("/metadata/name").asText());
      if (deleting && !known) {
        merge(object, tree("{\"metadata\":{\"finalizers\":null}}"), OPERATOR);
        continue;
      }
      if (!deleting && object.at("/metadata/finalizers").isEmpty()) {
        ObjectNode marked = named(object);
        ((ObjectNode) marked.path("metadata")).putArray("finalizers").add(FINALIZER);
        object = apply(marked, OPERATOR, false);
      }
      world.take(Serialization.unmarshal(object.toString(), TYPES.get(kind)));
    }
  }

  private void writeStatus(CustomResource<?, ?> object) {
    if (object.getStatus() == null) {
      return;
    }
    ObjectNode whole = JSON.valueToTree(object);
    ObjectNode status = named(whole);
    status.set("status", whole.get("status"));
    send(
        "PATCH",
        path(whole) + "/status?force=true&fieldManager=" + OPERATOR,
        "application/apply-patch+yaml",
        status);
  }

  private static ObjectNode named(ObjectNode object) {
    ObjectNode named = JSON.createObjectNode();
    named.set("apiVersion", object.get("apiVersion"));
    named.set("kind", object.get("kind"));
    ObjectNode metadata = named.putObject("metadata");
    metadata.set("name", object.at("/metadata/name"));
    if (object.at("/metadata").has("namespace")) {
      metadata.set("namespace", object.at("/metadata/namespace"));
    }
    return named;
  }

  private List<ObjectNode> objects(String kind, String labels) {
    ObjectNode list =
        send(
            "GET",
            "/apis/fargate.dev/v1alpha1/"
                + kind.toLowerCase(Locale.ROOT)
                + "s"
                + (labels.isEmpty() ? "" : "?labelSelector=" + labels),
            "application/json",
            null);
    List<ObjectNode> objects = new ArrayList<>();
    list.path("items")
        .forEach(
            item ->
                objects.add(
                    ((ObjectNode) item)
                        .put("apiVersion", "fargate.dev/v1alpha1")
                        .put("kind", kind)));
    return objects;
  }

  private static String path(ObjectNode object) {
    String namespace = object.at("/metadata/namespace").asText("");
    return "/apis/fargate.dev/v1alpha1/"
        + (namespace.isEmpty() ? "" : "namespaces/" + namespace + "/")
        + object.path("kind").asText().toLowerCase(Locale.ROOT)
        + "s/"
        + object.at("/metadata/name").asText();
  }

  private ObjectNode send(String method, String path, String type, JsonNode body) {
    byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
    KubeResponse.Complete answer =
        (KubeResponse.Complete)
            api.handle(KubeRequest.of(method, path, bytes).header("Content-Type", type));
    if (answer.code() >= 300) {
      throw new AssertionError(
          method + " " + path + ": " + new String(answer.bytes(), StandardCharsets.UTF_8));
    }
    return answer.object();
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    world.close();
  }
}
