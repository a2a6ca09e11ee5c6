package dev.fargate.operator.campaign;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.Deployment;

/** Watches every status that is written, and compares what it says with what AWS has then. */
final class Truth {
  private final CampaignWorld world;
  private final List<String> lies = new ArrayList<>();

  Truth(CampaignWorld world) {
    this.world = world;
  }

  /** What was said and was not so. */
  List<String> lies() {
    return lies;
  }

  void heard(Change change) {
    List<Condition> conditions = conditions(change.object());
    if (change.deleted() || conditions.isEmpty()) {
      return;
    }
    Map<String, Condition> byType = new TreeMap<>();
    for (Condition condition : conditions) {
      if (byType.put(condition.getType(), condition) != null) {
        lie(change, condition.getType() + " twice");
      }
    }
    if (isTrue(byType, "Stalled") && isTrue(byType, "Reconciling")) {
      lie(change, "Stalled and Reconciling");
    }
    if (isTrue(byType, "Ready")
        && (isTrue(byType, "Stalled"))
        && change.object() instanceof FargateEnvironment) {
      lie(change, "Ready and Stalled: " + byType.get("Stalled").getMessage());
    }
    if (isTrue(byType, "Ready")
        && change.object() instanceof FargateApp app
        && app.getMetadata().getDeletionTimestamp() == null
        && Objects.equals(
            byType.get("Ready").getObservedGeneration(), app.getMetadata().getGeneration())) {
      String serves = world.asPerson(() -> serving(app));
      if (!serves.equals(app.getSpec().image)) {
        lie(change, "Ready, while " + serves + " serves and not " + app.getSpec().image);
      }
    }
  }

  /** The image of the revision that the service's newest deployment runs, if a task of it runs. */
  private String serving(FargateApp app) {
    var ecs = world.person.ecs;
    for (String cluster : ecs.listClusters().clusterArns()) {
      for (String arn : ecs.listServices(r -> r.cluster(cluster)).serviceArns()) {
        if (!arn.contains("/default-" + app.getMetadata().getName() + "-")) {
          continue;
        }
        var service = ecs.describeServices(r -> r.cluster(cluster).services(arn)).services().get(0);
        if (service.desiredCount() == 0) {
          return app.getSpec().image;
        }
        String requested =
            service.deployments().stream()
                .filter(it -> it.status().equals("PRIMARY"))
                .map(Deployment::taskDefinition)
                .findFirst()
                .orElse("");
        // Another network is another deployment of the same revision, which serves meanwhile.
        boolean serves =
            service.deployments().stream()
                .anyMatch(it -> it.taskDefinition().equals(requested) && it.runningCount() > 0);
        if (serves) {
          return ecs.describeTaskDefinition(r -> r.taskDefinition(requested))
              .taskDefinition()
              .containerDefinitions()
              .get(0)
              .image();
        }
      }
    }
    return "nothing";
  }

  private void lie(Change change, String what) {
    lies.add(world.now() + " " + change.kind() + " " + change.key() + " says " + what);
  }

  private static boolean isTrue(Map<String, Condition> conditions, String type) {
    return conditions.containsKey(type) && conditions.get(type).getStatus().equals("True");
  }

  /** The conditions of an object of ours; empty when it has none yet. */
  static List<Condition> conditions(CustomResource<?, ?> object) {
    if (object instanceof FargateApp app) {
      return app.getStatus() == null ? List.of() : app.getStatus().conditions;
    }
    if (object instanceof FargateDatabase database) {
      return database.getStatus() == null ? List.of() : database.getStatus().conditions;
    }
    FargateEnvironment environment = (FargateEnvironment) object;
    return environment.getStatus() == null ? List.of() : environment.getStatus().conditions;
  }
}
