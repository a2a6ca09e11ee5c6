package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.TaskDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * Every task definition that was ever looked at, by ARN: a revision never changes, so it is
 * described once. A family is listed only when somebody must know all its revisions.
 */
public final class TaskDefinitions {
  /** Beyond a custom resource's revision history: older ones are deregistered already. */
  private static final int LISTED = 100;

  private final EcsClient ecs;
  private final Map<String, Seen> byArn = new ConcurrentHashMap<>();

  public TaskDefinitions(EcsClient ecs) {
    this.ecs = ecs;
  }

  /** One revision, described once; empty when AWS has none of this ARN any more. */
  Optional<Seen> get(String arn) {
    Seen known = byArn.get(arn);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      DescribeTaskDefinitionResponse answer =
          ecs.describeTaskDefinition(
              request -> request.taskDefinition(arn).include(TaskDefinitionField.TAGS));
      Seen seen = seen(answer);
      byArn.put(arn, seen);
      return Optional.of(seen);
    } catch (ClientException unknown) {
      // "Unable to describe task definition." is all that ECS says of one it does not have.
      return Optional.empty();
    }
  }

  /** All ACTIVE revisions of a family, newest first, read now. */
  List<Seen> active(String family) {
    return list(family, TaskDefinitionStatus.ACTIVE);
  }

  /** Gets to know the ACTIVE ones that are newer than all that is known of a family. */
  void findNewer(String family) {
    ecs
        .listTaskDefinitionsPaginator(
            request ->
                request
                    .familyPrefix(family)
                    .status(TaskDefinitionStatus.ACTIVE)
                    .sort(SortOrder.DESC)
                    .maxResults(LISTED))
        .taskDefinitionArns()
        .stream()
        .limit(LISTED)
        .takeWhile(arn -> !byArn.containsKey(arn))
        .toList()
        .forEach(this::get);
  }

  /** Those that were deregistered and not deleted yet: FAILED. */
  List<Seen> inactive(String family) {
    return list(family, TaskDefinitionStatus.INACTIVE).stream()
        .map(seen -> seen.with(Lifecycle.FAILED))
        .toList();
  }

  /** The same, to be known from now on. */
  List<Seen> findInactive(String family) {
    List<Seen> found = inactive(family);
    found.forEach(seen -> byArn.put(seen.key(), seen));
    return found;
  }

  /** Whether it has any of those, without a call. */
  boolean knowsInactive(String family) {
    return byArn.values().stream()
        .anyMatch(seen -> seen.lifecycle() == Lifecycle.FAILED && isOf(family, seen));
  }

  /** What it has, without a call. */
  List<Seen> known() {
    return List.copyOf(byArn.values());
  }

  /** The image of the first essential container; null where the revision is not known. */
  String image(String arn) {
    Seen seen = byArn.get(arn);
    if (seen == null || !(seen.actual() instanceof TaskDefinition definition)) {
      return null;
    }
    return definition.containers().stream()
        .filter(TaskDefinition.Container::essential)
        .map(TaskDefinition.Container::image)
        .findFirst()
        .orElse(null);
  }

  void forget(String arn) {
    byArn.remove(arn);
  }

  private List<Seen> list(String family, TaskDefinitionStatus status) {
    Set<String> arns = new LinkedHashSet<>();
    ecs.listTaskDefinitionsPaginator(
            request ->
                request.familyPrefix(family).status(status).sort(SortOrder.DESC).maxResults(LISTED))
        .taskDefinitionArns()
        .forEach(arns::add);
    // Deregistered since it was described, by us or by a person.
    byArn.values().removeIf(seen -> isOf(family, seen) && changed(seen, arns, status));
    List<Seen> found = new ArrayList<>();
    arns.forEach(arn -> get(arn).ifPresent(found::add));
    return found;
  }

  private static boolean isOf(String family, Seen seen) {
    return ((TaskDefinition) seen.actual()).family().equals(family);
  }

  private static boolean changed(Seen seen, Set<String> listed, TaskDefinitionStatus status) {
    boolean was = (seen.lifecycle() == Lifecycle.ACTIVE) == (status == TaskDefinitionStatus.ACTIVE);
    return was != listed.contains(seen.key());
  }

  private static Seen seen(DescribeTaskDefinitionResponse answer) {
    var definition = answer.taskDefinition();
    Map<String, String> tags = EcsTags.map(answer.tags());
    return new Seen(
        definition.taskDefinitionArn(),
        TaskDefinitionMapper.resource(Seen.id(Kind.TASK_DEFINITION, tags), definition),
        Map.of(Output.ARN, definition.taskDefinitionArn()),
        tags,
        definition.status() == TaskDefinitionStatus.ACTIVE ? Lifecycle.ACTIVE : Lifecycle.DELETING,
        tags.get(Ownership.CONTENT_HASH),
        null);
  }
}
