package dev.fargate.operator.flow;

import dev.fargate.operator.apply.KubernetesSecrets;
import java.util.function.BooleanSupplier;

/**
 * What every pass needs of the installation.
 *
 * @param ownerId in every ownership tag; {@code [a-z0-9-]{1,20}}
 * @param leadershipHeld asked before every write to AWS, and of a Secret
 * @param secrets where databases publish their connection; null: nowhere, since this only looks
 */
public record Settings(String ownerId, BooleanSupplier leadershipHeld, KubernetesSecrets secrets) {
  private static final String OWNER_ID_PATTERN = "[a-z0-9-]{1,20}";

  public Settings {
    if (ownerId == null || !ownerId.matches(OWNER_ID_PATTERN)) {
      throw new IllegalArgumentException(
          "ownerId must match "
              + OWNER_ID_PATTERN
              + " but is \""
              + ownerId
              + "\": choose one per installation and keep it, all ownership tags carry it");
    }
  }

  /** For who only looks. */
  public Settings(String ownerId, BooleanSupplier leadershipHeld) {
    this(ownerId, leadershipHeld, null);
  }
}
