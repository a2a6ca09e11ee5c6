package dev.fargate.e2e.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.e2e.packaging.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What kustomize builds of a folder, for what our examples use of it; what they do not use is
 * refused, so that this never says more than it knows. The profile foreign-clients holds it equal
 * to kubectl kustomize.
 */
final class Kustomization {
  private static final Set<String> KNOWN =
      Set.of("apiVersion", "kind", "namespace", "resources", "patches", "images", "configurations");

  private final Path folder;
  private final ObjectNode file;

  Kustomization(Path folder) {
    this.folder = folder;
    this.file = documents("kustomization.yaml").get(0);
    file.fieldNames()
        .forEachRemaining(
            field -> {
              if (!KNOWN.contains(field)) {
                throw new IllegalStateException(folder + ": this test knows no " + field);
              }
            });
  }

  /** The objects, in kustomize's order of resources. */
  List<ObjectNode> build() {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode resource : file.path("resources")) {
      Path path = folder.resolve(resource.asText()).normalize();
      objects.addAll(
          resource.asText().endsWith(".yaml")
              ? documents(resource.asText())
              : new Kustomization(path).build());
    }
    String namespace = file.path("namespace").asText("");
    for (ObjectNode object : objects) {
      if (!namespace.isEmpty() && !object.path("kind").asText().equals("Namespace")) {
        ((ObjectNode) object.path("metadata")).put("namespace", namespace);
      }
    }
    for (JsonNode patch : file.path("patches")) {
      ObjectNode change = documents(patch.path("path").asText()).get(0);
      merge(only(objects, change), change);
    }
    file.path("images").forEach(image -> objects.forEach(object -> pin(object, image)));
    return objects;
  }

  /** The files of the folder that it uses, itself included. */
  Set<String> files() {
    Set<String> used = new TreeSet<>(List.of("kustomization.yaml"));
    file.path("resources").forEach(resource -> used.add(resource.asText()));
    file.path("configurations").forEach(configuration -> used.add(configuration.asText()));
    file.path("patches").forEach(patch -> used.add(patch.path("path").asText()));
    used.removeIf(name -> !name.endsWith(".yaml"));
    return used;
  }

  private static ObjectNode only(List<ObjectNode> objects, ObjectNode patch) {
    List<ObjectNode> found =
        objects.stream()
            .filter(
                object ->
                    object.path("apiVersion").equals(patch.path("apiVersion"))
                        && object.path("kind").equals(patch.path("kind"))
                        && object.at("/metadata/name").equals(patch.at("/metadata/name")))
            .toList();
    if (found.size() != 1) {
      throw new IllegalStateException("a patch that hits " + found.size() + " objects: " + patch);
    }
    return found.get(0);
  }

  /** A JSON merge patch: what kustomize does to kinds whose schema it does not know. */
  private static void merge(ObjectNode target, ObjectNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNull()) {
                target.remove(field.getKey());
              } else if (field.getValue() instanceof ObjectNode below
                  && target.get(field.getKey()) instanceof ObjectNode now) {
                merge(now, below);
              } else {
                target.set(field.getKey(), field.getValue());
              }
            });
  }

  private static void pin(ObjectNode object, JsonNode image) {
    String now = object.at("/spec/image").asText();
    String name = image.path("name").asText();
    if (object.path("kind").asText().equals("FargateApp")
        && (now.equals(name) || now.startsWith(name + ":") || now.startsWith(name + "@"))) {
      ((ObjectNode) object.path("spec")).put("image", name + "@" + image.path("digest").asText());
    }
  }

  private List<ObjectNode> documents(String name) {
    return Repository.documents(Repository.text(folder.resolve(name)));
  }
}
