package dev.fargate.operator.aws.ec2;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** The subnets of one VPC. */
public record VpcSubnets(List<Subnet> all) {
  public VpcSubnets {
    all = List.copyOf(all);
  }

  /** Reads all of them. */
  public static VpcSubnets read(Ec2Client ec2, String vpcId) {
    return new VpcSubnets(
        ec2
            .describeSubnetsPaginator(
                request -> request.filters(Filter.builder().name("vpc-id").values(vpcId).build()))
            .subnets()
            .stream()
            .toList());
  }

  /** The ids of those that carry all these tags, sorted. */
  public List<String> tagged(Map<String, String> tags) {
    return all.stream()
        .filter(subnet -> tags.entrySet().stream().allMatch(wanted -> carries(subnet, wanted)))
        .map(Subnet::subnetId)
        .sorted()
        .toList();
  }

  private static boolean carries(Subnet subnet, Map.Entry<String, String> wanted) {
    return subnet.tags().stream()
        .anyMatch(
            tag -> tag.key().equals(wanted.getKey()) && wanted.getValue().equals(tag.value()));
  }

  /** Which of these ids there are none of, sorted. */
  public Set<String> missing(List<String> ids) {
    Set<String> missing = new TreeSet<>(ids);
    all.forEach(subnet -> missing.remove(subnet.subnetId()));
    return missing;
  }

  /** The availability zone of each of these ids that there is; id to zone. */
  public Map<String, String> zones(List<String> ids) {
    Map<String, String> zones = new TreeMap<>();
    all.stream()
        .filter(subnet -> ids.contains(subnet.subnetId()))
        .forEach(subnet -> zones.put(subnet.subnetId(), subnet.availabilityZone()));
    return zones;
  }
}
