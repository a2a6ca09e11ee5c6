package dev.fargate.local.kube.protobuf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.StatusError;

/** Reads the object in a request's body, after its content type. */
public final class RequestBody {
  private RequestBody() {}

  /**
   * The object.
   *
   * @param refuseDuplicates whether a key given twice is an error
   * @throws StatusError 415 for another content type, 400 when the body cannot be read
   */
  public static ObjectNode read(KubeRequest request, boolean refuseDuplicates) {
    String type = request.contentType();
    return switch (type) {
      case "application/json", "application/yaml" ->
          Json.asObject(Json.read(request.body(), refuseDuplicates));
      case Protobuf.CONTENT_TYPE -> Protobuf.read(request.body());
      default ->
          throw StatusError.unsupportedMediaType(
              "the body must be application/json, application/yaml or "
                  + Protobuf.CONTENT_TYPE
                  + ", but is "
                  + type);
    };
  }
}
