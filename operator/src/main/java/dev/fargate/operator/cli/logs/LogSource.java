package dev.fargate.operator.cli.logs;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.TaskFailure;
import dev.fargate.api.v1alpha1.WorkloadSpec;
import dev.fargate.api.v1alpha1.WorkloadStatus;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentSpec;
import dev.fargate.operator.aws.logs.LogLines.Query;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.build.LogGroups;
import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Set;

/**
 * Where an object's containers write, as the cluster knows it: its own log group, or the shared one
 * that its environment has published.
 *
 * @param environment says region and role
 */
public record LogSource(FargateEnvironmentSpec environment, Query query) {
  private static final Set<String> APPS = Set.of("fapp", "fargateapp", "fargateapps");
  private static final Set<String> DATABASES = Set.of("fdb", "fargatedatabase", "fargatedatabases");

  private static final String IN_ARN = ":log-group:";

  /**
   * What is asked for.
   *
   * @param object {@code fapp/NAME}, {@code fdb/NAME}, or the name of an app
   * @param container null for all
   * @param previous only the task that failed last
   */
  public record Wanted(String object, String namespace, String container, boolean previous) {}

  /**
   * Reads object and environment from the cluster.
   *
   * @throws NoLogs saying what is missing and what to do
   */
  public static LogSource of(Wanted wanted, KubernetesClient client) {
    int slash = wanted.object().indexOf('/');
    String kind = slash < 0 ? "fapp" : wanted.object().substring(0, slash);
    String name = wanted.object().substring(slash + 1);
    if (APPS.contains(kind)) {
      FargateApp app = get(client, FargateApp.class, wanted.namespace(), name);
      return of(wanted, app, app.getSpec().logs, client);
    } else if (DATABASES.contains(kind)) {
      FargateDatabase database = get(client, FargateDatabase.class, wanted.namespace(), name);
      return of(wanted, database, database.getSpec().logs, client);
    }
    throw new NoLogs("there are logs of fapp/NAME and fdb/NAME, not of " + wanted.object());
  }

  private static LogSource of(
      Wanted wanted,
      CustomResource<? extends WorkloadSpec, ? extends WorkloadStatus> object,
      Logs logs,
      KubernetesClient client) {
    String name =
        object.getSpec().environment == null
            ? FieldDefaults.ENVIRONMENT
            : object.getSpec().environment;
    FargateEnvironment environment = get(client, FargateEnvironment.class, null, name);
    String group =
        logs != null && logs.group != null ? shared(logs.group, environment) : own(object);
    String prefix =
        LogGroups.streamPrefix(wanted.namespace(), object.getMetadata().getName(), logs) + "/";
    if (wanted.previous()) {
      TaskFailure last = lastFailure(wanted, object);
      String task = last.taskArn.substring(last.taskArn.lastIndexOf('/') + 1);
      prefix += last.container + "/" + task;
    } else if (wanted.container() != null) {
      prefix += wanted.container() + "/";
    }
    return new LogSource(environment.getSpec(), new Query(group, prefix));
  }

  private static String own(CustomResource<?, ? extends WorkloadStatus> object) {
    WorkloadStatus status = object.getStatus();
    return (status == null ? List.<dev.fargate.api.v1alpha1.OwnedResource>of() : status.resources)
        .stream()
            .filter(resource -> Kind.LOG_GROUP.label().equals(resource.kind))
            .map(resource -> resource.arn)
            .filter(arn -> arn.contains(IN_ARN))
            .map(arn -> arn.substring(arn.indexOf(IN_ARN) + IN_ARN.length()))
            .findFirst()
            .orElseThrow(() -> new NoLogs(notStarted(object)));
  }

  private static String shared(String name, FargateEnvironment environment) {
    return (environment.getStatus() == null
            ? List.<dev.fargate.api.v1alpha1.environment.LogGroupStatus>of()
            : environment.getStatus().logGroups)
        .stream()
            .filter(group -> name.equals(group.name) && group.logGroupName != null)
            .map(group -> group.logGroupName)
            .findFirst()
            .orElseThrow(
                () ->
                    new NoLogs(
                        "FargateEnvironment "
                            + environment.getMetadata().getName()
                            + " has no log group "
                            + name
                            + " yet (spec.logGroups)"));
  }

  private static String notStarted(CustomResource<?, ? extends WorkloadStatus> object) {
    String why =
        object.getStatus() == null
            ? "the operator has not looked at it"
            : Conditions.find(object.getStatus().conditions, ConditionType.READY)
                .map(ready -> ready.getReason() + ": " + ready.getMessage())
                .orElse("the operator has not looked at it");
    return describe(object) + " has not started yet, so it has no log group; " + why;
  }

  private static TaskFailure lastFailure(
      Wanted wanted, CustomResource<?, ? extends WorkloadStatus> object) {
    return (object.getStatus() == null ? List.<TaskFailure>of() : object.getStatus().recentFailures)
        .stream()
            .filter(failure -> failure.container != null)
            .filter(
                failure ->
                    wanted.container() == null || wanted.container().equals(failure.container))
            .findFirst()
            .orElseThrow(
                () ->
                    new NoLogs(
                        "no task of "
                            + describe(object)
                            + " has failed lately (status.recentFailures)"));
  }

  private static String describe(HasMetadata object) {
    return object.getKind()
        + " "
        + object.getMetadata().getNamespace()
        + "/"
        + object.getMetadata().getName();
  }

  private static <R extends HasMetadata> R get(
      KubernetesClient client, Class<R> type, String namespace, String name) {
    String what = type.getSimpleName() + " " + (namespace == null ? "" : namespace + "/") + name;
    R found;
    try {
      found =
          namespace == null
              ? client.resources(type).withName(name).get()
              : client.resources(type).inNamespace(namespace).withName(name).get();
    } catch (KubernetesClientException failure) {
      if (failure.getCode() == HttpURLConnection.HTTP_FORBIDDEN
          || failure.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
        throw new NoLogs("no access to " + what + ": you need the right to get it", failure);
      }
      throw new NoLogs("the cluster cannot be asked: " + failure.getMessage(), failure);
    }
    if (found == null) {
      throw new NoLogs(what + " does not exist");
    }
    return found;
  }
}
