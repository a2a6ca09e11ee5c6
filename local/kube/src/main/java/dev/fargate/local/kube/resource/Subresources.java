package dev.fargate.local.kube.resource;

import java.util.Optional;

/**
 * The subresources a resource has.
 *
 * @param status whether the status is written only through {@code /status}
 */
public record Subresources(boolean status, Optional<ScalePaths> scale) {

  /** Neither status nor scale. */
  public static final Subresources NONE = new Subresources(false, Optional.empty());

  /** Only status. */
  public static final Subresources STATUS = new Subresources(true, Optional.empty());

  /**
   * Where the scale subresource finds its values.
   *
   * @param specReplicas path of the wanted count, such as {@code .spec.replicas}
   * @param statusReplicas path of the present count
   * @param labelSelector path of the selector as text, empty when there is none
   */
  public record ScalePaths(String specReplicas, String statusReplicas, String labelSelector) {}
}
