package dev.fargate.api.generate;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import java.util.List;
import java.util.Map;

/** The columns of {@code kubectl get}, in this order: the generator would sort them by name. */
final class PrinterColumns {

  private static final CustomResourceColumnDefinition READY =
      column("Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status", 0);
  private static final CustomResourceColumnDefinition REASON =
      column("Reason", "string", ".status.conditions[?(@.type==\"Ready\")].reason", 0);
  private static final CustomResourceColumnDefinition RUNNING =
      column("Running", "string", ".status.running", 0);
  private static final CustomResourceColumnDefinition IMAGE =
      column("Image", "string", ".status.serving.shortImage", 0);
  private static final CustomResourceColumnDefinition AGE =
      column("Age", "date", ".metadata.creationTimestamp", 0);
  private static final CustomResourceColumnDefinition ENVIRONMENT =
      column("Environment", "string", ".spec.environment", 1);

  private static final Map<Class<?>, List<CustomResourceColumnDefinition>> COLUMNS =
      Map.of(
          FargateApp.class,
          List.of(
              READY,
              REASON,
              RUNNING,
              IMAGE,
              column("URL", "string", ".status.url", 0),
              AGE,
              column("Revision", "string", ".status.revision", 1),
              ENVIRONMENT),
          FargateDatabase.class,
          List.of(
              READY,
              REASON,
              RUNNING,
              IMAGE,
              column("Host", "string", ".status.host", 0),
              AGE,
              ENVIRONMENT),
          FargateEnvironment.class,
          List.of(
              READY,
              REASON,
              column("Region", "string", ".spec.region", 0),
              column("Cluster", "string", ".status.clusterName", 0),
              column("Users", "integer", ".status.userCount", 0),
              AGE,
              column("Account", "string", ".status.accountId", 1)));

  private PrinterColumns() {}

  static List<CustomResourceColumnDefinition> of(Class<?> kind) {
    return COLUMNS.get(kind);
  }

  private static CustomResourceColumnDefinition column(
      String name, String type, String jsonPath, int priority) {
    return new CustomResourceColumnDefinitionBuilder()
        .withName(name)
        .withType(type)
        .withJsonPath(jsonPath)
        .withPriority(priority == 0 ? null : priority)
        .build();
  }
}
