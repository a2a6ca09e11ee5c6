package dev.fargate.api.generate;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The generated definitions, for tests that ask something of all of them. */
final class Schemas {

  private Schemas() {}

  static JSONSchemaProps of(Class<? extends CustomResource<?, ?>> kind) {
    return version(CrdBuilder.build(kind)).getSchema().getOpenAPIV3Schema();
  }

  static CustomResourceDefinitionVersion version(CustomResourceDefinition crd) {
    return crd.getSpec().getVersions().get(0);
  }

  /** Every schema below the kinds, by its path; items of lists and values of maps included. */
  static Map<String, JSONSchemaProps> all() {
    Map<String, JSONSchemaProps> found = new LinkedHashMap<>();
    for (Class<? extends CustomResource<?, ?>> kind : GeneratedFiles.KINDS) {
      collect(kind.getSimpleName(), of(kind), found);
    }
    return found;
  }

  private static void collect(
      String path, JSONSchemaProps schema, Map<String, JSONSchemaProps> found) {
    found.put(path, schema);
    if (schema.getProperties() != null) {
      schema.getProperties().forEach((name, field) -> collect(path + "." + name, field, found));
    }
    if (schema.getItems() != null) {
      collect(path + "[]", schema.getItems().getSchema(), found);
    }
    if (schema.getAdditionalProperties() != null) {
      collect(path + "{}", schema.getAdditionalProperties().getSchema(), found);
    }
  }
}
