package dev.fargate.local.kube.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Catalog;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.table.JsonPath;
import dev.fargate.local.kube.wire.StatusError.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a real server refuses in a CustomResourceDefinition, and what this one cannot do. */
final class DefinitionValidation {
  private final List<Cause> causes = new ArrayList<>();

  private final SchemaCompiler schemas;

  private DefinitionValidation(SchemaCompiler schemas) {
    this.schemas = schemas;
  }

  static List<Cause> check(
      ObjectNode definition, Optional<ObjectNode> live, Catalog catalog, SchemaCompiler schemas) {
    DefinitionValidation validation = new DefinitionValidation(schemas);
    JsonNode spec = definition.path("spec");
    validation.names(definition, spec);
    validation.clashes(spec, catalog);
    validation.versions(spec.path("versions"));
    live.ifPresent(before -> validation.unchanged(before.path("spec"), spec));
    if (!spec.at("/conversion/strategy").asText("None").equals("None")) {
      validation.invalid(
          "spec.conversion.strategy",
          spec.at("/conversion/strategy").asText(),
          "this local server has no conversion webhooks: use None");
    }
    return validation.causes;
  }

  private void names(ObjectNode definition, JsonNode spec) {
    require(spec, "group", "spec.group");
    require(spec.path("names"), "kind", "spec.names.kind");
    require(spec.path("names"), "plural", "spec.names.plural");
    String expected = spec.at("/names/plural").asText() + "." + spec.path("group").asText();
    if (!Meta.name(definition).equals(expected)) {
      invalid(
          "metadata.name",
          Meta.name(definition),
          "must be spec.names.plural+\".\"+spec.group: " + expected);
    }
    String scope = spec.path("scope").asText();
    if (!scope.equals("Namespaced") && !scope.equals("Cluster")) {
      causes.add(
          new Cause(
              "FieldValueNotSupported",
              "spec.scope",
              "Unsupported value: \""
                  + scope
                  + "\": supported values: \"Cluster\", \"Namespaced\""));
    }
  }

  /**
   * A real server accepts the object and reports NamesAccepted=False; here the same is refused at
   * once.
   */
  private void clashes(JsonNode spec, Catalog catalog) {
    String group = spec.path("group").asText();
    String plural = spec.at("/names/plural").asText();
    String kind = spec.at("/names/kind").asText();
    boolean clash =
        catalog.all().stream()
            .filter(t -> t.version().group().equals(group) && !t.names().plural().equals(plural))
            .anyMatch(t -> t.names().kind().equals(kind));
    if (clash) {
      invalid(
          "spec.names.kind", kind, "another resource of group " + group + " has this kind already");
    }
  }

  private void versions(JsonNode versions) {
    int storage = 0;
    for (int i = 0; i < versions.size(); i++) {
      JsonNode version = versions.get(i);
      storage += version.path("storage").asBoolean(false) ? 1 : 0;
      String path = "spec.versions[" + i + "]";
      require(version, "name", path + ".name");
      schema(version.at("/schema/openAPIV3Schema"), path + ".schema.openAPIV3Schema");
      columns(version.path("additionalPrinterColumns"), path + ".additionalPrinterColumns");
    }
    if (storage != 1) {
      invalid(
          "spec.versions",
          versions.size() + " versions",
          "must have exactly one version marked as storage version");
    }
  }

  private void schema(JsonNode schema, String path) {
    if (schema.isObject()) {
      causes.addAll(schemas.compile(schema, path).refused());
    } else {
      causes.add(new Cause("FieldValueRequired", path, "Required value: schemas are required"));
    }
  }

  private void columns(JsonNode columns, String path) {
    for (int i = 0; i < columns.size(); i++) {
      String jsonPath = columns.get(i).path("jsonPath").asText("");
      try {
        JsonPath.parse(jsonPath);
      } catch (IllegalArgumentException e) {
        invalid(path + "[" + i + "].jsonPath", jsonPath, e.getMessage());
      }
    }
  }

  private void unchanged(JsonNode before, JsonNode spec) {
    for (String pointer : List.of("/group", "/scope", "/names/plural", "/names/kind")) {
      if (!before.at(pointer).equals(spec.at(pointer))) {
        invalid(
            "spec" + pointer.replace('/', '.'), spec.at(pointer).asText(), "field is immutable");
      }
    }
  }

  private void require(JsonNode node, String field, String path) {
    if (node.path(field).asText("").isEmpty()) {
      causes.add(new Cause("FieldValueRequired", path, "Required value"));
    }
  }

  private void invalid(String field, String value, String why) {
    causes.add(new Cause("FieldValueInvalid", field, "Invalid value: \"" + value + "\": " + why));
  }
}
