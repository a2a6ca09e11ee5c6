package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.clients.AwsClients;
import dev.fargate.operator.aws.errors.ErrorTable;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.TaskDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Registers revisions. AWS neither takes a token nor deduplicates (AWS-FACTS 0.6), so the content
 * hash in the tags is looked for first, and again after an answer that was lost.
 */
public final class TaskDefinitionRunner implements Runner {
  private final AwsClients clients;
  private final TaskDefinitions definitions;

  public TaskDefinitionRunner(AwsClients clients, TaskDefinitions definitions) {
    this.clients = clients;
    this.definitions = definitions;
  }

  @Override
  public Kind kind() {
    return Kind.TASK_DEFINITION;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    TaskDefinition wanted = (TaskDefinition) desired;
    Optional<Seen> registered = find(owner, wanted, tags);
    if (registered.isPresent()) {
      return registered.get().outputs();
    }
    try {
      String arn =
          clients
              .ecsOnce()
              .registerTaskDefinition(TaskDefinitionMapper.request(wanted, tags))
              .taskDefinition()
              .taskDefinitionArn();
      return Map.of(Output.ARN, arn);
    } catch (SdkException failure) {
      if (ErrorTable.outcomeUnknown(failure)) {
        Optional<Seen> made = find(owner, wanted, tags);
        if (made.isPresent()) {
          return made.get().outputs();
        }
      }
      throw failure;
    }
  }

  /** Only tags: another content is another revision. */
  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    String arn = action.observed().outputs().get(Output.ARN);
    EcsTags.write(clients.ecs(), arn, TagChanges.of(action));
    definitions.forget(arn);
    return action.observed().outputs();
  }

  /** Deregistered, then deleted: AWS keeps it in DELETE_IN_PROGRESS while something uses it. */
  @Override
  public void delete(Owner owner, ObservedResource observed) {
    String arn = observed.outputs().get(Output.ARN);
    definitions.forget(arn);
    if (observed.lifecycle() == Lifecycle.ACTIVE) {
      clients.ecs().deregisterTaskDefinition(request -> request.taskDefinition(arn));
    }
    clients.ecs().deleteTaskDefinitions(request -> request.taskDefinitions(arn));
  }

  private Optional<Seen> find(Owner owner, TaskDefinition wanted, Map<String, String> tags) {
    String hash = tags.get(Ownership.CONTENT_HASH);
    if (hash == null) {
      throw new IllegalStateException(wanted.id() + " without a content hash");
    }
    return definitions.active(wanted.family()).stream()
        .filter(seen -> Ownership.owns(owner, seen.tags()))
        .filter(seen -> hash.equals(seen.contentHash()))
        .findFirst();
  }
}
