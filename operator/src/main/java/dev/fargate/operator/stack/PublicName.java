package dev.fargate.operator.stack;

/**
 * A public name of an app in Route 53: an alias to its load balancer, and beside it a text record
 * that says whose it is, since Route 53's records have no tags.
 *
 * @param hostedZoneId the zone it stands in
 * @param host without a last dot, in lower case; may begin with {@code *.}
 * @param targetZoneId Route 53's zone of the load balancer's name; null where the name leads
 *     elsewhere
 * @param targetDnsName the load balancer's name, without a last dot, in lower case; what is there
 *     instead, where the name leads elsewhere; null when there is only the text record
 */
public record PublicName(
    ResourceId id, String hostedZoneId, String host, String targetZoneId, String targetDnsName)
    implements Resource {
  @Override
  public String physicalName() {
    return host;
  }
}
