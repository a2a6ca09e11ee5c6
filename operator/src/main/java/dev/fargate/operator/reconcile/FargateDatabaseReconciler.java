package dev.fargate.operator.reconcile;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.database.FargateDatabaseStatus;
import dev.fargate.operator.flow.DatabaseFlow;
import dev.fargate.operator.flow.Pass;
import dev.fargate.operator.flow.Related;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Clock;
import java.util.List;

/** Hands each FargateDatabase to its flow; translates, decides nothing. */
@ControllerConfiguration(
    name = "fargatedatabase",
    finalizerName = Shell.FINALIZER,
    fieldManager = Shell.FIELD_MANAGER,
    generationAwareEventProcessing = false)
public final class FargateDatabaseReconciler
    implements Reconciler<FargateDatabase>, Cleaner<FargateDatabase> {
  private final DatabaseFlow flow;
  private final Related related;
  private final KubernetesEvents events;
  private final Clock clock;
  private final SimpleInboundEventSource<FargateDatabase> wakes =
      new SimpleInboundEventSource<>("related");

  public FargateDatabaseReconciler(
      DatabaseFlow flow, Related related, KubernetesEvents events, Clock clock) {
    this.flow = flow;
    this.related = related;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public UpdateControl<FargateDatabase> reconcile(
      FargateDatabase object, Context<FargateDatabase> context) {
    Pass<FargateDatabaseStatus> pass = flow.run(object, related, clock.instant());
    events.write(object, pass.notes());
    return Shell.update(object, pass, FargateDatabase::new);
  }

  @Override
  public DeleteControl cleanup(FargateDatabase object, Context<FargateDatabase> context) {
    Pass<FargateDatabaseStatus> pass = flow.delete(object, related, clock.instant());
    events.write(object, pass.notes());
    return Shell.delete(context.getClient(), object, pass, FargateDatabase::new);
  }

  @Override
  public List<EventSource<?, FargateDatabase>> prepareEventSources(
      EventSourceContext<FargateDatabase> context) {
    return List.of(wakes);
  }

  /** Wakes objects for reasons outside themselves. */
  SimpleInboundEventSource<FargateDatabase> wakes() {
    return wakes;
  }
}
