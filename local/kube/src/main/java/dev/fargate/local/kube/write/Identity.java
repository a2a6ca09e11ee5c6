package dev.fargate.local.kube.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.resource.Target;
import dev.fargate.local.kube.wire.StatusError;
import java.util.List;

/** Whether a body is the object that the path names, in the version that was expected. */
final class Identity {
  private Identity() {}

  /**
   * Checks and completes kind, namespace and name of a body. The name may be missing when the path
   * has none.
   */
  static void settle(Target target, ObjectNode body) {
    settleType(target.type(), body);
    ObjectNode meta = Meta.of(body);
    if (target.type().namespaced()) {
      String namespace = Meta.namespace(body);
      if (!namespace.isEmpty() && !namespace.equals(target.namespace())) {
        throw StatusError.badRequest(
            "the namespace of the provided object does not match the namespace sent on the request: "
                + namespace
                + " against "
                + target.namespace());
      }
      meta.put("namespace", target.namespace());
    } else if (!Meta.namespace(body).isEmpty()) {
      throw StatusError.badRequest(
          target.type().names().plural() + " live in no namespace: remove metadata.namespace");
    }
    if (!target.name().isEmpty()) {
      String name = Meta.name(body);
      if (!name.isEmpty() && !name.equals(target.name())) {
        throw StatusError.badRequest(
            "the name of the object ("
                + name
                + ") does not match the name on the URL ("
                + target.name()
                + ")");
      }
      meta.put("name", target.name());
    }
  }

  private static void settleType(ResourceType type, ObjectNode body) {
    String version = body.path("apiVersion").asText("");
    String kind = body.path("kind").asText("");
    String wanted = type.version().toString();
    if (!version.isEmpty() && !version.equals(wanted)) {
      throw StatusError.badRequest(
          "the API version in the data ("
              + version
              + ") does not match the expected API version ("
              + wanted
              + ")");
    }
    if (!kind.isEmpty() && !kind.equals(type.names().kind())) {
      throw StatusError.badRequest(
          "the kind in the data ("
              + kind
              + ") does not match the expected kind ("
              + type.names().kind()
              + ")");
    }
    body.put("apiVersion", wanted).put("kind", type.names().kind());
  }

  /** Refuses an update that was made for another object, or for an older state. */
  static void checkPreconditions(Target target, ObjectNode live, ObjectNode wanted) {
    checkUid(target, live, Meta.uid(wanted));
    checkVersion(target, live, Meta.text(wanted, "resourceVersion"));
  }

  static void checkUid(Target target, ObjectNode live, String uid) {
    if (!uid.isEmpty() && !uid.equals(Meta.uid(live))) {
      throw StatusError.conflict(
          target.subject(),
          "Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + Meta.uid(live));
    }
  }

  static void checkVersion(Target target, ObjectNode live, String version) {
    boolean given = !version.isEmpty() && !version.equals("0");
    if (given && !version.equals(Meta.text(live, "resourceVersion"))) {
      throw StatusError.conflict(
          target.subject(),
          "the object has been modified; please apply your changes to the latest version and try again");
    }
  }

  /** A custom resource is never replaced blindly; built-in kinds may be. */
  static void requireVersion(Target target, ObjectNode body) {
    if (target.type().custom() && Meta.text(body, "resourceVersion").isEmpty()) {
      throw StatusError.invalid(
          target.type().kindSubject(target.name()),
          List.of(
              new StatusError.Cause(
                  "FieldValueInvalid",
                  "metadata.resourceVersion",
                  "Invalid value: 0: must be specified for an update")));
    }
  }
}
