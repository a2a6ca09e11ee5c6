package dev.fargate.operator.reconcile;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import dev.fargate.operator.flow.EnvironmentFlow;
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

/** Hands each FargateEnvironment to its flow; translates, decides nothing. */
@ControllerConfiguration(
    name = "fargateenvironment",
    finalizerName = Shell.FINALIZER,
    fieldManager = Shell.FIELD_MANAGER,
    generationAwareEventProcessing = false)
public final class FargateEnvironmentReconciler
    implements Reconciler<FargateEnvironment>, Cleaner<FargateEnvironment> {
  private final EnvironmentFlow flow;
  private final Related related;
  private final KubernetesEvents events;
  private final Clock clock;
  private final SimpleInboundEventSource<FargateEnvironment> wakes =
      new SimpleInboundEventSource<>("related");

  public FargateEnvironmentReconciler(
      EnvironmentFlow flow, Related related, KubernetesEvents events, Clock clock) {
    this.flow = flow;
    this.related = related;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public UpdateControl<FargateEnvironment> reconcile(
      FargateEnvironment object, Context<FargateEnvironment> context) {
    Pass<FargateEnvironmentStatus> pass = flow.run(object, related, clock.instant());
    events.write(object, pass.notes());
    return Shell.update(object, pass, FargateEnvironment::new);
  }

  @Override
  public DeleteControl cleanup(FargateEnvironment object, Context<FargateEnvironment> context) {
    Pass<FargateEnvironmentStatus> pass = flow.delete(object, related, clock.instant());
    events.write(object, pass.notes());
    return Shell.delete(context.getClient(), object, pass, FargateEnvironment::new);
  }

  @Override
  public List<EventSource<?, FargateEnvironment>> prepareEventSources(
      EventSourceContext<FargateEnvironment> context) {
    return List.of(wakes);
  }

  /** Wakes objects for reasons outside themselves. */
  SimpleInboundEventSource<FargateEnvironment> wakes() {
    return wakes;
  }
}
