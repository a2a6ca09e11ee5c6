package dev.fargate.local.aws.ec2;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The network interfaces, each with an address from the pool and one inside its subnet. */
final class Interfaces {
  /**
   * @param subnetAddress what rules by address block are judged by. It is the private address
   *     unless that is a loopback address, which lies in no subnet
   */
  record Attached(
      Network.NetworkInterface view,
      Network.Subnet subnet,
      String subnetAddress,
      String description) {}

  private final Ids ids;
  private final AddressPool addresses;
  private final SubnetAddresses subnetAddresses = new SubnetAddresses();
  private final Map<String, Attached> attached = new LinkedHashMap<>();

  Interfaces(Ids ids, AddressPool addresses) {
    this.ids = ids;
    this.addresses = addresses;
  }

  Attached attach(Network.Subnet subnet, List<String> groups, String description) {
    String inSubnet = subnetAddresses.take(subnet);
    String address = addresses instanceof SubnetAddresses ? inSubnet : addresses.take(subnet);
    String id = ids.next("eni-");
    Network.NetworkInterface view =
        new Network.NetworkInterface(
            id, subnet.id(), subnet.availabilityZone(), address, mac(id), List.copyOf(groups));
    Attached made = new Attached(view, subnet, inSubnet, description);
    attached.put(id, made);
    return made;
  }

  void setGroups(String id, List<String> groups) {
    attached.computeIfPresent(
        id,
        (key, old) -> {
          Network.NetworkInterface v = old.view();
          return new Attached(
              new Network.NetworkInterface(
                  v.id(),
                  v.subnetId(),
                  v.availabilityZone(),
                  v.privateIp(),
                  v.macAddress(),
                  List.copyOf(groups)),
              old.subnet(),
              old.subnetAddress(),
              old.description());
        });
  }

  void detach(String id) {
    Attached gone = attached.remove(id);
    if (gone != null) {
      subnetAddresses.release(gone.subnet(), gone.subnetAddress());
      addresses.release(gone.subnet(), gone.view().privateIp());
    }
  }

  Collection<Attached> all() {
    return attached.values();
  }

  Optional<Attached> find(String id) {
    return Optional.ofNullable(attached.get(id));
  }

  boolean uses(String groupId) {
    return attached.values().stream().anyMatch(each -> each.view().groups().contains(groupId));
  }

  Optional<Attached> at(String privateIp) {
    return attached.values().stream()
        .filter(each -> each.view().privateIp().equals(privateIp))
        .findFirst();
  }

  /** The address inside the subnet for a private address; the same address when nobody holds it. */
  String subnetAddress(String privateIp) {
    return at(privateIp).map(Attached::subnetAddress).orElse(privateIp);
  }

  long free(Network.Subnet subnet) {
    return subnetAddresses.free(subnet);
  }

  private static String mac(String id) {
    String digits = id.substring(id.length() - 10);
    return "02:" + String.join(":", digits.split("(?<=\\G..)"));
  }
}
