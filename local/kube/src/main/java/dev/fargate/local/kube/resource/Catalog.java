package dev.fargate.local.kube.resource;

import dev.fargate.local.kube.wire.StatusError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Every resource that is served now: the built-in ones and those of the CustomResourceDefinitions.
 */
public final class Catalog {
  private final Map<String, ResourceType> types = new ConcurrentSkipListMap<>();

  /** Serves a resource from now on, in place of an earlier one of the same version and plural. */
  public void serve(ResourceType type) {
    types.put(id(type.version(), type.names().plural()), type);
  }

  /** Serves none of that group's resource any more, in no version. */
  public void withdraw(GroupResource resource) {
    types
        .values()
        .removeIf(
            t ->
                t.version().group().equals(resource.group())
                    && t.names().plural().equals(resource.resource()));
  }

  /** The resource, if it is served. */
  public Optional<ResourceType> find(GroupVersion version, String plural) {
    return Optional.ofNullable(types.get(id(version, plural)));
  }

  /**
   * The resource.
   *
   * @throws StatusError 404 when it is not served
   */
  public ResourceType get(GroupVersion version, String plural) {
    return find(version, plural)
        .orElseThrow(
            () ->
                StatusError.noSuchResource(
                    "the server could not find the requested resource: "
                        + plural
                        + " in "
                        + version));
  }

  /** All of them, sorted by group, version and plural. */
  public Collection<ResourceType> all() {
    return types.values();
  }

  /** Those of one group and version. */
  public List<ResourceType> in(GroupVersion version) {
    return types.values().stream().filter(t -> t.version().equals(version)).toList();
  }

  /** One served type per stored resource, for walks over everything stored. */
  public List<ResourceType> stored() {
    List<ResourceType> all = new ArrayList<>();
    for (ResourceType type : types.values()) {
      boolean seen =
          all.stream().anyMatch(t -> t.storage().resource().equals(type.storage().resource()));
      if (type.scope() != Scope.REVIEW && !seen) {
        all.add(type);
      }
    }
    return all;
  }

  /** The groups and versions, sorted, the core group first. */
  public List<GroupVersion> versions() {
    return types.values().stream().map(ResourceType::version).distinct().toList();
  }

  private static String id(GroupVersion version, String plural) {
    return version.group() + "/" + version.version() + "/" + plural;
  }
}
