package dev.fargate.operator.reconcile;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.operator.flow.AppFlow;
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

/** Hands each FargateApp to its flow; translates, decides nothing. */
@ControllerConfiguration(
    name = "fargateapp",
    finalizerName = Shell.FINALIZER,
    fieldManager = Shell.FIELD_MANAGER,
    generationAwareEventProcessing = false)
public final class FargateAppReconciler implements Reconciler<FargateApp>, Cleaner<FargateApp> {
  private final AppFlow flow;
  private final Related related;
  private final KubernetesEvents events;
  private final Clock clock;
  private final SimpleInboundEventSource<FargateApp> wakes =
      new SimpleInboundEventSource<>("related");

  public FargateAppReconciler(AppFlow flow, Related related, KubernetesEvents events, Clock clock) {
    this.flow = flow;
    this.related = related;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public UpdateControl<FargateApp> reconcile(FargateApp object, Context<FargateApp> context) {
    Pass<FargateAppStatus> pass = flow.run(object, related, clock.instant());
    events.write(object, pass.notes());
    return Shell.update(object, pass, FargateApp::new);
  }

  @Override
  public DeleteControl cleanup(FargateApp object, Context<FargateApp> context) {
    Pass<FargateAppStatus> pass = flow.delete(object, related, clock.instant());
    events.write(object, pass.notes());
    return Shell.delete(context.getClient(), object, pass, FargateApp::new);
  }

  @Override
  public List<EventSource<?, FargateApp>> prepareEventSources(
      EventSourceContext<FargateApp> context) {
    return List.of(wakes);
  }

  /** Wakes objects for reasons outside themselves. */
  SimpleInboundEventSource<FargateApp> wakes() {
    return wakes;
  }
}
