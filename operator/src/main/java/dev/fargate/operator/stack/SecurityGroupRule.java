package dev.fargate.operator.stack;

/**
 * One ingress grant. It lives in the stack of the custom resource whose spec names the grant, also
 * where the group belongs to another. Never changed in place: a different rule is a new one.
 *
 * @param groupId the group that lets in
 * @param protocol tcp or udp
 * @param peer the group let in, or a CIDR
 */
public record SecurityGroupRule(
    ResourceId id,
    Value groupId,
    String protocol,
    int fromPort,
    int toPort,
    Peer peer,
    String description)
    implements Resource {
  @Override
  public String physicalName() {
    return groupId + " <- " + peer + " " + protocol + "/" + fromPort;
  }

  /** Exactly one of the two is set. */
  public record Peer(Value groupId, String cidr) {
    @Override
    public String toString() {
      return cidr != null ? cidr : String.valueOf(groupId);
    }
  }
}
