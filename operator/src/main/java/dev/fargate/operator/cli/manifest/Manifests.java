package dev.fargate.operator.cli.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The objects of YAML files, checked. Objects that say nothing to a plan are listed as ignored. */
public final class Manifests {
  private static final String GROUP = "fargate.dev/";
  private static final String API_VERSION = GROUP + "v1alpha1";

  /** As kubectl writes it. */
  private static final Path STDIN = Path.of("-");

  private static final String NAME_PATTERN = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  /** What is read, by kind; ours are checked against their schema. */
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "FargateEnvironment", FargateEnvironment.class,
          "FargateDatabase", FargateDatabase.class,
          "FargateApp", FargateApp.class,
          "Secret", Secret.class,
          "ConfigMap", ConfigMap.class,
          "Namespace", Namespace.class);

  private static final Map<String, String> SCHEMAS =
      Map.of(
          "FargateEnvironment", "fargateenvironments",
          "FargateDatabase", "fargatedatabases",
          "FargateApp", "fargateapps");

  private final String defaultNamespace;
  private final List<FileProblem> problems = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();

  /** Kind, namespace and name to the object, in the order of the files. */
  private final Map<String, HasMetadata> objects = new LinkedHashMap<>();

  private final Map<String, Document> documents = new LinkedHashMap<>();

  private Manifests(String defaultNamespace) {
    this.defaultNamespace = defaultNamespace;
  }

  /**
   * Reads files, and of folders the files ending in .yaml, .yml or .json; subfolders are left out,
   * as kubectl does; {@code -} is standard input.
   *
   * @param defaultNamespace of objects that name none
   */
  public static Manifests read(List<Path> paths, String defaultNamespace) {
    Manifests manifests = new Manifests(defaultNamespace);
    for (Path path : paths) {
      manifests.read(path);
    }
    if (manifests.problems.isEmpty() && manifests.of(HasMetadata.class).isEmpty()) {
      manifests.problems.add(
          new FileProblem(String.valueOf(paths), 0, null, "holds no object of " + API_VERSION));
    }
    return manifests;
  }

  public List<FileProblem> problems() {
    return problems;
  }

  /** {@code file: kind name} of what says nothing to a plan. */
  public List<String> ignored() {
    return ignored;
  }

  /** The objects of a type, in the order of the files. */
  public <R extends HasMetadata> List<R> of(Class<R> type) {
    return objects.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Where an object comes from. */
  public Document document(HasMetadata object) {
    return documents.get(key(object));
  }

  private void read(Path path) {
    try {
      if (path.equals(STDIN)) {
        String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        YamlReader.read("stdin", text, problems).forEach(this::add);
        return;
      }
      if (Files.isDirectory(path)) {
        try (Stream<Path> files = Files.list(path)) {
          files
              .filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
              .sorted()
              .forEach(this::file);
        }
      } else if (Files.exists(path)) {
        file(path);
      } else {
        problems.add(new FileProblem(path.toString(), 0, null, "does not exist"));
      }
    } catch (IOException e) {
      problems.add(new FileProblem(path.toString(), 0, null, "cannot be read: " + e.getMessage()));
    }
  }

  private void file(Path file) {
    try {
      YamlReader.read(file.toString(), Files.readString(file), problems).forEach(this::add);
    } catch (IOException e) {
      problems.add(new FileProblem(file.toString(), 0, null, "cannot be read: " + e.getMessage()));
    }
  }

  private void add(Document document) {
    String kind = document.text("kind");
    String apiVersion = document.text("apiVersion");
    if (kind.isEmpty() || apiVersion.isEmpty()) {
      problems.add(document.problem(kind.isEmpty() ? "kind" : "apiVersion", "is required"));
      return;
    }
    if (apiVersion.equals("v1") && kind.equals("List")) {
      document.items().forEach(this::add);
      return;
    }
    boolean ours = apiVersion.startsWith(GROUP);
    if (ours && (!apiVersion.equals(API_VERSION) || !SCHEMAS.containsKey(kind))) {
      problems.add(
          document.problem(
              apiVersion.equals(API_VERSION) ? "kind" : "apiVersion",
              "is not known; this version knows "
                  + API_VERSION
                  + " with the kinds "
                  + String.join(", ", SCHEMAS.keySet().stream().sorted().toList())));
    } else if (ours || (apiVersion.equals("v1") && KINDS.containsKey(kind))) {
      known(document, kind, ours);
    } else {
      ignored.add(
          document.file() + ": " + kind + " " + document.content().at("/metadata/name").asText());
    }
  }

  private void known(Document document, String kind, boolean ours) {
    int before = problems.size();
    ObjectNode content = document.content();
    String name = content.at("/metadata/name").asText("");
    if (name.isEmpty()) {
      problems.add(document.problem("metadata.name", "is required"));
    } else if (ours && !name.matches(NAME_PATTERN)) {
      problems.add(
          document.problem(
              "metadata.name",
              "is \"" + name + "\"; use at most 63 small letters, digits and dashes"));
    }
    if (ours) {
      content.remove("status");
      spec(document, kind);
    }
    if (problems.size() > before) {
      return;
    }
    if (!kind.equals("FargateEnvironment")
        && !kind.equals("Namespace")
        && content.at("/metadata/namespace").isMissingNode()) {
      ((ObjectNode) content.get("metadata")).put("namespace", defaultNamespace);
    }
    try {
      HasMetadata object = Serialization.jsonMapper().treeToValue(content, KINDS.get(kind));
      if (objects.putIfAbsent(key(object), object) != null) {
        problems.add(
            document.problem(
                "metadata.name",
                "is "
                    + name
                    + " a second time; the first is in "
                    + documents.get(key(object)).file()));
      }
      documents.putIfAbsent(key(object), document);
    } catch (JsonProcessingException e) {
      problems.add(document.problem("spec", "cannot be read: " + e.getOriginalMessage()));
    }
  }

  private void spec(Document document, String kind) {
    JsonNode spec = document.content().get("spec");
    if (spec == null || spec.isNull()) {
      problems.add(document.problem("spec", "is required"));
      return;
    }
    for (Map.Entry<String, JsonNode> entry : document.content().properties()) {
      if (!List.of("apiVersion", "kind", "metadata", "spec").contains(entry.getKey())) {
        problems.add(
            document.problem(
                entry.getKey(), "is no field here; fields are apiVersion, kind, metadata, spec"));
      }
    }
    JSONSchemaProps schema = schema(kind);
    int before = problems.size();
    new SchemaCheck(document, problems).check("spec", spec, schema);
    if (problems.size() == before) {
      new SchemaRules(document, problems).check("spec", spec, schema);
    }
  }

  private static JSONSchemaProps schema(String kind) {
    String resource = "/crds/" + SCHEMAS.get(kind) + ".yaml";
    try (InputStream yaml = Manifests.class.getResourceAsStream(resource)) {
      return Serialization.unmarshal(yaml, CustomResourceDefinition.class)
          .getSpec()
          .getVersions()
          .get(0)
          .getSchema()
          .getOpenAPIV3Schema()
          .getProperties()
          .get("spec");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(HasMetadata object) {
    return object.getKind()
        + "/"
        + (object.getMetadata().getNamespace() == null ? "" : object.getMetadata().getNamespace())
        + "/"
        + object.getMetadata().getName();
  }
}
