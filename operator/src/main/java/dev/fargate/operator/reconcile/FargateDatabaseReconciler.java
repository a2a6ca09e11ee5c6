package dev.fargate.operator.reconcile;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.database.FargateDatabaseStatus;
import dev.fargate.operator.flow.DatabaseFlow;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** See {@link KindReconciler}. */
@ControllerConfiguration(
    name = "fargatedatabase",
    finalizerName = KindReconciler.FINALIZER,
    fieldManager = KindReconciler.FIELD_MANAGER,
    generationAwareEventProcessing = false)
final class FargateDatabaseReconciler
    extends KindReconciler<FargateDatabase, FargateDatabaseStatus> {
  FargateDatabaseReconciler(DatabaseFlow flow, Surroundings surroundings) {
    super(flow::run, flow::delete, FargateDatabase::new, surroundings);
  }
}
