package dev.fargate.operator.reconcile;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.operator.flow.AppFlow;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** See {@link KindReconciler}. */
@ControllerConfiguration(
    name = "fargateapp",
    finalizerName = KindReconciler.FINALIZER,
    fieldManager = KindReconciler.FIELD_MANAGER,
    generationAwareEventProcessing = false)
final class FargateAppReconciler extends KindReconciler<FargateApp, FargateAppStatus> {
  FargateAppReconciler(AppFlow flow, Surroundings surroundings) {
    super(flow::run, flow::delete, FargateApp::new, surroundings);
  }
}
