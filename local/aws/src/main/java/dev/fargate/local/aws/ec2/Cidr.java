package dev.fargate.local.aws.ec2;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An IPv4 block.
 *
 * @param network first address as a number
 * @param prefix length in bits, 0 to 32
 */
public record Cidr(int network, int prefix) {
  private static final Pattern FORM = Pattern.compile("([0-9.]+)/([0-9]{1,2})");

  /**
   * Parses {@code a.b.c.d/n}. Host bits are cleared, as AWS does with a rule's range.
   *
   * @throws IllegalArgumentException when the text is no IPv4 block
   */
  public static Cidr parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(text + " is not an IPv4 block like 10.0.0.0/16");
    }
    int prefix = Integer.parseInt(match.group(2));
    OptionalInt address = address(match.group(1));
    if (prefix > 32 || address.isEmpty()) {
      throw new IllegalArgumentException(text + " is not an IPv4 block like 10.0.0.0/16");
    }
    return new Cidr(address.getAsInt() & mask(prefix), prefix);
  }

  /** Whether the address lies in the block; false for anything that is no IPv4 address. */
  public boolean contains(String ip) {
    OptionalInt address = address(ip);
    return address.isPresent() && (address.getAsInt() & mask(prefix)) == network;
  }

  /** How many addresses the block has. */
  public long size() {
    return 1L << (32 - prefix);
  }

  /** The address at an offset from the first one. */
  public String at(long offset) {
    int value = network + (int) offset;
    return ((value >>> 24) & 255)
        + "."
        + ((value >>> 16) & 255)
        + "."
        + ((value >>> 8) & 255)
        + "."
        + (value & 255);
  }

  @Override
  public String toString() {
    return at(0) + "/" + prefix;
  }

  private static int mask(int prefix) {
    return prefix == 0 ? 0 : -1 << (32 - prefix);
  }

  private static OptionalInt address(String ip) {
    String[] parts = ip.split("\\.", -1);
    if (parts.length != 4) {
      return OptionalInt.empty();
    }
    int value = 0;
    for (String part : parts) {
      if (!part.matches("[0-9]{1,3}") || Integer.parseInt(part) > 255) {
        return OptionalInt.empty();
      }
      value = value << 8 | Integer.parseInt(part);
    }
    return OptionalInt.of(value);
  }
}
