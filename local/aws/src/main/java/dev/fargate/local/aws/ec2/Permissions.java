package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Translates between EC2's IpPermission structures and single rules. */
final class Permissions {
  private static final String ALL = "-1";
  private static final int MAX_PORT = 65_535;
  private static final Map<String, String> NUMBERS =
      Map.of("1", "icmp", "6", "tcp", "17", "udp", "58", "icmpv6", "all", ALL);

  private Permissions() {}

  /**
   * The single rules of a request: one for each source of each permission. The older flat form
   * (IpProtocol, FromPort, ToPort, CidrIp on the request itself) is read too.
   */
  static List<GroupRule> parse(Struct input, String groupId, boolean egress) {
    if (input.has("SourceSecurityGroupName")) {
      throw unsupported("SourceSecurityGroupName", "name the group in IpPermissions");
    }
    List<Struct> permissions = new ArrayList<>(input.structs("IpPermissions"));
    if (input.has("IpProtocol")) {
      Struct range = Struct.of().with("CidrIp", input.get("CidrIp"));
      permissions.add(
          Struct.of()
              .with("IpProtocol", input.get("IpProtocol"))
              .with("FromPort", input.get("FromPort"))
              .with("ToPort", input.get("ToPort"))
              .with("IpRanges", input.has("CidrIp") ? List.of(range) : List.of()));
    }
    if (permissions.isEmpty()) {
      throw new AwsException(
          "MissingParameter", "The request must contain the parameter ipPermissions");
    }
    List<GroupRule> rules = new ArrayList<>();
    permissions.forEach(permission -> rules.addAll(rules(permission, groupId, egress)));
    return rules;
  }

  private static List<GroupRule> rules(Struct permission, String groupId, boolean egress) {
    if (!permission.structs("PrefixListIds").isEmpty()) {
      throw unsupported("PrefixListIds", "use IpRanges");
    }
    String protocol = protocol(permission.string("IpProtocol").orElse(""));
    int from = permission.integer("FromPort").orElse(-1);
    int to = permission.integer("ToPort").orElse(-1);
    if (protocol.equals(ALL)) {
      from = -1;
      to = -1;
    } else if (protocol.equals("tcp") || protocol.equals("udp")) {
      requirePorts(permission, protocol, from, to);
    }
    List<GroupRule> rules = new ArrayList<>();
    for (Struct pair : permission.structs("UserIdGroupPairs")) {
      String peer = pair.string("GroupId").orElse("");
      if (peer.isEmpty()) {
        throw unsupported("UserIdGroupPairs.GroupName", "name the group by GroupId");
      }
      rules.add(rule(groupId, egress, protocol, from, to, new GroupRule.Group(peer), pair));
    }
    for (Struct range : permission.structs("IpRanges")) {
      rules.add(rule(groupId, egress, protocol, from, to, ipv4(range), range));
    }
    for (Struct range : permission.structs("Ipv6Ranges")) {
      rules.add(rule(groupId, egress, protocol, from, to, ipv6(range), range));
    }
    if (rules.isEmpty()) {
      throw new AwsException(
          "InvalidParameterValue",
          "An IpPermission names no source: set UserIdGroupPairs, IpRanges or Ipv6Ranges");
    }
    return rules;
  }

  private static GroupRule rule(
      String groupId,
      boolean egress,
      String protocol,
      int from,
      int to,
      GroupRule.Peer peer,
      Struct source) {
    String description = source.string("Description").filter(text -> !text.isEmpty()).orElse(null);
    if (description != null && description.length() > 255) {
      throw new AwsException(
          "InvalidParameterValue", "Invalid rule description: it is longer than 255 characters");
    }
    return new GroupRule(null, groupId, egress, protocol, from, to, peer, description);
  }

  private static void requirePorts(Struct permission, String protocol, int from, int to) {
    if (!permission.has("FromPort") || !permission.has("ToPort")) {
      throw new AwsException(
          "InvalidParameterValue",
          "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
    }
    if (from < 0 || to > MAX_PORT || from > to) {
      throw new AwsException(
          "InvalidParameterValue",
          "Invalid value '"
              + from
              + "-"
              + to
              + "' for portRange. Must be a "
              + protocol
              + " port range between 0 and 65535.");
    }
  }

  private static String protocol(String given) {
    String name = NUMBERS.getOrDefault(given, given.toLowerCase(Locale.ROOT));
    boolean known = List.of("tcp", "udp", "icmp", "icmpv6", ALL).contains(name);
    if (!known && !name.matches("[0-9]{1,3}")) {
      throw new AwsException(
          "InvalidPermission.Malformed", "Unsupported IP protocol \"" + given + "\"");
    }
    return name;
  }

  private static GroupRule.Peer ipv4(Struct range) {
    String cidr = range.string("CidrIp").orElse("");
    try {
      return new GroupRule.Ipv4(Cidr.parse(cidr));
    } catch (IllegalArgumentException e) {
      throw new AwsException("InvalidParameterValue", "CIDR block " + cidr + " is malformed");
    }
  }

  private static GroupRule.Peer ipv6(Struct range) {
    String cidr = range.string("CidrIpv6").orElse("");
    if (!cidr.matches("[0-9a-fA-F:]+/[0-9]{1,3}") || !cidr.contains(":")) {
      throw new AwsException("InvalidParameterValue", "CIDR block " + cidr + " is malformed");
    }
    return new GroupRule.Ipv6(cidr.toLowerCase(Locale.ROOT));
  }

  /** The rules as IpPermissions: one for each protocol and port range, with all its sources. */
  static List<Struct> render(List<GroupRule> rules, String ownerId) {
    Map<String, List<GroupRule>> byTraffic = new LinkedHashMap<>();
    for (GroupRule rule : rules) {
      String traffic = rule.protocol() + " " + rule.fromPort() + " " + rule.toPort();
      byTraffic.computeIfAbsent(traffic, key -> new ArrayList<>()).add(rule);
    }
    return byTraffic.values().stream().map(same -> permission(same, ownerId)).toList();
  }

  private static Struct permission(List<GroupRule> same, String ownerId) {
    List<Struct> groups = new ArrayList<>();
    List<Struct> ipv4 = new ArrayList<>();
    List<Struct> ipv6 = new ArrayList<>();
    for (GroupRule rule : same) {
      Struct source = Struct.of().with("Description", rule.description());
      if (rule.peer() instanceof GroupRule.Group group) {
        groups.add(source.with("GroupId", group.groupId()).with("UserId", ownerId));
      } else if (rule.peer() instanceof GroupRule.Ipv4 block) {
        ipv4.add(source.with("CidrIp", block.cidr().toString()));
      } else if (rule.peer() instanceof GroupRule.Ipv6 block) {
        ipv6.add(source.with("CidrIpv6", block.cidr()));
      }
    }
    GroupRule first = same.get(0);
    boolean ports = !first.protocol().equals(ALL);
    return Struct.of()
        .with("IpProtocol", first.protocol())
        .with("FromPort", ports ? first.fromPort() : null)
        .with("ToPort", ports ? first.toPort() : null)
        .with("UserIdGroupPairs", groups)
        .with("IpRanges", ipv4)
        .with("Ipv6Ranges", ipv6)
        .with("PrefixListIds", List.of());
  }

  private static AwsException unsupported(String member, String instead) {
    return new AwsException(
        "UnsupportedOperation",
        member + " is not supported by the local endpoint; " + instead + ".");
  }
}
