package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.wire.AwsException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Addresses of the subnet's own block, as in a VPC: the first four and the last are AWS's own. An
 * address comes round again only after all others, so that a stale reference to a stopped task does
 * not meet a new one.
 */
public final class SubnetAddresses implements AddressPool {
  private static final int RESERVED_FIRST = 4;

  private final Map<String, Set<String>> taken = new HashMap<>();
  private final Map<String, Long> next = new HashMap<>();

  @Override
  public String take(Network.Subnet subnet) {
    Cidr block = Cidr.parse(subnet.cidr());
    Set<String> inUse = taken.computeIfAbsent(subnet.id(), id -> new HashSet<>());
    long usable = usable(subnet);
    long start = next.getOrDefault(subnet.id(), 0L);
    for (long step = 0; step < usable; step++) {
      long slot = (start + step) % usable;
      String ip = block.at(slot + RESERVED_FIRST);
      if (inUse.add(ip)) {
        next.put(subnet.id(), slot + 1);
        return ip;
      }
    }
    throw new AwsException(
        "InsufficientFreeAddressesInSubnet",
        "insufficient free addresses in subnet '" + subnet.id() + "'.");
  }

  @Override
  public void release(Network.Subnet subnet, String ip) {
    taken.getOrDefault(subnet.id(), new HashSet<>()).remove(ip);
  }

  /** How many addresses of the subnet are still to be had. */
  long free(Network.Subnet subnet) {
    return usable(subnet) - taken.getOrDefault(subnet.id(), Set.of()).size();
  }

  private static long usable(Network.Subnet subnet) {
    return Math.max(0, Cidr.parse(subnet.cidr()).size() - RESERVED_FIRST - 1);
  }
}
