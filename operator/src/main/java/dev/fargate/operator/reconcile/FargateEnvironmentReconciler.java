package dev.fargate.operator.reconcile;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import dev.fargate.operator.flow.EnvironmentFlow;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** See {@link KindReconciler}. */
@ControllerConfiguration(
    name = "fargateenvironment",
    finalizerName = KindReconciler.FINALIZER,
    fieldManager = KindReconciler.FIELD_MANAGER,
    generationAwareEventProcessing = false)
final class FargateEnvironmentReconciler
    extends KindReconciler<FargateEnvironment, FargateEnvironmentStatus> {
  FargateEnvironmentReconciler(EnvironmentFlow flow, Surroundings surroundings) {
    super(flow::run, flow::delete, FargateEnvironment::new, surroundings);
  }
}
