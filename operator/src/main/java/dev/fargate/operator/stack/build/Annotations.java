package dev.fargate.operator.stack.build;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Annotations that people and GitOps tools set on our objects. */
public final class Annotations {
  /** One new deployment per new value, for example by {@code kubectl annotate}. */
  public static final String RESTARTED_AT = "fargate.dev/restartedAt";

  /** Any new value: look at AWS now. */
  public static final String RECONCILE = "fargate.dev/reconcile";

  /** Any new value: back the database up now, once per value. */
  public static final String BACKUP = "fargate.dev/backup";

  /** Any new value: what {@code spec.restore} asks for, once more. */
  public static final String RESTORE = "fargate.dev/restore";

  /** {@code "true"}: give the object free although its environment is gone. */
  public static final String FORCE_RELEASE = "fargate.dev/force-release";

  private Annotations() {}

  /** Whether the annotation reads {@code true}. */
  public static boolean isTrue(HasMetadata object, String annotation) {
    return "true".equals(valueOf(object, annotation));
  }

  /** Null when the object does not have it. */
  public static String valueOf(HasMetadata object, String annotation) {
    var annotations = object.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(annotation);
  }
}
