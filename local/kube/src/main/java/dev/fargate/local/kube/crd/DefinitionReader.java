package dev.fargate.local.kube.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.conform.Conformance;
import dev.fargate.local.kube.resource.GroupVersion;
import dev.fargate.local.kube.resource.Names;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.resource.Scope;
import dev.fargate.local.kube.resource.Shape;
import dev.fargate.local.kube.resource.Storage;
import dev.fargate.local.kube.resource.Subresources;
import dev.fargate.local.kube.resource.Subresources.ScalePaths;
import dev.fargate.local.kube.table.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a CustomResourceDefinition into the resources it serves. */
final class DefinitionReader {
  private final SchemaCompiler schemas;

  DefinitionReader(SchemaCompiler schemas) {
    this.schemas = schemas;
  }

  /** The served versions, each a resource. */
  List<ResourceType> types(ObjectNode definition) {
    JsonNode spec = definition.path("spec");
    String group = spec.path("group").asText();
    GroupVersion stored = storageVersion(spec, group);
    List<ResourceType> types = new ArrayList<>();
    for (JsonNode version : spec.path("versions")) {
      if (version.path("served").asBoolean(false)) {
        types.add(
            type(spec, version, new GroupVersion(group, version.path("name").asText()), stored));
      }
    }
    return types;
  }

  private ResourceType type(
      JsonNode spec, JsonNode version, GroupVersion served, GroupVersion stored) {
    Names names = names(spec.path("names"));
    JsonNode source = version.at("/schema/openAPIV3Schema");
    Conformance conformance = schemas.compile(source, "openAPIV3Schema").conformance();
    Shape shape =
        new Shape(
            conformance,
            subresources(version.path("subresources")),
            Columns.of(version.path("additionalPrinterColumns")));
    Scope scope = spec.path("scope").asText().equals("Cluster") ? Scope.CLUSTER : Scope.NAMESPACED;
    return new ResourceType(
        served, names, scope, Storage.renamed(served, stored, names.plural()), shape, true);
  }

  private static GroupVersion storageVersion(JsonNode spec, String group) {
    for (JsonNode version : spec.path("versions")) {
      if (version.path("storage").asBoolean(false)) {
        return new GroupVersion(group, version.path("name").asText());
      }
    }
    throw new IllegalStateException("a definition without storage version was stored");
  }

  private static Names names(JsonNode names) {
    return new Names(
        names.path("kind").asText(),
        names.path("plural").asText(),
        names.path("singular").asText(),
        texts(names.path("shortNames")),
        texts(names.path("categories")));
  }

  private static Subresources subresources(JsonNode node) {
    Optional<ScalePaths> scale = Optional.empty();
    if (node.path("scale").isObject()) {
      JsonNode paths = node.get("scale");
      scale =
          Optional.of(
              new ScalePaths(
                  paths.path("specReplicasPath").asText(),
                  paths.path("statusReplicasPath").asText(),
                  paths.path("labelSelectorPath").asText("")));
    }
    return new Subresources(node.path("status").isObject(), scale);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(t -> texts.add(t.asText()));
    return List.copyOf(texts);
  }
}
