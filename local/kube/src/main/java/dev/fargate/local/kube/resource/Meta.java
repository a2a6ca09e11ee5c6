package dev.fargate.local.kube.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.StatusError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Reading and writing an object's {@code metadata}. */
public final class Meta {
  private Meta() {}

  /**
   * The metadata to write to; created when missing.
   *
   * @throws StatusError 400 when metadata is not an object
   */
  public static ObjectNode of(ObjectNode object) {
    JsonNode meta = object.get("metadata");
    if (meta == null || meta.isNull()) {
      return object.putObject("metadata");
    }
    if (meta instanceof ObjectNode node) {
      return node;
    }
    throw StatusError.badRequest("metadata must be an object");
  }

  /** A text field of the metadata, empty when missing. */
  public static String text(JsonNode object, String field) {
    return object.path("metadata").path(field).asText("");
  }

  /** The name, empty when missing. */
  public static String name(JsonNode object) {
    return text(object, "name");
  }

  /** The namespace, empty for cluster-scoped objects. */
  public static String namespace(JsonNode object) {
    return text(object, "namespace");
  }

  /** The uid, empty when missing. */
  public static String uid(JsonNode object) {
    return text(object, "uid");
  }

  /** The finalizers, in order. */
  public static List<String> finalizers(JsonNode object) {
    List<String> all = new ArrayList<>();
    object.path("metadata").path("finalizers").forEach(f -> all.add(f.asText()));
    return all;
  }

  /** Replaces the finalizers; none removes the field. */
  public static void finalizers(ObjectNode object, List<String> finalizers) {
    ObjectNode meta = of(object);
    if (finalizers.isEmpty()) {
      meta.remove("finalizers");
    } else {
      ArrayNode list = meta.putArray("finalizers");
      finalizers.forEach(list::add);
    }
  }

  /** Whether deletion was asked for and waits for finalizers. */
  public static boolean deleting(JsonNode object) {
    return object.path("metadata").hasNonNull("deletionTimestamp");
  }

  /** A time as Kubernetes writes it: whole seconds, UTC. */
  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
