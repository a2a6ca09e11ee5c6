package dev.fargate.local.kube.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.table.Column;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.StatusError;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** In which form a client wants objects: as they are, as table rows, or as metadata only. */
public enum Representation {
  PLAIN,
  TABLE,
  METADATA;

  /**
   * Chooses by the {@code Accept} header, the first form we can produce.
   *
   * @throws StatusError 406 when there is none
   */
  public static Representation of(String accept) {
    if (accept.isBlank()) {
      return PLAIN;
    }
    for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = range.trim().split("\\s*;\\s*");
      boolean json = List.of("application/json", "application/*", "*/*").contains(parts[0]);
      Representation form = form(parts);
      if (json && form != null) {
        return form;
      }
    }
    throw StatusError.notAcceptable(
        "only the following media types are accepted: application/json, application/json;as=Table;v=v1;g=meta.k8s.io, application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io");
  }

  private static Representation form(String[] parts) {
    String as = "";
    for (String part : parts) {
      if (part.startsWith("as=")) {
        as = part.substring("as=".length());
      }
      if (part.startsWith("v=") && !part.equals("v=v1")) {
        return null;
      }
    }
    return switch (as) {
      case "" -> PLAIN;
      case "table" -> TABLE;
      case "partialobjectmetadata", "partialobjectmetadatalist" -> METADATA;
      default -> null;
    };
  }

  /**
   * One object in this form.
   *
   * @param includeObject for tables what each row carries: {@code None}, {@code Metadata} (or
   *     empty) or {@code Object}
   */
  public ObjectNode one(ResourceType type, ObjectNode object, String includeObject, Instant now) {
    return switch (this) {
      case PLAIN -> object;
      case METADATA -> metadataOnly(object);
      case TABLE -> {
        ObjectNode meta = Json.object();
        copy("resourceVersion", object.path("metadata"), meta);
        yield table(type, List.of(object), meta, includeObject, now);
      }
    };
  }

  /** A list in this form. */
  public ObjectNode list(
      ResourceType type,
      List<ObjectNode> objects,
      ObjectNode listMeta,
      String includeObject,
      Instant now) {
    if (this == TABLE) {
      return table(type, objects, listMeta, includeObject, now);
    }
    ObjectNode list = Json.object();
    boolean whole = this == PLAIN;
    list.put("kind", whole ? type.names().listKind() : "PartialObjectMetadataList");
    list.put("apiVersion", whole ? type.version().toString() : "meta.k8s.io/v1");
    list.set("metadata", listMeta);
    ArrayNode items = list.putArray("items");
    objects.forEach(object -> items.add(whole ? object : metadataOnly(object)));
    return list;
  }

  private static ObjectNode table(
      ResourceType type,
      List<ObjectNode> objects,
      ObjectNode meta,
      String includeObject,
      Instant now) {
    ObjectNode table = Json.object();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1").set("metadata", meta);
    ArrayNode definitions = table.putArray("columnDefinitions");
    for (Column column : type.shape().columns()) {
      definitions
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("format", column.format())
          .put("description", column.description())
          .put("priority", column.priority());
    }
    ArrayNode rows = table.putArray("rows");
    for (ObjectNode object : objects) {
      ObjectNode row = rows.addObject();
      ArrayNode cells = row.putArray("cells");
      type.shape().columns().forEach(column -> cells.add(column.cell().of(object, now)));
      switch (includeObject) {
        case "None" -> {}
        case "Object" -> row.set("object", object);
        case "", "Metadata" -> row.set("object", metadataOnly(object));
        default ->
            throw StatusError.badRequest(
                "unrecognized includeObject value: \"" + includeObject + "\"");
      }
    }
    return table;
  }

  private static ObjectNode metadataOnly(ObjectNode object) {
    ObjectNode partial = Json.object();
    partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    copy("metadata", object, partial);
    return partial;
  }

  private static void copy(String field, JsonNode from, ObjectNode to) {
    if (from.has(field)) {
      to.set(field, from.get(field));
    }
  }
}
