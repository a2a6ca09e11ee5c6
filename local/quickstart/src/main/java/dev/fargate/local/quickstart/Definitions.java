package dev.fargate.local.quickstart;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Installs the three kinds, from the same files that {@code kubectl apply -f crds/} takes. */
final class Definitions {
  private static final List<String> FILES =
      List.of("fargateapps.yaml", "fargatedatabases.yaml", "fargateenvironments.yaml");

  /** A local API server takes milliseconds; a real one a second or two. */
  private static final int ESTABLISHED_SECONDS = 30;

  private Definitions() {}

  static void install(KubernetesClient client) {
    List<CustomResourceDefinition> definitions =
        FILES.stream().map(file -> read(client, file)).toList();
    definitions.forEach(definition -> client.resource(definition).serverSideApply());
    for (CustomResourceDefinition definition : definitions) {
      client
          .resource(definition)
          .waitUntilCondition(Definitions::isEstablished, ESTABLISHED_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static boolean isEstablished(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  private static CustomResourceDefinition read(KubernetesClient client, String file) {
    try (InputStream yaml = Definitions.class.getResourceAsStream("/crds/" + file)) {
      if (yaml == null) {
        throw new IllegalStateException("crds/" + file + " is not on the class path");
      }
      return client.apiextensions().v1().customResourceDefinitions().load(yaml).item();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
