package dev.fargate.operator.stack;

import java.util.List;

/**
 * @param protocol HTTP or HTTPS
 * @param certificateArns the first is the default one; empty for HTTP
 * @param sslPolicy null for HTTP
 * @param redirectToHttpsPort the default action redirects there; null: a fixed 404
 * @param otherAction what it does by default where that is neither our 404 nor our redirect; null
 *     where it is, and so in everything wanted
 */
public record Listener(
    ResourceId id,
    Value loadBalancerArn,
    int port,
    String protocol,
    List<String> certificateArns,
    String sslPolicy,
    Integer redirectToHttpsPort,
    String otherAction)
    implements Resource {
  @Override
  public String physicalName() {
    return protocol + ":" + port;
  }
}
