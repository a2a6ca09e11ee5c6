package dev.fargate.operator.stack.build;

import static dev.fargate.operator.stack.build.Absent.or;

import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.app.DatabaseKey;
import dev.fargate.api.v1alpha1.app.DatabaseKeyReference;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.api.v1alpha1.app.ValueFrom;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.TaskDefinition.Container;
import dev.fargate.operator.stack.TaskDefinition.Port;
import dev.fargate.operator.stack.Value;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The app's container. What is plain goes into the environment, what is secret never does. */
final class AppTaskDefinition {
  private AppTaskDefinition() {}

  static TaskDefinition build(Owner owner, AppSpecView view, References references) {
    FargateAppSpec spec = view.spec();
    Roles roles = Roles.of(spec.iam, view.place().defaults());
    return new TaskDefinition(
        Ids.TASK_DEFINITION,
        Names.readable(owner, Ids.TASK_DEFINITION),
        or(spec.cpu, FieldDefaults.CPU),
        or(spec.memoryMiB, FieldDefaults.MEMORY_MIB),
        Roles.architecture(spec.architecture, view.place().defaults()),
        spec.ephemeralStorageGiB,
        roles.executionRoleArn(),
        roles.taskRoleArn(),
        List.of(container(owner, view, references)));
  }

  private static Container container(Owner owner, AppSpecView view, References references) {
    FargateAppSpec spec = view.spec();
    SortedMap<String, String> environment = new TreeMap<>();
    SortedMap<String, Value> secrets = new TreeMap<>();
    for (EnvVar variable : spec.env) {
      if (variable.valueFrom == null) {
        environment.put(variable.name, or(variable.value, ""));
      } else {
        from(variable.name, variable.valueFrom, references, environment, secrets);
      }
    }
    return new Container(
        view.containerName(),
        spec.image,
        true,
        List.copyOf(spec.command),
        List.copyOf(spec.args),
        spec.user,
        spec.workingDirectory,
        Boolean.TRUE.equals(spec.readOnlyRootFilesystem),
        or(spec.stopTimeoutSeconds, FieldDefaults.STOP_TIMEOUT_SECONDS),
        spec.ports.stream()
            .map(
                p ->
                    new Port(
                        p.name,
                        p.containerPort,
                        or(p.protocol, "TCP").toLowerCase(Locale.ROOT),
                        null))
            .toList(),
        environment,
        secrets,
        healthCheck(spec),
        LogGroups.driver(owner, spec.logs, view.place()));
  }

  private static void from(
      String name,
      ValueFrom source,
      References references,
      SortedMap<String, String> environment,
      SortedMap<String, Value> secrets) {
    if (source.secretKeyRef != null) {
      // By key and version, so that a changed value is a new revision and a rollback brings it
      // back.
      secrets.put(
          name,
          Value.joined(
              Value.ref(Ids.ENV_SECRET, Output.ARN),
              Value.known(":" + name + "::"),
              Value.ref(Ids.ENV_SECRET, Output.VERSION_ID)));
    } else if (source.configMapKeyRef != null) {
      String key = source.configMapKeyRef.name + "/" + source.configMapKeyRef.key;
      environment.put(name, references.configValues().get(key));
    } else if (source.databaseRef != null) {
      fromDatabase(name, source.databaseRef, references, environment, secrets);
    } else if (source.ssmParameterArn != null) {
      secrets.put(name, Value.known(source.ssmParameterArn));
    } else {
      secrets.put(name, Value.known(source.secretsManagerArn));
    }
  }

  private static void fromDatabase(
      String name,
      DatabaseKeyReference reference,
      References references,
      SortedMap<String, String> environment,
      SortedMap<String, Value> secrets) {
    DatabaseEndpoint database = references.databases().get(reference.name);
    switch (reference.key) {
      case DatabaseKey.HOST -> environment.put(name, database.host());
      case DatabaseKey.PORT -> environment.put(name, String.valueOf(database.port()));
      case DatabaseKey.DATABASE_NAME -> environment.put(name, database.databaseName());
      default -> secrets.put(name, Value.known(database.secretArn() + ":" + reference.key + "::"));
    }
  }

  private static TaskDefinition.HealthCheck healthCheck(FargateAppSpec spec) {
    var check = spec.healthCheck;
    return check == null
        ? null
        : new TaskDefinition.HealthCheck(
            List.copyOf(check.command),
            or(check.intervalSeconds, FieldDefaults.CONTAINER_HEALTH_INTERVAL_SECONDS),
            or(check.timeoutSeconds, FieldDefaults.CONTAINER_HEALTH_TIMEOUT_SECONDS),
            or(check.retries, FieldDefaults.CONTAINER_HEALTH_RETRIES),
            or(check.startPeriodSeconds, FieldDefaults.CONTAINER_HEALTH_START_PERIOD_SECONDS));
  }
}
