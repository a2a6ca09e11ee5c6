package dev.fargate.local.aws.ec2;

/**
 * One rule of a security group.
 *
 * @param egress true for outbound
 * @param protocol tcp, udp, icmp, icmpv6, another protocol's number, or -1 for all
 * @param fromPort first port (or ICMP type), -1 for all
 * @param toPort last port (or ICMP code), -1 for all
 * @param description null when there is none
 */
public record GroupRule(
    String id,
    String groupId,
    boolean egress,
    String protocol,
    int fromPort,
    int toPort,
    Peer peer,
    String description) {

  /** The other side of the traffic a rule lets through. */
  public sealed interface Peer {}

  /** Every address of an IPv4 block. */
  public record Ipv4(Cidr cidr) implements Peer {}

  /** Every address of an IPv6 block; recorded only, since local addresses are IPv4. */
  public record Ipv6(String cidr) implements Peer {}

  /** Every interface that has this security group. */
  public record Group(String groupId) implements Peer {}

  /** Two rules of one group that let the same traffic through cannot coexist. */
  boolean sameTraffic(GroupRule other) {
    return groupId.equals(other.groupId)
        && egress == other.egress
        && protocol.equals(other.protocol)
        && fromPort == other.fromPort
        && toPort == other.toPort
        && peer.equals(other.peer);
  }

  boolean refersTo(String otherGroupId) {
    return peer instanceof Group group && group.groupId().equals(otherGroupId);
  }
}
