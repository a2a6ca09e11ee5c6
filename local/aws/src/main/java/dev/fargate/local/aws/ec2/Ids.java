package dev.fargate.local.aws.ec2;

/** Resource ids as EC2 makes them: a prefix and 17 hexadecimal digits, here in a fixed sequence. */
final class Ids {
  /** An odd multiplier spreads consecutive numbers over all digits without ever repeating. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private long count;

  /**
   * @param prefix for example {@code sg-}
   */
  String next(String prefix) {
    count++;
    return prefix + "0" + String.format("%016x", count * SPREAD);
  }
}
