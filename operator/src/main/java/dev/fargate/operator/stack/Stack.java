package dev.fargate.operator.stack;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything one custom resource wants to exist in AWS, as a value.
 *
 * @param tags the user's tags for every resource; ownership tags come on top
 */
public record Stack(Owner owner, SortedMap<String, String> tags, List<Resource> resources) {
  /** 64 bits: compared with one other only. */
  private static final int DIGEST_DIGITS = 16;

  public Stack {
    resources = List.copyOf(resources);
  }

  /** Nothing wanted: planning it deletes all that is owned. */
  public static Stack empty(Owner owner) {
    return new Stack(owner, new TreeMap<>(), List.of());
  }

  /** 16 hexadecimal digits that change with anything that is wanted; order does not count. */
  public String digest() {
    String all =
        resources.stream().map(Resource::toString).sorted().collect(Collectors.joining("\n"));
    return Names.sha256(tags + "\n" + all).substring(0, DIGEST_DIGITS);
  }

  public Optional<Resource> find(ResourceId id) {
    return resources.stream().filter(resource -> resource.id().equals(id)).findFirst();
  }
}
