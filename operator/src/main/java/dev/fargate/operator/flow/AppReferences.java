package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.LocalReference;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.Network;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.ValueFrom;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.build.DatabaseEndpoint;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.stack.build.References;
import dev.fargate.operator.status.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks up everything an app's spec refers to, and lists what is missing. An app waits for what its
 * database has published, never for its readiness: a restarting database must not block a rollout.
 */
final class AppReferences {
  private final FargateApp app;
  private final Related related;
  private final Place place;
  private final List<Missing> missing = new ArrayList<>();
  private final Map<String, DatabaseEndpoint> databases = new HashMap<>();
  private final Map<String, String> configValues = new HashMap<>();

  private AppReferences(FargateApp app, Related related, Place place) {
    this.app = app;
    this.related = related;
    this.place = place;
  }

  /**
   * @param missing empty when all is there
   */
  record Result(References references, List<Missing> missing) {}

  static Result resolve(FargateApp app, Related related, Place place) {
    return new AppReferences(app, related, place).resolve();
  }

  private Result resolve() {
    List<EnvVar> variables = app.getSpec().env;
    for (int i = 0; i < variables.size(); i++) {
      if (variables.get(i).valueFrom != null) {
        String field = "spec.env[" + i + "] (" + variables.get(i).name + ")";
        try {
          value(field, variables.get(i).valueFrom);
        } catch (Related.Refused refused) {
          throw refused.of(field);
        }
      }
    }
    for (int i = 0; i < app.getSpec().ingresses.size(); i++) {
      listener("spec.ingresses[" + i + "]", app.getSpec().ingresses.get(i));
    }
    if (app.getSpec().privateDns != null && place.namespaceId() == null) {
      notYet(
          "spec.privateDns",
          "environment " + place.environment() + " has no private DNS domain yet");
    }
    logGroup(app.getSpec().logs, place, missing);
    Map<String, String> members =
        members(app.getSpec().network, app.getMetadata().getNamespace(), related, missing);
    return new Result(new References(databases, configValues, members), missing);
  }

  /** Security groups of the apps named by {@code network.allowFrom}; what is missing is added. */
  static Map<String, String> members(
      Network network, String namespace, Related related, List<Missing> missing) {
    Map<String, String> members = new HashMap<>();
    if (network == null) {
      return members;
    }
    for (LocalReference reference : network.allowFrom) {
      String group =
          related
              .app(namespace, reference.name)
              .map(FargateApp::getStatus)
              .map(AppReferences::taskGroup)
              .orElse(null);
      if (group == null) {
        missing.add(
            new Missing(
                Reason.REFERENCE_MISSING,
                "spec.network.allowFrom: FargateApp "
                    + reference.name
                    + " has no security group yet."));
      } else {
        members.put(reference.name, group);
      }
    }
    return members;
  }

  /** A shared log group that the environment does not have yet is added to what is missing. */
  static void logGroup(Logs logs, Place place, List<Missing> missing) {
    if (logs != null && logs.group != null && !place.logGroups().containsKey(logs.group)) {
      missing.add(
          new Missing(
              Reason.REFERENCE_MISSING,
              "spec.logs.group: environment "
                  + place.environment()
                  + " has no log group "
                  + logs.group
                  + " yet (its spec.logGroups)."));
    }
  }

  /** The group of an app's tasks, from what it has published; null before that. */
  private static String taskGroup(FargateAppStatus status) {
    return status.resources.stream()
        .filter(resource -> Kind.SECURITY_GROUP.label().equals(resource.kind))
        .map(resource -> resource.arn)
        .findFirst()
        .orElse(null);
  }

  private void value(String field, ValueFrom source) {
    String namespace = app.getMetadata().getNamespace();
    if (source.secretKeyRef != null) {
      if (!related.secretHasKey(namespace, source.secretKeyRef.name, source.secretKeyRef.key)) {
        notYet(
            field,
            "Secret "
                + source.secretKeyRef.name
                + " in namespace "
                + namespace
                + " does not exist, or has no key "
                + source.secretKeyRef.key);
      }
    } else if (source.configMapKeyRef != null) {
      var reference = source.configMapKeyRef;
      related
          .configMapValue(namespace, reference.name, reference.key)
          .ifPresentOrElse(
              value -> configValues.put(reference.name + "/" + reference.key, value),
              () ->
                  notYet(
                      field,
                      "ConfigMap "
                          + reference.name
                          + " in namespace "
                          + namespace
                          + " does not exist, or has no key "
                          + reference.key));
    } else if (source.databaseRef != null && !databases.containsKey(source.databaseRef.name)) {
      database(field, namespace, source.databaseRef.name);
    }
  }

  private void database(String field, String namespace, String name) {
    FargateDatabase database = related.database(namespace, name).orElse(null);
    if (database == null) {
      notYet(field, "FargateDatabase " + name + " does not exist in namespace " + namespace);
      return;
    }
    var status = database.getStatus();
    if (status == null
        || status.host == null
        || status.port == null
        || status.secretArn == null
        || status.securityGroupId == null) {
      notYet(field, "FargateDatabase " + name + " has not published its host and credentials yet");
      return;
    }
    databases.put(
        name,
        new DatabaseEndpoint(
            name,
            status.host,
            status.port,
            status.databaseName,
            status.secretArn,
            status.securityGroupId));
  }

  private void listener(String field, Ingress ingress) {
    var balancer = place.loadBalancer(ingress.loadBalancer);
    if (balancer.isEmpty()) {
      notYet(
          field + ".loadBalancer",
          ingress.loadBalancer == null
              ? "environment "
                  + place.environment()
                  + " has "
                  + place.loadBalancers().size()
                  + " load balancers; name one"
              : "environment "
                  + place.environment()
                  + " has no load balancer "
                  + ingress.loadBalancer
                  + " yet");
      return;
    }
    if (balancer.get().listenersFor(ingress.listenerPort).isEmpty()) {
      notYet(
          field + ".listenerPort",
          "load balancer "
              + balancer.get().name()
              + " has no listener"
              + (ingress.listenerPort == null
                  ? " that does not redirect"
                  : " on port " + ingress.listenerPort)
              + " yet");
    }
  }

  private void notYet(String field, String what) {
    missing.add(new Missing(Reason.REFERENCE_MISSING, field + ": " + what + "."));
  }
}
