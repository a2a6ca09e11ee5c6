package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ResourceId;
import java.util.List;
import java.util.Set;

/**
 * What AWS has that concerns one custom resource, as the planner sees it.
 *
 * @param resources all that carries this owner's tags or a name we would give; several may share a
 *     resource id while one replaces the other
 * @param unknownKinds kinds without a complete sweep: unknown is not absent, so nothing of them is
 *     created or deleted (decision 6)
 * @param listeners every rule on the listeners that the stack refers to or its owner has, whoever
 *     owns the rule
 * @param rollout what ECS says of the service's deployments; null when there is no service
 */
public record Observed(
    List<ObservedResource> resources,
    Set<Kind> unknownKinds,
    List<RuleSlot> listeners,
    Rollout rollout) {
  public Observed {
    resources = List.copyOf(resources);
    unknownKinds = Set.copyOf(unknownKinds);
    listeners = List.copyOf(listeners);
  }

  /** All that is there under this id: none, one, or a predecessor beside its successor. */
  public List<ObservedResource> find(ResourceId id) {
    return resources.stream().filter(resource -> resource.actual().id().equals(id)).toList();
  }

  /**
   * A live rule of a listener.
   *
   * @param ownerReference {@code FargateApp/ns/name} of the holder, or null when it is not ours
   */
  public record RuleSlot(
      String listenerArn,
      String ruleArn,
      int priority,
      Set<String> hosts,
      Set<String> paths,
      String ownerReference) {}
}
