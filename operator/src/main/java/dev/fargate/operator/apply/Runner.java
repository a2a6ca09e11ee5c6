package dev.fargate.operator.apply;

import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes one kind to AWS. Each method is one step: it makes its calls and returns, it never waits.
 * An error leaves as {@link AwsFailure}, classified.
 */
public interface Runner {
  Kind kind();

  /**
   * Creates the resource, tagged in the create call, or finds the one an earlier call with a lost
   * answer made (R1).
   *
   * @param desired every {@code Value} known
   */
  Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags);

  /** Carries out the changes of an UPDATE. @param desired every {@code Value} known */
  Map<Output, String> update(Owner owner, Action action, Resource desired);

  /** Deletes, or takes the next step towards it. Already gone is success. */
  void delete(Owner owner, ObservedResource observed);
}
