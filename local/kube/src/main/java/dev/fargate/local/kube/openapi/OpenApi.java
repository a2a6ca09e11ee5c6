package dev.fargate.local.kube.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Catalog;
import dev.fargate.local.kube.resource.GroupVersion;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.resource.Scope;
import dev.fargate.local.kube.schema.Schema;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.StatusError;
import java.util.List;

/**
 * OpenAPI v3: one document per group and version. {@code kubectl explain} reads the schemas; every
 * client learns from the PATCH operation's {@code fieldValidation} parameter that the server
 * validates.
 */
public final class OpenApi {
  private static final List<String> WRITE_PARAMETERS =
      List.of("dryRun", "fieldManager", "fieldValidation");
  private final Catalog catalog;

  /** The documents of a catalog, always as it is now. */
  public OpenApi(Catalog catalog) {
    this.catalog = catalog;
  }

  /** {@code /openapi/v3}: where the documents are; the hash changes with the content. */
  public ObjectNode index() {
    ObjectNode index = Json.object();
    ObjectNode paths = index.putObject("paths");
    for (GroupVersion version : catalog.versions()) {
      String path = (version.group().isEmpty() ? "api/" : "apis/") + version;
      String hash = Integer.toHexString(document(version).hashCode());
      paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + hash);
    }
    return index;
  }

  /**
   * {@code /openapi/v3/apis/<group>/<version>}.
   *
   * @throws StatusError 404 when nothing is served there
   */
  public ObjectNode document(GroupVersion version) {
    List<ResourceType> types = catalog.in(version);
    if (types.isEmpty()) {
      throw StatusError.noSuchResource(
          "the server could not find the requested resource: " + version);
    }
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "local/kube").put("version", "v1.32");
    ObjectNode paths = document.putObject("paths");
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    for (ResourceType type : types) {
      addPaths(type, paths);
      addSchema(type, schemas);
    }
    return document;
  }

  private static void addPaths(ResourceType type, ObjectNode paths) {
    GroupVersion version = type.version();
    String root = (version.group().isEmpty() ? "/api/" : "/apis/") + version;
    String place = type.namespaced() ? root + "/namespaces/{namespace}/" : root + "/";
    ObjectNode collection = paths.putObject(place + type.names().plural());
    operation(type, collection, "post", true);
    if (type.scope() == Scope.REVIEW) {
      return;
    }
    operation(type, collection, "get", false);
    operation(type, collection, "delete", false);
    ObjectNode object = paths.putObject(place + type.names().plural() + "/{name}");
    operation(type, object, "get", false);
    operation(type, object, "put", true);
    operation(type, object, "patch", true);
    operation(type, object, "delete", false);
  }

  private static void operation(ResourceType type, ObjectNode path, String method, boolean write) {
    ObjectNode operation = path.putObject(method);
    operation.set("x-kubernetes-group-version-kind", gvk(type));
    ArrayNode parameters = operation.putArray("parameters");
    if (write) {
      for (String name : WRITE_PARAMETERS) {
        ObjectNode parameter = parameters.addObject().put("name", name).put("in", "query");
        parameter.putObject("schema").put("type", "string");
      }
    }
    ObjectNode answer = operation.putObject("responses").putObject("200").put("description", "OK");
    answer
        .putObject("content")
        .putObject("application/json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/" + schemaName(type));
  }

  private static void addSchema(ResourceType type, ObjectNode schemas) {
    ObjectNode schema = render(type.schema());
    schema.put("type", "object");
    schema.putArray("x-kubernetes-group-version-kind").add(gvk(type));
    schemas.set(schemaName(type), schema);
  }

  /** A schema with the properties that were put in place later, such as metadata. */
  private static ObjectNode render(Schema schema) {
    ObjectNode node = schema.source().deepCopy();
    ObjectNode properties = Json.object();
    schema.properties().forEach((name, property) -> properties.set(name, render(property)));
    if (!properties.isEmpty()) {
      node.set("properties", properties);
    }
    return node;
  }

  private static ObjectNode gvk(ResourceType type) {
    return Json.object()
        .put("group", type.version().group())
        .put("kind", type.names().kind())
        .put("version", type.version().version());
  }

  private static String schemaName(ResourceType type) {
    String group = type.version().group().isEmpty() ? "core" : type.version().group();
    return group + "." + type.version().version() + "." + type.names().kind();
  }
}
