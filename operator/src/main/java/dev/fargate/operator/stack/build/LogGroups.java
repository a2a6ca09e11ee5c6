package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.environment.Defaults;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.Value;

/** One log group per app or database, and how a container writes into it. */
final class LogGroups {
  private LogGroups() {}

  static LogGroup build(Owner owner, Logs logs, Defaults defaults) {
    int retention = FieldDefaults.LOG_RETENTION_DAYS;
    if (defaults != null && defaults.logRetentionDays != null) {
      retention = defaults.logRetentionDays;
    }
    if (logs != null && logs.retentionDays != null) {
      retention = logs.retentionDays;
    }
    boolean keep = logs != null && Boolean.TRUE.equals(logs.keepOnDelete);
    return new LogGroup(Ids.LOG_GROUP, Names.logGroup(owner), retention, keep);
  }

  /**
   * Streams are named {@code <prefix>/<container>/<task>}; the prefix is the owner's name by
   * default.
   */
  static TaskDefinition.Logs driver(Owner owner, Logs logs, String region) {
    String prefix = logs != null && logs.streamPrefix != null ? logs.streamPrefix : owner.name();
    return new TaskDefinition.Logs(Value.ref(Ids.LOG_GROUP, Output.NAME), region, prefix);
  }
}
