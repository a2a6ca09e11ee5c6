package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.environment.Defaults;
import dev.fargate.api.v1alpha1.environment.SharedLogGroup;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.Value;
import java.util.List;

/** Log groups of an app's or database's own, shared ones, and how a container writes into them. */
public final class LogGroups {
  private LogGroups() {}

  /** The object's own; none where it writes into a shared one. */
  static List<LogGroup> own(Owner owner, Logs logs, Defaults defaults) {
    if (logs != null && logs.group != null) {
      return List.of();
    }
    Integer days = logs == null ? null : logs.retentionDays;
    boolean keep = logs != null && Boolean.TRUE.equals(logs.keepOnDelete);
    return List.of(
        new LogGroup(Ids.LOG_GROUP, Names.logGroup(owner), retention(days, defaults), keep));
  }

  /** One that the apps and databases of an environment share. */
  static LogGroup shared(Owner environment, SharedLogGroup group, Defaults defaults) {
    return new LogGroup(
        Ids.sharedLogGroup(group.name),
        Names.sharedLogGroup(environment, group.name),
        retention(group.retentionDays, defaults),
        false);
  }

  private static int retention(Integer days, Defaults defaults) {
    if (days != null) {
      return days;
    }
    return defaults != null && defaults.logRetentionDays != null
        ? defaults.logRetentionDays
        : FieldDefaults.LOG_RETENTION_DAYS;
  }

  /** How a container of the owner writes. */
  static TaskDefinition.Logs driver(Owner owner, Logs logs, Place place) {
    return new TaskDefinition.Logs(
        logs != null && logs.group != null
            ? Value.known(place.logGroups().get(logs.group))
            : Value.ref(Ids.LOG_GROUP, Output.NAME),
        place.region(),
        streamPrefix(owner.namespace(), owner.name(), logs));
  }

  /**
   * Streams are named {@code <prefix>/<container>/<task>}; the prefix is the object's name by
   * default, in a shared group with its namespace, which tells it from others of that name.
   *
   * @param logs null: nothing is said
   */
  public static String streamPrefix(String namespace, String name, Logs logs) {
    if (logs == null) {
      return name;
    } else if (logs.streamPrefix != null) {
      return logs.streamPrefix;
    }
    return logs.group == null ? name : namespace + "/" + name;
  }
}
