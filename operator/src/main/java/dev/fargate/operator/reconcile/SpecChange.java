package dev.fargate.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;

/**
 * Which updates of an object start a pass: a new generation, other annotations (restart, reconcile
 * now, force-release), finalizers, the start of deletion. Not our own status patches.
 */
final class SpecChange {
  private SpecChange() {}

  static boolean matters(HasMetadata before, HasMetadata after) {
    ObjectMeta old = before.getMetadata();
    ObjectMeta now = after.getMetadata();
    return !Objects.equals(old.getGeneration(), now.getGeneration())
        || !Objects.equals(old.getAnnotations(), now.getAnnotations())
        || !Objects.equals(old.getDeletionTimestamp(), now.getDeletionTimestamp())
        || !Objects.equals(old.getFinalizers(), now.getFinalizers());
  }
}
