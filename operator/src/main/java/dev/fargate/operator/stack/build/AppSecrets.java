package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Secret;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The app's one JSON secret: the values of its {@code secretKeyRef} variables, keyed by variable.
 */
final class AppSecrets {
  private AppSecrets() {}

  static List<Resource> build(Owner owner, AppSpecView view) {
    SortedMap<String, Secret.Source> sources = new TreeMap<>();
    for (EnvVar variable : view.spec().env) {
      if (variable.valueFrom != null && variable.valueFrom.secretKeyRef != null) {
        var reference = variable.valueFrom.secretKeyRef;
        sources.put(
            variable.name, new Secret.Source.KubernetesSecret(reference.name, reference.key));
      }
    }
    return sources.isEmpty()
        ? List.of()
        : List.of(
            new Secret(Ids.ENV_SECRET, Names.secret(owner, "env"), sources, Secret.Content.SAME));
  }
}
