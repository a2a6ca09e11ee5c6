package dev.fargate.local.kube.schema;

import dev.fargate.local.kube.wire.Json;

/** The parts of a schema that every Kubernetes object shares. */
public final class ObjectSchemas {
  private static final String META =
      """
      {"type": "object", "properties": {
        "name": {"type": "string"},
        "generateName": {"type": "string"},
        "namespace": {"type": "string"},
        "selfLink": {"type": "string"},
        "uid": {"type": "string"},
        "resourceVersion": {"type": "string"},
        "generation": {"type": "integer", "format": "int64"},
        "creationTimestamp": {"type": "string", "format": "date-time", "nullable": true},
        "deletionTimestamp": {"type": "string", "format": "date-time", "nullable": true},
        "deletionGracePeriodSeconds": {"type": "integer", "format": "int64"},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "annotations": {"type": "object", "additionalProperties": {"type": "string"}},
        "finalizers": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}},
        "ownerReferences": {"type": "array", "x-kubernetes-list-type": "map",
          "x-kubernetes-list-map-keys": ["uid"],
          "items": {"type": "object", "required": ["apiVersion", "kind", "name", "uid"],
            "x-kubernetes-map-type": "atomic",
            "properties": {
              "apiVersion": {"type": "string"}, "kind": {"type": "string"}, "name": {"type": "string"},
              "uid": {"type": "string"}, "controller": {"type": "boolean"},
              "blockOwnerDeletion": {"type": "boolean"}}}},
        "managedFields": {"type": "array", "x-kubernetes-list-type": "atomic", "items": {"type": "object",
          "properties": {
            "manager": {"type": "string"}, "operation": {"type": "string"}, "apiVersion": {"type": "string"},
            "time": {"type": "string"}, "fieldsType": {"type": "string"},
            "fieldsV1": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
            "subresource": {"type": "string"}}}}}}
      """;

  private static final Schema METADATA =
      Schema.of(Json.readObject(META.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  private static final Schema TEXT = Schema.of(Json.object().put("type", "string"));

  private static final Schema NAMES =
      Schema.of(Json.object().put("type", "object")).with("name", TEXT).with("generateName", TEXT);

  private ObjectSchemas() {}

  /** The schema of {@code metadata}. */
  public static Schema metadata() {
    return METADATA;
  }

  /** The part of {@code metadata} that CEL rules may read. */
  public static Schema metadataForRules() {
    return NAMES;
  }

  /** An object's schema completed with apiVersion, kind and metadata. */
  public static Schema object(Schema own) {
    return own.with("apiVersion", TEXT).with("kind", TEXT).with("metadata", METADATA);
  }
}
