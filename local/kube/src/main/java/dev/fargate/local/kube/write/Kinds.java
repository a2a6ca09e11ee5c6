package dev.fargate.local.kube.write;

import dev.fargate.local.kube.resource.GroupResource;
import dev.fargate.local.kube.resource.ResourceType;
import java.util.HashMap;
import java.util.Map;

/** The kinds that do more than being stored. */
public final class Kinds {
  private final Map<GroupResource, KindRules> rules = new HashMap<>();

  /** Sets the rules of one kind. */
  public void add(GroupResource resource, KindRules kindRules) {
    rules.put(resource, kindRules);
  }

  /** The rules of a kind; {@link KindRules#NONE} for most. */
  public KindRules of(ResourceType type) {
    return rules.getOrDefault(type.storage().resource(), KindRules.NONE);
  }
}
