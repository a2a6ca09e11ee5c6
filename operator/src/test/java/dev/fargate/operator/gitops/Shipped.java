package dev.fargate.operator.gitops;

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

/** What the repository ships for GitOps tools, as files. */
final class Shipped {
  /** Surefire runs in the module's folder. */
  private static final Path ROOT = Path.of("..");

  static final List<String> KINDS = List.of("FargateApp", "FargateDatabase", "FargateEnvironment");

  private static final YAMLMapper YAML = new YAMLMapper();

  private Shipped() {}

  static Path argocd() {
    return ROOT.resolve("gitops/argocd");
  }

  /** Argo CD's own layout: a folder per kind. */
  static Path customization(String kind) {
    return argocd().resolve("resource_customizations/fargate.dev").resolve(kind);
  }

  static Path samples() {
    return ROOT.resolve("samples");
  }

  static Path definitions() {
    return ROOT.resolve("crds");
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files right in a folder that end so, by name; empty when there is no such folder. */
  static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> folders(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every document of a YAML file that is not empty. */
  static List<ObjectNode> documents(Path file) {
    try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text(file))) {
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

  /** Comparable: whole numbers are one type, however the tree came to be. */
  static JsonNode plain(JsonNode tree) {
    try {
      return YAML.readTree(tree.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode document(Path file) {
    return documents(file).get(0);
  }
}
