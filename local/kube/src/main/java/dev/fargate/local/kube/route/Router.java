package dev.fargate.local.kube.route;

import dev.fargate.local.kube.resource.Catalog;
import dev.fargate.local.kube.resource.GroupVersion;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.resource.Scope;
import dev.fargate.local.kube.resource.Target;
import dev.fargate.local.kube.wire.StatusError;
import java.util.Arrays;
import java.util.List;

/** Reads the path of a request for objects. */
final class Router {
  private final Catalog catalog;

  Router(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The non-empty segments of a path. */
  static List<String> segments(String path) {
    return Arrays.stream(path.split("/")).filter(s -> !s.isEmpty()).toList();
  }

  /**
   * What {@code /api/v1/...} or {@code /apis/group/version/...} points at.
   *
   * @param segments the whole path, at least one segment longer than the group and version
   * @throws StatusError 404 when nothing is served there
   */
  Target target(List<String> segments) {
    boolean core = segments.get(0).equals("api");
    GroupVersion version =
        core
            ? new GroupVersion("", segments.get(1))
            : new GroupVersion(segments.get(1), segments.get(2));
    List<String> rest = segments.subList(core ? 2 : 3, segments.size());
    if (rest.size() >= 3
        && rest.get(0).equals("namespaces")
        && catalog.find(version, rest.get(2)).isPresent()) {
      return inNamespace(
          catalog.get(version, rest.get(2)), rest.get(1), rest.subList(3, rest.size()));
    }
    ResourceType type = catalog.get(version, rest.get(0));
    List<String> own = rest.subList(1, rest.size());
    if (type.namespaced() && !own.isEmpty()) {
      throw StatusError.noSuchResource(
          type.names().plural()
              + " live in a namespace: use .../namespaces/<namespace>/"
              + type.names().plural());
    }
    return new Target(type, "", at(own, 0), subresource(type, own));
  }

  private static Target inNamespace(ResourceType type, String namespace, List<String> own) {
    if (!type.namespaced()) {
      throw StatusError.noSuchResource(type.names().plural() + " live in no namespace");
    }
    return new Target(type, namespace, at(own, 0), subresource(type, own));
  }

  private static String subresource(ResourceType type, List<String> own) {
    String name = at(own, 1);
    boolean known =
        switch (name) {
          case "" -> true;
          case "status" -> type.hasStatus();
          case "scale" -> type.shape().subresources().scale().isPresent();
          default -> false;
        };
    if (!known || own.size() > 2) {
      throw StatusError.noSuchResource(
          "the server could not find the requested resource: "
              + type.names().plural()
              + " has no subresource "
              + name);
    }
    return name;
  }

  private static String at(List<String> list, int index) {
    return index < list.size() ? list.get(index) : "";
  }

  /** The verb of RBAC that a method means for a target. */
  static String verb(String method, Target target, boolean watch) {
    boolean collection = target.name().isEmpty();
    boolean fits =
        switch (method) {
          case "GET" -> target.type().scope() != Scope.REVIEW;
          case "POST" -> collection;
          case "PUT", "PATCH" -> !collection;
          case "DELETE" -> target.subresource().isEmpty() && target.type().scope() != Scope.REVIEW;
          default -> false;
        };
    if (!fits) {
      throw StatusError.methodNotAllowed(
          "the server does not allow this method on the requested resource: "
              + method
              + " "
              + target.type().names().plural());
    }
    return switch (method) {
      case "GET" -> watch ? "watch" : collection ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      default -> collection ? "deletecollection" : "delete";
    };
  }
}
