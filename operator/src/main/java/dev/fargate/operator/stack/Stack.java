package dev.fargate.operator.stack;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything one custom resource wants to exist in AWS, as a value.
 *
 * @param tags the user's tags for every resource; ownership tags come on top
 */
public record Stack(Owner owner, SortedMap<String, String> tags, List<Resource> resources) {
  public Stack {
    resources = List.copyOf(resources);
  }

  /** Nothing wanted: planning it deletes all that is owned. */
  public static Stack empty(Owner owner) {
    return new Stack(owner, new TreeMap<>(), List.of());
  }

  public Optional<Resource> find(ResourceId id) {
    return resources.stream().filter(resource -> resource.id().equals(id)).findFirst();
  }
}
