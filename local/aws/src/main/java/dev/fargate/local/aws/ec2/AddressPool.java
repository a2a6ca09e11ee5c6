package dev.fargate.local.aws.ec2;

/** Where the private addresses of interfaces come from. */
public interface AddressPool {
  /**
   * An address nobody holds.
   *
   * @throws dev.fargate.local.aws.wire.AwsException InsufficientFreeAddressesInSubnet when there is
   *     none left
   */
  String take(Network.Subnet subnet);

  /** Gives an address back; one that was not taken is ignored. */
  void release(Network.Subnet subnet, String ip);
}
