package dev.fargate.operator.aws.reading;

import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import java.util.Map;

/**
 * One thing as AWS reported it, in canonical form.
 *
 * @param key by which AWS addresses it: ARN or id; unique within its kind
 * @param actual all values known; its id is the one in the ownership tag, or {@code Kind/-}
 * @param contentHash of a task definition, from its tag; else null
 * @param rollout of a service: counts, deployments and events, without targets and failures; else
 *     null
 */
public record Seen(
    String key,
    Resource actual,
    Map<Output, String> outputs,
    Map<String, String> tags,
    Lifecycle lifecycle,
    String contentHash,
    Rollout rollout) {
  /** The part of the resource id of what no tag names. */
  private static final String UNNAMED = "-";

  public Seen {
    outputs = Map.copyOf(outputs);
    tags = Map.copyOf(tags);
  }

  /** What has no more to tell than its content. */
  public static Seen active(
      String key, Resource actual, Map<Output, String> outputs, Map<String, String> tags) {
    return new Seen(key, actual, outputs, tags, Lifecycle.ACTIVE, null, null);
  }

  /** The resource id in the tags; {@code Kind/-} where they name none of this kind. */
  public static ResourceId id(Kind kind, Map<String, String> tags) {
    return Ownership.resourceId(tags)
        .filter(id -> id.kind() == kind)
        .orElse(new ResourceId(kind, UNNAMED));
  }

  /** What says whose a thing is that AWS cannot tag: as if it carried the tags. */
  public static Map<String, String> ownershipTags(Owner owner, ResourceId id) {
    return Map.of(
        Ownership.OWNER_ID,
        owner.ownerId(),
        Ownership.RESOURCE_OF,
        owner.reference(),
        Ownership.RESOURCE_ID,
        id.toString());
  }

  public Kind kind() {
    return actual.id().kind();
  }

  /** The custom resource that the tags name, if this installation's; else null. */
  public String ownerReference(String ownerId) {
    String reference = tags.get(Ownership.RESOURCE_OF);
    return ownerId.equals(tags.get(Ownership.OWNER_ID)) && Owner.isReference(reference)
        ? reference
        : null;
  }

  public boolean isOf(Owner owner) {
    // Asked of everything in the account in each pass; the name tells most apart.
    String reference = tags.get(Ownership.RESOURCE_OF);
    return reference != null
        && owner.isNamed(reference)
        && owner.ownerId().equals(tags.get(Ownership.OWNER_ID));
  }

  /** As a planner sees a thing of its own. */
  public ObservedResource observed() {
    return new ObservedResource(
        actual, outputs, tags, ObservedResource.Ownership.OURS, lifecycle, contentHash);
  }

  public Seen with(Map<String, String> otherTags) {
    return new Seen(key, actual, outputs, otherTags, lifecycle, contentHash, rollout);
  }

  public Seen with(Lifecycle other) {
    return new Seen(key, actual, outputs, tags, other, contentHash, rollout);
  }
}
