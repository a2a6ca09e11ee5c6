package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.PublicZone;
import java.util.List;

/**
 * The public zones that an environment's apps have names in: those that it has published. A slip in
 * its spec takes no name of any app away, since only what was found to be well is published.
 */
public final class PublishedZones {
  private PublishedZones() {}

  /**
   * Of one that has published none, which an older operator did not do either, those of its spec.
   */
  public static List<PublicZone> of(FargateEnvironment environment) {
    return environment.getStatus() == null || environment.getStatus().publicZones == null
        ? environment.getSpec().publicZones
        : environment.getStatus().publicZones;
  }
}
