package dev.fargate.operator.properties;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fargate.local.kube.route.KubeApi;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.KubeResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** The embedded Kubernetes API with our definitions: what it says of an object at apply. */
final class ApiServer {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path ROOT = Path.of("..");
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final Map<String, String> SAMPLES =
      Map.of(
          "FargateApp", "app.yaml",
          "FargateDatabase", "database.yaml",
          "FargateEnvironment", "environment.yaml");

  /** Nothing here watches. */
  private static final int LOG = 100;

  private final KubeApi api = new KubeApi(() -> NOW, new Random(1), LOG);

  ApiServer() {
    this(definition -> definition);
  }

  private ApiServer(UnaryOperator<ObjectNode> version) {
    for (String kind : SAMPLES.keySet()) {
      KubeResponse.Complete answer =
          send(
              "POST",
              "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
              version.apply(definition(kind)),
              "application/json");
      if (answer.code() >= 300) {
        throw new AssertionError(text(answer));
      }
    }
  }

  /** With definitions as old as the first ones: types and bounds, and no rule across fields. */
  static ApiServer withoutRules() {
    return new ApiServer(
        definition -> {
          definition
              .findParents("x-kubernetes-validations")
              .forEach(schema -> ((ObjectNode) schema).remove("x-kubernetes-validations"));
          return definition;
        });
  }

  static List<String> kinds() {
    return SAMPLES.keySet().stream().sorted().toList();
  }

  /** The definition of a kind, as it is shipped. */
  static ObjectNode definition(String kind) {
    return yaml(ROOT.resolve("crds/" + kind.toLowerCase(Locale.ROOT) + "s.yaml"));
  }

  /** The schema of a kind's spec. */
  static JsonNode spec(String kind) {
    return definition(kind).at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
  }

  /** An object of the Phoenix sample. */
  static ObjectNode sample(String kind) {
    return yaml(ROOT.resolve("samples/phoenix").resolve(SAMPLES.get(kind)));
  }

  static ObjectNode yaml(Path file) {
    try {
      return (ObjectNode) YAML.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode yaml(String resource) {
    try (var in = ApiServer.class.getResourceAsStream("/properties/" + resource)) {
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why {@code kubectl apply} of a new object is refused; empty when it is not. */
  Optional<String> refusal(ObjectNode object) {
    return refusal("POST", collection(object), object);
  }

  /** Why an object cannot become another; empty when it can. Leaves the first one there. */
  Optional<String> refusalOfChange(ObjectNode from, ObjectNode to) {
    KubeResponse.Complete answer = send("POST", collection(from), from, "application/json");
    if (answer.code() >= 300) {
      throw new AssertionError(text(answer));
    }
    ObjectNode there = answer.object();
    ObjectNode changed = to.deepCopy();
    changed.set("metadata", there.get("metadata"));
    return refusal("PUT", collection(from) + "/" + from.at("/metadata/name").asText(), changed);
  }

  /** The object as the API server has it once it is applied: with its defaults. */
  ObjectNode applied(ObjectNode object) {
    KubeResponse.Complete answer =
        send("POST", collection(object) + "?dryRun=All", object, "application/json");
    if (answer.code() >= 300) {
      throw new AssertionError(text(answer));
    }
    return answer.object();
  }

  private Optional<String> refusal(String method, String path, ObjectNode object) {
    KubeResponse.Complete answer =
        send(method, path + "?dryRun=All&fieldValidation=Strict", object, "application/json");
    if (answer.code() >= 500) {
      throw new AssertionError("no refusal but a crash: " + text(answer));
    }
    return answer.code() < 300
        ? Optional.empty()
        : Optional.of(answer.object().path("message").asText());
  }

  /** What the API server answers to bytes that may be anything; its text and code. */
  KubeResponse.Complete raw(String method, String path, String type, byte[] body) {
    return (KubeResponse.Complete)
        api.handle(KubeRequest.of(method, path, body).header("Content-Type", type));
  }

  static String collection(ObjectNode object) {
    String namespace = object.at("/metadata/namespace").asText("");
    return "/apis/fargate.dev/v1alpha1/"
        + (namespace.isEmpty() ? "" : "namespaces/" + namespace + "/")
        + object.path("kind").asText().toLowerCase(Locale.ROOT)
        + "s";
  }

  private KubeResponse.Complete send(String method, String path, JsonNode body, String type) {
    return (KubeResponse.Complete)
        api.handle(
            KubeRequest.of(method, path, body.toString().getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", type));
  }

  static String text(KubeResponse.Complete answer) {
    return new String(answer.bytes(), StandardCharsets.UTF_8);
  }
}
