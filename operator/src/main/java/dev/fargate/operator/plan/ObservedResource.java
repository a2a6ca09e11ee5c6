package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Resource;
import java.util.Map;

/**
 * A resource as AWS has it.
 *
 * @param actual all values known; its id comes from the ownership tag
 * @param tags all tags, ours and foreign
 * @param ownership whether the tags say it is ours
 * @param contentHash of a task definition, from its tag; else null
 */
public record ObservedResource(
    Resource actual,
    Map<Output, String> outputs,
    Map<String, String> tags,
    Ownership ownership,
    Lifecycle lifecycle,
    String contentHash) {

  public enum Ownership {
    OURS,
    /** Carries the name we would give it, but not our tags: never touched, a Conflict. */
    FOREIGN
  }

  /** Where AWS is with it. */
  public enum Lifecycle {
    /** Being made: exists, not usable yet. */
    PENDING,
    ACTIVE,
    /** On its way out; blocks its name. */
    DELETING,
    /** Made but broken, for example a load balancer in state failed. */
    FAILED
  }
}
