package dev.fargate.local.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.StatusError;

/** A patch as it was sent, of one of the kinds that do not need ownership. */
public record Patch(Kind kind, JsonNode content) {

  /** How the content is meant. */
  public enum Kind {
    JSON,
    MERGE,
    STRATEGIC,
    APPLY
  }

  /**
   * Reads the body after its content type.
   *
   * @param refuseDuplicates whether a key given twice is an error
   * @throws StatusError 415 for another content type, 400 when the body cannot be read
   */
  public static Patch of(KubeRequest request, ResourceType type, boolean refuseDuplicates) {
    Kind kind =
        switch (request.contentType()) {
          case "application/json-patch+json" -> Kind.JSON;
          case "application/merge-patch+json" -> Kind.MERGE;
          case "application/strategic-merge-patch+json" -> Kind.STRATEGIC;
          case "application/apply-patch+yaml" -> Kind.APPLY;
          default ->
              throw StatusError.unsupportedMediaType(
                  "the body of a patch must be application/json-patch+json, application/merge-patch+json,"
                      + " application/strategic-merge-patch+json or application/apply-patch+yaml, but is "
                      + request.contentType());
        };
    if (kind == Kind.STRATEGIC && type.custom()) {
      throw StatusError.unsupportedMediaType(
          "the body of the request was in an unknown format - accepted media types include: application/json-patch+json,"
              + " application/merge-patch+json, application/apply-patch+yaml");
    }
    return new Patch(kind, Json.read(request.body(), refuseDuplicates));
  }

  /**
   * The object with the patch applied. Not for {@link Kind#APPLY}.
   *
   * @param object not changed
   * @throws StatusError 400 or 422 when the patch does not fit
   */
  public ObjectNode applyTo(ObjectNode object) {
    return switch (kind) {
      case JSON -> Json.asObject(JsonPatch.apply(object, content));
      case MERGE -> Json.asObject(MergePatch.apply(object, Json.asObject(content)));
      case STRATEGIC -> StrategicMergePatch.apply(object, Json.asObject(content));
      case APPLY -> throw new IllegalStateException("server-side apply needs field ownership");
    };
  }
}
