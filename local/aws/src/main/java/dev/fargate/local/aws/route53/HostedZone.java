package dev.fargate.local.aws.route53;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.TreeMap;

/** A public hosted zone with its record sets. */
final class HostedZone {
  private static final List<String> NAME_SERVERS =
      List.of("ns-1.awsdns-00.com", "ns-2.awsdns-00.net", "ns-3.awsdns-00.org");

  final String id;

  /** With a last dot. */
  final String name;

  /** In the order of lists. */
  TreeMap<String, RecordSet> records = new TreeMap<>();

  HostedZone(String id, String domain) {
    this.id = id;
    this.name = RecordSet.normal(domain);
    add("NS", 172_800, NAME_SERVERS.stream().map(server -> server + ".").toList());
    add(
        "SOA",
        900,
        List.of(NAME_SERVERS.get(0) + ". awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"));
  }

  private void add(String type, long ttl, List<String> values) {
    Struct content =
        Struct.of()
            .with("TTL", ttl)
            .with(
                "ResourceRecords",
                values.stream().map(value -> Struct.of().with("Value", value)).toList());
    RecordSet set = new RecordSet(name, type, content);
    records.put(set.key(), set);
  }

  /** Whether a record of this name may stand in the zone. */
  boolean holds(String recordName) {
    return recordName.equals(name) || recordName.endsWith("." + name);
  }

  Struct described() {
    return Struct.of()
        .with("Id", "/hostedzone/" + id)
        .with("Name", name)
        .with("CallerReference", id)
        .with("Config", Struct.of().with("PrivateZone", false))
        .with("ResourceRecordSetCount", (long) records.size());
  }

  Struct delegation() {
    return Struct.of().with("NameServers", NAME_SERVERS);
  }
}
