package dev.fargate.operator.status;

import java.util.List;

/**
 * Whether tasks get from their subnets to the registry and to AWS, as far as route tables tell.
 *
 * @param closed subnets without a default route; sorted
 * @param publicOnly subnets that lead to an internet gateway, which carries nothing for tasks
 *     without a public address, where the tasks get none; sorted
 * @param unreadable why the route tables cannot be read; null when they were
 */
public record WayOut(List<String> closed, List<String> publicOnly, String unreadable) {
  public WayOut {
    closed = List.copyOf(closed);
    publicOnly = List.copyOf(publicOnly);
  }

  /** The route tables cannot be read. */
  public static WayOut unread(String why) {
    return new WayOut(List.of(), List.of(), why);
  }
}
