package dev.fargate.operator.stack;

import java.util.List;

/**
 * @param protocol HTTP or HTTPS
 * @param certificateArns the first is the default one; empty for HTTP
 * @param sslPolicy null for HTTP
 * @param redirectToHttpsPort the default action redirects there; null: a fixed 404
 */
public record Listener(
    ResourceId id,
    Value loadBalancerArn,
    int port,
    String protocol,
    List<String> certificateArns,
    String sslPolicy,
    Integer redirectToHttpsPort)
    implements Resource {
  @Override
  public String physicalName() {
    return protocol + ":" + port;
  }
}
