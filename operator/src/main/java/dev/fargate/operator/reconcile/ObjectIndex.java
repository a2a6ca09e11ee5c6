package dev.fargate.operator.reconcile;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The three kinds by name and by environment, kept by one informer each. Changes are told to
 * listeners, which wake the objects they concern.
 */
public final class ObjectIndex implements KnownObjects, AutoCloseable {
  private static final String BY_ENVIRONMENT = "environment";

  /** The watch brings every change; a resync would only repeat what is known. */
  private static final long NO_RESYNC = 0;

  private final SharedIndexInformer<FargateApp> apps;
  private final SharedIndexInformer<FargateDatabase> databases;
  private final SharedIndexInformer<FargateEnvironment> environments;

  public ObjectIndex(KubernetesClient client) {
    apps = client.resources(FargateApp.class).inAnyNamespace().runnableInformer(NO_RESYNC);
    databases =
        client.resources(FargateDatabase.class).inAnyNamespace().runnableInformer(NO_RESYNC);
    environments = client.resources(FargateEnvironment.class).runnableInformer(NO_RESYNC);
    apps.addIndexers(Map.of(BY_ENVIRONMENT, app -> List.of(KnownObjects.environmentOf(app))));
    databases.addIndexers(
        Map.of(BY_ENVIRONMENT, database -> List.of(KnownObjects.environmentOf(database))));
  }

  /** Lists and watches all three; returns when the first lists are in. */
  public void start() {
    Stream.of(apps, databases, environments)
        .map(informer -> informer.start().toCompletableFuture())
        .toList()
        .forEach(CompletableFuture::join);
  }

  /** The state of each informer, for liveness. */
  List<WatchHealth.Informer> informers() {
    return Stream.of(apps, databases, environments)
        .map(
            informer ->
                new WatchHealth.Informer(
                    "the index of " + informer.getApiTypeClass().getSimpleName(),
                    informer.isRunning(),
                    informer.isWatching()))
        .toList();
  }

  @Override
  public FargateEnvironment environment(String name) {
    return environments.getStore().getByKey(name);
  }

  @Override
  public FargateApp app(String namespace, String name) {
    return apps.getStore().getByKey(namespace + "/" + name);
  }

  @Override
  public FargateDatabase database(String namespace, String name) {
    return databases.getStore().getByKey(namespace + "/" + name);
  }

  @Override
  public List<FargateApp> appsIn(String environment) {
    return apps.getIndexer().byIndex(BY_ENVIRONMENT, environment);
  }

  @Override
  public List<FargateDatabase> databasesIn(String environment) {
    return databases.getIndexer().byIndex(BY_ENVIRONMENT, environment);
  }

  /** Calls back with every change: old (null = new) and new (null = gone). */
  public void onEnvironment(BiConsumer<FargateEnvironment, FargateEnvironment> listener) {
    environments.addEventHandler(handler(listener));
  }

  /** Likewise for apps. */
  public void onApp(BiConsumer<FargateApp, FargateApp> listener) {
    apps.addEventHandler(handler(listener));
  }

  /** Likewise for databases. */
  public void onDatabase(BiConsumer<FargateDatabase, FargateDatabase> listener) {
    databases.addEventHandler(handler(listener));
  }

  @Override
  public void close() {
    Stream.of(apps, databases, environments).forEach(SharedIndexInformer::stop);
  }

  private static <T> ResourceEventHandler<T> handler(BiConsumer<T, T> listener) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        listener.accept(null, object);
      }

      @Override
      public void onUpdate(T before, T after) {
        listener.accept(before, after);
      }

      @Override
      public void onDelete(T object, boolean stateUnknown) {
        listener.accept(object, null);
      }
    };
  }
}
