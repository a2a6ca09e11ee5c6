package dev.fargate.local.kube.scale;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.resource.Subresources.ScalePaths;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.StatusError;
import dev.fargate.local.kube.wire.StatusError.Cause;
import java.util.List;

/** The {@code autoscaling/v1 Scale} view of an object. */
public final class Scale {
  private Scale() {}

  /** The view of an object; a count that is not set shows as 0. */
  public static ObjectNode of(ResourceType type, ObjectNode object) {
    ScalePaths paths = paths(type);
    ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode meta = scale.putObject("metadata");
    for (String field :
        List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      if (object.path("metadata").has(field)) {
        meta.set(field, object.path("metadata").get(field));
      }
    }
    scale.putObject("spec").set("replicas", count(object, paths.specReplicas()));
    ObjectNode status = scale.putObject("status");
    status.set("replicas", count(object, paths.statusReplicas()));
    if (!paths.labelSelector().isEmpty()) {
      status.put("selector", object.at(pointer(paths.labelSelector())).asText(""));
    }
    return scale;
  }

  /**
   * The object with the count a Scale asks for.
   *
   * @param object not changed
   * @throws StatusError 400 or 422 when the Scale is not one, or asks for less than nothing
   */
  public static ObjectNode applyTo(ResourceType type, ObjectNode object, ObjectNode scale) {
    if (!scale.path("kind").asText("Scale").equals("Scale")) {
      throw StatusError.badRequest(
          "the body must be an autoscaling/v1 Scale, but is a " + scale.path("kind").asText());
    }
    JsonNode replicas = scale.at("/spec/replicas");
    if (!replicas.isMissingNode() && (!replicas.isIntegralNumber() || replicas.asLong() < 0)) {
      throw StatusError.invalid(
          new StatusError.Subject("autoscaling", "Scale", Meta.name(object)),
          List.of(
              new Cause(
                  "FieldValueInvalid",
                  "spec.replicas",
                  "Invalid value: " + replicas + ": should be a whole number, 0 or more")));
    }
    ObjectNode next = object.deepCopy();
    copyPrecondition(scale, next);
    JsonPointer pointer = pointer(paths(type).specReplicas());
    if (!(next.at(pointer.head()) instanceof ObjectNode parent)) {
      throw StatusError.internal(
          "the spec replicas field " + paths(type).specReplicas() + " has no parent in the object");
    }
    parent.set(
        pointer.last().getMatchingProperty(), replicas.isMissingNode() ? Json.number(0) : replicas);
    return next;
  }

  private static void copyPrecondition(ObjectNode scale, ObjectNode object) {
    for (String field : List.of("resourceVersion", "uid")) {
      String value = Meta.text(scale, field);
      if (!value.isEmpty()) {
        Meta.of(object).put(field, value);
      }
    }
  }

  private static JsonNode count(ObjectNode object, String path) {
    JsonNode value = object.at(pointer(path));
    return value.isIntegralNumber() ? value : Json.number(0);
  }

  private static ScalePaths paths(ResourceType type) {
    return type.shape()
        .subresources()
        .scale()
        .orElseThrow(
            () ->
                StatusError.noSuchResource(
                    "the server could not find the requested resource: "
                        + type.names().plural()
                        + "/scale"));
  }

  private static JsonPointer pointer(String path) {
    return JsonPointer.compile(path.replace('.', '/'));
  }
}
