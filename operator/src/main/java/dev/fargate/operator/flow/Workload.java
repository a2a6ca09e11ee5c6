package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.Network;
import dev.fargate.api.v1alpha1.WorkloadSpec;
import dev.fargate.api.v1alpha1.WorkloadStatus;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.plan.PlanOptions;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.status.Cause;
import dev.fargate.operator.status.Conditions;
import dev.fargate.operator.status.Look;
import dev.fargate.operator.status.StatusDraft;
import dev.fargate.operator.status.WorkConditions;
import dev.fargate.operator.validate.Problem;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One object that runs tasks, for one pass: what apps and databases do differently on the same
 * line.
 *
 * @param <S> the status of the kind
 */
interface Workload<S extends WorkloadStatus> {
  HasMetadata object();

  Owner owner();

  /** Null only in an object that is being deleted and no longer valid. */
  WorkloadSpec spec();

  /** Null before the first look. */
  S status();

  /** What is wrong with the spec; nothing below is asked while there is something. */
  List<Problem> problems();

  /** What the spec asks for and the environment does not allow, but for subnets. */
  List<Problem> refusals(FargateEnvironment environment);

  /** Null: the environment's. */
  Network network();

  /** Null: the environment's roles. */
  Iam iam();

  /** Null: none of its own. */
  Logs logs();

  /** Why this revision failed, as the status has it; null when it did not, or nothing was told. */
  default Cause failure(String taskDefinitionArn) {
    return null;
  }

  /** How long it may take before a person is called. */
  Duration progressDeadline();

  /**
   * Looks up what the spec refers to.
   *
   * @param missing what is not there yet is added
   * @return usable only when nothing was added
   */
  StackMaker resolve(Place place, Related related, List<Missing> missing);

  /** What is wrong with the spec in this place; all that it refers to is there. */
  default List<Problem> problems(Place place) {
    return List.of();
  }

  /** Says what is wrong in this place. */
  default void tell(Conditions conditions, List<Problem> problems) {
    WorkConditions.invalid(conditions, problems);
  }

  PlanOptions options(Place place, Related related);

  /** Deletion by the spec's policy. */
  PlanOptions deletionOptions();

  /** No tasks are wanted, and none is what was asked for. */
  boolean wantsZero(Look look);

  /**
   * Sees to what the object wants outside of AWS, after the pass over AWS.
   *
   * @return why that is not as it should be; null when it is
   */
  default Cause beside(Look look, Place place, Cloud cloud, Settings settings) {
    return null;
  }

  StatusDraft<S> draft(Instant now);

  /** Builds the stack, all references known. */
  interface StackMaker {
    /**
     * @param place with the subnets that the object asks for
     * @param lookups what else must be known of AWS
     * @param missing what is not there is added; then there is no stack
     */
    Stack in(Place place, Cloud.Lookups lookups, List<Missing> missing);
  }
}
