package dev.fargate.operator.aws.clients;

import java.net.URI;
import java.util.Map;

/**
 * Where and as whom: what makes two environments share clients or not.
 *
 * @param roleArn assumed by STS; null = the operator's own credentials
 * @param externalId given with the role; null for none
 * @param endpoints service ({@code ecs}, {@code elasticloadbalancing}, ... or {@code default}) to
 *     URL; honoured only by an operator that was started with leave to do so
 */
public record Connection(
    String region, String roleArn, String externalId, Map<String, URI> endpoints) {
  public Connection {
    if (region == null || region.isBlank()) {
      throw new IllegalArgumentException("an environment's region is required");
    }
    endpoints = Map.copyOf(endpoints);
  }

  /** The operator's own credentials and AWS's public endpoints. */
  public static Connection in(String region) {
    return new Connection(region, null, null, Map.of());
  }
}
