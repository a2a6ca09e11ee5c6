package dev.fargate.local.kube.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Catalog;
import dev.fargate.local.kube.resource.GroupVersion;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.StatusError;
import java.util.List;

/** What is served: {@code /api}, {@code /apis} and below, {@code /version}. */
public final class Discovery {
  /**
   * The Kubernetes version whose behaviour is the model here; no pre-release part, or chart
   * constraints would refuse it.
   */
  private static final String VERSION = "v1.32.0+local";

  private static final List<String> SUBRESOURCE_VERBS = List.of("get", "patch", "update");

  private final Catalog catalog;

  /** Discovery of a catalog, always as it is now. */
  public Discovery(Catalog catalog) {
    this.catalog = catalog;
  }

  /** {@code /version}. */
  public ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "32")
        .put("gitVersion", VERSION)
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "2024-12-11T00:00:00Z")
        .put("goVersion", "none")
        .put("compiler", "javac")
        .put("platform", "java");
  }

  /** {@code /api}. */
  public ObjectNode coreVersions() {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  /** {@code /apis}. */
  public ObjectNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    catalog.versions().stream()
        .map(GroupVersion::group)
        .filter(g -> !g.isEmpty())
        .distinct()
        .forEach(g -> groups.add(describe(g)));
    return list;
  }

  /**
   * {@code /apis/<group>}.
   *
   * @throws StatusError 404 when there is no such group
   */
  public ObjectNode group(String group) {
    if (catalog.versions().stream().noneMatch(v -> v.group().equals(group))) {
      throw StatusError.noSuchResource(
          "the server could not find the requested resource: group " + group);
    }
    return describe(group).put("kind", "APIGroup").put("apiVersion", "v1");
  }

  /**
   * {@code /api/v1} and {@code /apis/<group>/<version>}.
   *
   * @throws StatusError 404 when nothing is served there
   */
  public ObjectNode resources(GroupVersion version) {
    List<ResourceType> types = catalog.in(version);
    if (types.isEmpty()) {
      throw StatusError.noSuchResource(
          "the server could not find the requested resource: " + version);
    }
    ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", version.toString());
    ArrayNode resources = list.putArray("resources");
    types.forEach(type -> describe(type, resources));
    return list;
  }

  private static void describe(ResourceType type, ArrayNode resources) {
    ObjectNode main =
        resource(
            type, type.names().plural(), type.names().singular(), type.names().kind(), resources);
    verbs(main, type.scope().verbs());
    if (!type.names().shortNames().isEmpty()) {
      type.names().shortNames().forEach(main.putArray("shortNames")::add);
    }
    if (!type.names().categories().isEmpty()) {
      type.names().categories().forEach(main.putArray("categories")::add);
    }
    if (type.hasStatus()) {
      ObjectNode status =
          resource(type, type.names().plural() + "/status", "", type.names().kind(), resources);
      verbs(status, SUBRESOURCE_VERBS);
    }
    if (type.shape().subresources().scale().isPresent()) {
      ObjectNode scale = resource(type, type.names().plural() + "/scale", "", "Scale", resources);
      verbs(scale.put("group", "autoscaling").put("version", "v1"), SUBRESOURCE_VERBS);
    }
  }

  private static ObjectNode resource(
      ResourceType type, String name, String singular, String kind, ArrayNode resources) {
    return resources
        .addObject()
        .put("name", name)
        .put("singularName", singular)
        .put("namespaced", type.namespaced())
        .put("kind", kind);
  }

  private static void verbs(ObjectNode resource, List<String> verbs) {
    verbs.forEach(resource.putArray("verbs")::add);
  }

  private ObjectNode describe(String group) {
    ObjectNode node = Json.object().put("name", group);
    ArrayNode versions = node.putArray("versions");
    for (GroupVersion version : catalog.versions()) {
      if (version.group().equals(group)) {
        versions
            .addObject()
            .put("groupVersion", version.toString())
            .put("version", version.version());
      }
    }
    node.set("preferredVersion", versions.get(0));
    return node;
  }
}
