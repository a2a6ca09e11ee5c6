package dev.fargate.operator.reconcile;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The passes that run now. A namespace with very many objects, and an environment whose AWS lets
 * each call wait for its timeout, leave threads to the others (DESIGN, decision 18). Nobody waits
 * for a turn: who has none comes again.
 */
final class InFlight {
  /** Of all controllers together. The operator SDK's default; the share is a part of it. */
  static final int THREADS = 50;

  /** Two that take all they may leave a fifth of the threads to the rest. */
  static final int SHARE = 20;

  /** A pass takes some tenths of a second where AWS answers. */
  static final Duration AGAIN = Duration.ofSeconds(1);

  private final Map<String, Integer> passes = new HashMap<>();

  /**
   * Begins a pass; {@link #end} ends it.
   *
   * @return false: others of its namespace or environment have taken all turns
   */
  synchronized boolean begin(HasMetadata object) {
    List<String> groups = groups(object);
    if (groups.stream().anyMatch(group -> passes.getOrDefault(group, 0) >= SHARE)) {
      return false;
    }
    groups.forEach(group -> passes.merge(group, 1, Integer::sum));
    return true;
  }

  /** Gives the turn of a pass that has begun to others. */
  synchronized void end(HasMetadata object) {
    groups(object)
        .forEach(group -> passes.computeIfPresent(group, (g, n) -> n == 1 ? null : n - 1));
  }

  /** An environment itself has its turn always: it is one, and many wait for it. */
  private static List<String> groups(HasMetadata object) {
    String namespace = "namespace/" + object.getMetadata().getNamespace();
    if (object instanceof FargateApp app) {
      return List.of(namespace, "environment/" + KnownObjects.environmentOf(app));
    } else if (object instanceof FargateDatabase database) {
      return List.of(namespace, "environment/" + KnownObjects.environmentOf(database));
    }
    return List.of();
  }
}
