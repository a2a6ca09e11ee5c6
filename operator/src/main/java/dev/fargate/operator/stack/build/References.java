package dev.fargate.operator.stack.build;

import java.util.Map;

/**
 * What an app's spec refers to, resolved.
 *
 * @param databases by name
 * @param configValues {@code name/key} of a ConfigMap to value
 * @param members security group ids of the apps named by {@code network.allowFrom}, by name
 */
public record References(
    Map<String, DatabaseEndpoint> databases,
    Map<String, String> configValues,
    Map<String, String> members) {
  public static References none() {
    return new References(Map.of(), Map.of(), Map.of());
  }
}
