package dev.fargate.operator.reconcile;

import dev.fargate.operator.flow.Pass;
import dev.fargate.operator.status.SameStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.util.function.Supplier;

/** Translates a pass into the operator SDK's answers; the same for every kind. */
final class Shell {
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

  private Shell() {}

  /**
   * One status patch, only if it changed. The patch is a fresh object with name, namespace and
   * status only, as server-side apply wants it.
   */
  static <S, R extends CustomResource<?, S>> UpdateControl<R> update(
      R object, Pass<S> pass, Supplier<R> empty) {
    UpdateControl<R> control =
        changed(object, pass.status())
            ? UpdateControl.patchStatus(fresh(object, pass.status(), empty))
            : UpdateControl.noUpdate();
    return control.rescheduleAfter(pass.nextLook());
  }

  /** Releases the finalizer, or writes the status and comes back. */
  static <S, R extends CustomResource<?, S>> DeleteControl delete(
      KubernetesClient client, R object, Pass<S> pass, Supplier<R> empty) {
    if (pass.finished()) {
      return DeleteControl.defaultDelete();
    }
    // The operator SDK patches no status in deletion.
    if (changed(object, pass.status())) {
      client.resource(fresh(object, pass.status(), empty)).subresource("status").patch(APPLY);
    }
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(pass.nextLook());
  }

  private static <S> boolean changed(CustomResource<?, S> object, S status) {
    return status != null
        && (object.getStatus() == null || !SameStatus.same(object.getStatus(), status));
  }

  private static <S, R extends CustomResource<?, S>> R fresh(
      R object, S status, Supplier<R> empty) {
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
