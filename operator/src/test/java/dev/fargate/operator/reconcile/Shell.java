package dev.fargate.operator.reconcile;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.operator.apply.Clouds;
import dev.fargate.operator.flow.AppFlow;
import dev.fargate.operator.flow.DatabaseFlow;
import dev.fargate.operator.flow.EnvironmentFlow;
import dev.fargate.operator.flow.Settings;
import dev.fargate.operator.stack.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The reconcilers as the operator SDK runs them, without its threads: one pass at a time, in the
 * caller's thread. What the SDK does around a pass (finalizer, status patch, its filter of events)
 * is done here in the same order and by the same requests; everything else is the real shell.
 */
public final class Shell {
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(KindReconciler.FIELD_MANAGER)
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final Map<String, KindReconciler<?, ?>> reconcilers;
  private final Wakes wakes;
  private final Consumer<HasMetadata> heard;

  /**
   * @param objects what the informers would hold
   * @param wake told kind and id of an object that is to be looked at
   * @param heard told what the API server answered to own writes, as the SDK's cache is
   */
  public Shell(
      KubernetesClient client,
      Settings settings,
      Clouds clouds,
      Clock clock,
      KnownObjects objects,
      BiConsumer<String, ResourceID> wake,
      Consumer<HasMetadata> heard) {
    this.client = client;
    this.heard = heard;
    KindReconciler.Surroundings surroundings =
        new KindReconciler.Surroundings(
            new KubernetesRelated(client, objects, clock),
            new KubernetesEvents(client, clock),
            clock,
            new InFlight());
    FargateAppReconciler apps =
        new FargateAppReconciler(new AppFlow(settings, clouds), surroundings);
    FargateDatabaseReconciler databases =
        new FargateDatabaseReconciler(new DatabaseFlow(settings, clouds), surroundings);
    FargateEnvironmentReconciler environments =
        new FargateEnvironmentReconciler(new EnvironmentFlow(settings, clouds), surroundings);
    reconcilers =
        Map.of(
            "FargateApp", apps, "FargateDatabase", databases, "FargateEnvironment", environments);
    reconcilers.forEach(
        (kind, reconciler) -> {
          reconciler
              .wakes()
              .setEventHandler(event -> wake.accept(kind, event.getRelatedCustomResourceID()));
          reconciler.wakes().start();
        });
    wakes = new Wakes(objects, apps, databases, environments);
  }

  /** An informer told of a change. @return whether the SDK's filter lets it start a pass */
  public boolean changed(HasMetadata before, HasMetadata after) {
    HasMetadata object = after == null ? before : after;
    if (object instanceof FargateApp) {
      wakes.appChanged((FargateApp) before, (FargateApp) after);
    } else if (object instanceof FargateDatabase) {
      wakes.databaseChanged((FargateDatabase) before, (FargateDatabase) after);
    } else {
      wakes.environmentChanged((FargateEnvironment) before, (FargateEnvironment) after);
    }
    return after != null && (before == null || SpecChange.matters(before, after));
  }

  /** AWS changed for this owner. */
  public void cloudChanged(Owner owner) {
    wakes.cloudChanged(owner);
  }

  /** One pass. @return when to look again; null: when an event says so */
  @SuppressWarnings("unchecked")
  public <R extends CustomResource<?, ?>> Duration look(R object) throws Exception {
    boolean ours = object.getMetadata().getFinalizers().contains(KindReconciler.FINALIZER);
    if (object.getMetadata().getDeletionTimestamp() != null) {
      return ours ? cleanup(object) : null;
    }
    if (!ours) {
      R marked = fresh(object);
      marked.getMetadata().setFinalizers(List.of(KindReconciler.FINALIZER));
      heard.accept(client.resource(marked).patch(APPLY));
      return null;
    }
    UpdateControl<R> control =
        ((Reconciler<R>) reconcilers.get(object.getKind()))
            .reconcile(Serialization.clone(object), null);
    if (control.isPatchStatus()) {
      heard.accept(
          client.resource(control.getResource().orElseThrow()).subresource("status").patch(APPLY));
    }
    return control.getScheduleDelay().map(Duration::ofMillis).orElse(null);
  }

  @SuppressWarnings("unchecked")
  private <R extends CustomResource<?, ?>> Duration cleanup(R object) throws Exception {
    DeleteControl control =
        ((Cleaner<R>) reconcilers.get(object.getKind()))
            .cleanup(Serialization.clone(object), context());
    if (control.isRemoveFinalizer()) {
      client
          .resource(object)
          .edit(
              copy -> {
                copy.getMetadata().getFinalizers().remove(KindReconciler.FINALIZER);
                return copy;
              });
      return null;
    }
    return control.getScheduleDelay().map(Duration::ofMillis).orElse(null);
  }

  /** The Lease has been renewed just now. */
  public static void renew(Leadership leadership) {
    leadership.renewing().run();
  }

  /** A pass asks its context for nothing but the client. */
  @SuppressWarnings("unchecked")
  private <R extends HasMetadata> Context<R> context() {
    return (Context<R>)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getClient")) {
                return client;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private static <R extends CustomResource<?, ?>> R fresh(R object) {
    R copy = Serialization.clone(object);
    copy.setMetadata(
        new ObjectMetaBuilder()
            .withName(object.getMetadata().getName())
            .withNamespace(object.getMetadata().getNamespace())
            .build());
    copy.setSpec(null);
    copy.setStatus(null);
    return copy;
  }
}
