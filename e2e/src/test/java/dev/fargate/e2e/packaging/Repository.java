package dev.fargate.e2e.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that people install from, as they lie in the repository. */
public final class Repository {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Repository() {}

  /** The repository's root: surefire runs in the module's folder. */
  public static Path root() {
    Path root = Path.of("").toAbsolutePath().getParent();
    if (!Files.isDirectory(root.resolve("helm"))) {
      throw new IllegalStateException(
          "run these tests in the e2e module; there is no helm/ in " + root);
    }
    return root;
  }

  static Path chart() {
    return root().resolve("helm/fargate-operator");
  }

  static Path crds() {
    return root().resolve("crds");
  }

  /** The YAML files right in a folder or in any below it, by name. */
  public static List<Path> yamlFiles(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's text. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The definitions of our kinds, as they lie in crds/. */
  public static List<ObjectNode> definitions() {
    return yamlFiles(crds(), 1).stream().flatMap(file -> documents(text(file)).stream()).toList();
  }

  /** A document as the Kubernetes client takes it. */
  public static <R> R asResource(ObjectNode document, Class<R> type) {
    return YAML.convertValue(document, type);
  }

  /** Every document of a YAML text that is not empty. */
  public static List<ObjectNode> documents(String yaml) {
    try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      List<ObjectNode> documents = new ArrayList<>();
      while (values.hasNextValue()) {
        if (values.nextValue() instanceof ObjectNode object && !object.isEmpty()) {
          documents.add(object);
        }
      }
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
