package dev.fargate.operator.reconcile;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.LocalReference;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.status.SameStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who is woken by what: an environment's publication wakes everything in it, a database's wakes the
 * apps that refer to it, an app's wakes those that let it in, and going away wakes the environment.
 */
final class Wakes {
  private final KnownObjects index;
  private final FargateAppReconciler apps;
  private final FargateDatabaseReconciler databases;
  private final FargateEnvironmentReconciler environments;

  Wakes(
      KnownObjects index,
      FargateAppReconciler apps,
      FargateDatabaseReconciler databases,
      FargateEnvironmentReconciler environments) {
    this.index = index;
    this.apps = apps;
    this.databases = databases;
    this.environments = environments;
  }

  /** Begins to listen; call after the controllers have started. */
  void connect(ObjectIndex index) {
    index.onEnvironment(this::environmentChanged);
    index.onDatabase(this::databaseChanged);
    index.onApp(this::appChanged);
  }

  /** AWS changed for this owner. */
  void cloudChanged(Owner owner) {
    ResourceID id =
        new ResourceID(owner.name(), owner.namespace().isEmpty() ? null : owner.namespace());
    switch (owner.kind()) {
      case "FargateApp" -> apps.wakes().propagateEvent(id);
      case "FargateDatabase" -> databases.wakes().propagateEvent(id);
      default -> environments.wakes().propagateEvent(id);
    }
  }

  void environmentChanged(FargateEnvironment before, FargateEnvironment after) {
    if (before != null && after != null && samePublication(before, after)) {
      return;
    }
    String name = (after == null ? before : after).getMetadata().getName();
    index.appsIn(name).forEach(app -> apps.wakes().propagateEvent(id(app)));
    index.databasesIn(name).forEach(database -> databases.wakes().propagateEvent(id(database)));
  }

  /**
   * Users and the time of looking are no publication: they change whenever an app comes or goes.
   */
  private static boolean samePublication(FargateEnvironment before, FargateEnvironment after) {
    if (before.getStatus() == null || after.getStatus() == null) {
      return before.getStatus() == after.getStatus();
    }
    boolean sameSpec = SameStatus.same(before.getSpec(), after.getSpec());
    return sameSpec
        && Objects.equals(before.getStatus().clusterArn, after.getStatus().clusterArn)
        && Objects.equals(before.getStatus().namespaceId, after.getStatus().namespaceId)
        && before.getStatus().subnetIds.equals(after.getStatus().subnetIds)
        && SameStatus.same(
            Map.of("l", before.getStatus().loadBalancers),
            Map.of("l", after.getStatus().loadBalancers))
        && SameStatus.same(
            Map.of("g", before.getStatus().logGroups), Map.of("g", after.getStatus().logGroups))
        && Objects.equals(
            before.getMetadata().getDeletionTimestamp(),
            after.getMetadata().getDeletionTimestamp());
  }

  void databaseChanged(FargateDatabase before, FargateDatabase after) {
    FargateDatabase database = after == null ? before : after;
    if (before == null || after == null) {
      environments.wakes().propagateEvent(new ResourceID(KnownObjects.environmentOf(database)));
    }
    for (FargateApp app : index.appsIn(KnownObjects.environmentOf(database))) {
      if (sameNamespace(app, database) && refersTo(app, database.getMetadata().getName())) {
        apps.wakes().propagateEvent(id(app));
      }
    }
  }

  void appChanged(FargateApp before, FargateApp after) {
    FargateApp app = after == null ? before : after;
    String environment = KnownObjects.environmentOf(app);
    if (before == null || after == null) {
      environments.wakes().propagateEvent(new ResourceID(environment));
    }
    String name = app.getMetadata().getName();
    for (FargateApp other : index.appsIn(environment)) {
      boolean letsIn =
          other.getSpec().network != null && names(other.getSpec().network.allowFrom, name);
      // A claim on a host or path may have become free.
      boolean claims = (after == null || before == null) && !other.getSpec().ingresses.isEmpty();
      if (!id(other).equals(id(app)) && ((letsIn && sameNamespace(app, other)) || claims)) {
        apps.wakes().propagateEvent(id(other));
      }
    }
    for (FargateDatabase database : index.databasesIn(environment)) {
      if (database.getSpec().network != null
          && names(database.getSpec().network.allowFrom, name)
          && sameNamespace(app, database)) {
        databases.wakes().propagateEvent(id(database));
      }
    }
  }

  private static boolean refersTo(FargateApp app, String database) {
    for (EnvVar variable : app.getSpec().env) {
      if (variable.valueFrom != null
          && variable.valueFrom.databaseRef != null
          && database.equals(variable.valueFrom.databaseRef.name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(List<LocalReference> references, String name) {
    return references.stream().anyMatch(reference -> name.equals(reference.name));
  }

  private static boolean sameNamespace(HasMetadata one, HasMetadata other) {
    return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace());
  }

  private static ResourceID id(HasMetadata object) {
    return ResourceID.fromResource(object);
  }
}
