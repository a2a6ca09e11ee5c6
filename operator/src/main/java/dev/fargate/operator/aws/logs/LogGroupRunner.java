package dev.fargate.operator.aws.logs;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.Reader.Need;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Log groups; after a lost answer the existing one is ours by its tags. */
public final class LogGroupRunner implements Runner {
  private final CloudWatchLogsClient logs;
  private final LogGroupReader reader;

  public LogGroupRunner(CloudWatchLogsClient logs, LogGroupReader reader) {
    this.logs = logs;
    this.reader = reader;
  }

  @Override
  public Kind kind() {
    return Kind.LOG_GROUP;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    LogGroup wanted = (LogGroup) desired;
    try {
      logs.createLogGroup(request -> request.logGroupName(wanted.name()).tags(tags));
    } catch (ResourceAlreadyExistsException exists) {
      if (own(owner, wanted).isEmpty()) {
        throw exists;
      }
    }
    retain(wanted);
    // The create call answers nothing. Without the ARN from here the next sweep would be the first
    // to know it, and the status be written once more for nothing.
    return own(owner, wanted).map(Seen::outputs).orElse(Map.of(Output.NAME, wanted.name()));
  }

  private Optional<Seen> own(Owner owner, LogGroup wanted) {
    return reader
        .read(new Need(owner, List.of(wanted), List.of(), kind -> List.of()))
        .seen()
        .stream()
        .filter(seen -> Ownership.owns(owner, seen.tags()))
        .findFirst();
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    if (action.touches("retentionDays")) {
      retain((LogGroup) desired);
    }
    TagChanges changes = TagChanges.of(action);
    String arn = action.observed().outputs().get(Output.ARN);
    if (!changes.removed().isEmpty()) {
      logs.untagResource(request -> request.resourceArn(arn).tagKeys(changes.removed()));
    }
    if (!changes.set().isEmpty()) {
      logs.tagResource(request -> request.resourceArn(arn).tags(changes.set()));
    }
    return action.observed().outputs();
  }

  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      logs.deleteLogGroup(request -> request.logGroupName(((LogGroup) observed.actual()).name()));
    } catch (ResourceNotFoundException gone) {
      // What was to be reached.
    }
  }

  private void retain(LogGroup wanted) {
    logs.putRetentionPolicy(
        request -> request.logGroupName(wanted.name()).retentionInDays(wanted.retentionDays()));
  }
}
