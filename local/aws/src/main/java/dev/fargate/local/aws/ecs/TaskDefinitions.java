package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Caller;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All revisions by ARN, and the counter of each family, which outlives its revisions. */
final class TaskDefinitions {
  private final Map<String, TaskDefinition> byArn = new LinkedHashMap<>();
  private final Map<String, Integer> lastRevision = new HashMap<>();

  /** The number of the next revision; never given twice. */
  int nextRevision(String family, Caller caller) {
    String key = caller.accountId() + "/" + caller.region() + "/" + family;
    return lastRevision.merge(key, 1, Integer::sum);
  }

  void add(TaskDefinition definition) {
    byArn.put(definition.arn, definition);
  }

  void remove(TaskDefinition definition) {
    byArn.remove(definition.arn);
  }

  List<TaskDefinition> all() {
    return new ArrayList<>(byArn.values());
  }

  /**
   * @param reference ARN, family:revision, or family for its newest ACTIVE revision
   */
  Optional<TaskDefinition> find(String reference, Caller caller) {
    String name = Arns.lastPart(reference);
    if (Arns.isArn(reference)) {
      return Optional.ofNullable(byArn.get(reference));
    }
    int colon = name.indexOf(':');
    if (colon < 0) {
      return newestActive(name, caller);
    }
    String revision = name.substring(colon + 1);
    if (!revision.matches("[0-9]{1,9}")) {
      throw EcsError.client("Invalid revision number. Number: " + revision);
    }
    Arns arns = Arns.of(caller);
    String family = name.substring(0, colon);
    return Optional.ofNullable(byArn.get(arns.taskDefinition(family, Integer.parseInt(revision))));
  }

  private Optional<TaskDefinition> newestActive(String family, Caller caller) {
    Arns arns = Arns.of(caller);
    return byArn.values().stream()
        .filter(d -> d.status == TaskDefinition.Status.ACTIVE && d.family.equals(family))
        .filter(d -> d.arn.equals(arns.taskDefinition(family, d.revision)))
        .max(Comparator.comparingInt(d -> d.revision));
  }
}
