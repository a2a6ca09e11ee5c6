package dev.fargate.operator.reconcile;

import dev.fargate.operator.flow.Pass;
import dev.fargate.operator.flow.Related;
import dev.fargate.operator.status.SameStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Hands each object of a kind to its flow and translates what came of it; decides nothing. One
 * subclass per kind, since the operator SDK reads kind and settings from the class.
 *
 * @param <R> the kind
 * @param <S> its status
 */
abstract class KindReconciler<R extends CustomResource<?, S>, S>
    implements Reconciler<R>, Cleaner<R> {
  /** The one finalizer; put on before the first AWS write, gone only after verified absence. */
  static final String FINALIZER = "fargate.dev/finalizer";

  /** The field manager of finalizers and status. */
  static final String FIELD_MANAGER = "fargate-operator";

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FIELD_MANAGER)
          .withForce(true)
          .build();

  private final Flow<R, S> run;
  private final Flow<R, S> delete;
  private final Supplier<R> empty;
  private final Surroundings surroundings;
  private final SimpleInboundEventSource<R> wakes = new SimpleInboundEventSource<>("related");

  /** One pass over an object. */
  interface Flow<R, S> {
    Pass<S> pass(R object, Related related, Instant now);
  }

  /** What every kind needs beside its flow. */
  record Surroundings(Related related, KubernetesEvents events, Clock clock, InFlight inFlight) {}

  /**
   * @param run for living objects
   * @param delete for those that are being deleted
   * @param empty a new object that says nothing
   */
  KindReconciler(Flow<R, S> run, Flow<R, S> delete, Supplier<R> empty, Surroundings surroundings) {
    this.run = run;
    this.delete = delete;
    this.empty = empty;
    this.surroundings = surroundings;
  }

  @Override
  public UpdateControl<R> reconcile(R object, Context<R> context) {
    Pass<S> pass = pass(run, object);
    UpdateControl<R> control =
        changes(pass, object)
            ? UpdateControl.patchStatus(withStatus(object, pass.status()))
            : UpdateControl.noUpdate();
    return control.rescheduleAfter(pass.nextLook());
  }

  @Override
  public DeleteControl cleanup(R object, Context<R> context) {
    Pass<S> pass = pass(delete, object);
    if (pass.finished()) {
      return DeleteControl.defaultDelete();
    }
    // The operator SDK patches no status in deletion.
    if (changes(pass, object)) {
      R status = withStatus(object, pass.status());
      context.getClient().resource(status).subresource("status").patch(APPLY);
    }
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(pass.nextLook());
  }

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    return List.of(wakes);
  }

  /** Wakes objects for reasons outside themselves. */
  SimpleInboundEventSource<R> wakes() {
    return wakes;
  }

  private Pass<S> pass(Flow<R, S> flow, R object) {
    if (!surroundings.inFlight().begin(object)) {
      return Pass.unchanged(InFlight.AGAIN);
    }
    try {
      Pass<S> pass = flow.pass(object, surroundings.related(), surroundings.clock().instant());
      surroundings.events().write(object, pass.notes());
      return pass;
    } finally {
      surroundings.inFlight().end(object);
    }
  }

  private boolean changes(Pass<S> pass, R object) {
    return pass.status() != null
        && (object.getStatus() == null || !SameStatus.same(object.getStatus(), pass.status()));
  }

  /** A fresh object with name, namespace and status only, as server-side apply wants it. */
  private R withStatus(R object, S status) {
    R fresh = empty.get();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(object.getMetadata().getName())
            .withNamespace(object.getMetadata().getNamespace())
            .build());
    fresh.setStatus(status);
    return fresh;
  }
}
