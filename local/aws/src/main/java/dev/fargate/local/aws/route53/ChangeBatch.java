package dev.fargate.local.aws.route53;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** A change batch: all of it happens, or nothing. */
final class ChangeBatch {
  private static final Set<String> TYPES = Set.of("A", "AAAA", "CNAME", "TXT", "MX", "SRV", "CAA");

  /** Members of other routing policies than the simple one. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "SetIdentifier",
          "Weight",
          "Region",
          "GeoLocation",
          "Failover",
          "MultiValueAnswer",
          "HealthCheckId",
          "TrafficPolicyInstanceId",
          "CidrRoutingConfig",
          "GeoProximityLocation");

  private final HostedZone zone;
  private final TreeMap<String, RecordSet> records;
  private final List<String> faults = new ArrayList<>();

  private ChangeBatch(HostedZone zone) {
    this.zone = zone;
    this.records = new TreeMap<>(zone.records);
  }

  /**
   * Carries all of it out.
   *
   * @throws AwsException InvalidChangeBatch with every fault found, and nothing is changed
   */
  static void apply(HostedZone zone, List<Struct> changes) {
    ChangeBatch batch = new ChangeBatch(zone);
    Set<String> seen = new HashSet<>();
    for (Struct change : changes) {
      RecordSet set = batch.recordSet(change);
      if (!seen.add(change.required("Action") + set.key())) {
        batch.faults.add(
            "The request contains an invalid set of changes for a resource record set '"
                + set.type()
                + " "
                + set.name()
                + "'");
      }
      batch.change(change.required("Action"), set);
    }
    if (!batch.faults.isEmpty()) {
      throw new AwsException("InvalidChangeBatch", batch.faults.toString());
    }
    zone.records = batch.records;
  }

  private RecordSet recordSet(Struct change) {
    Struct asked = change.struct("ResourceRecordSet").orElseThrow();
    for (String member : UNSUPPORTED) {
      if (asked.has(member)) {
        throw new AwsException(
            "InvalidInput", "The local AWS endpoint's Route 53 does not support " + member);
      }
    }
    String type = asked.required("Type");
    Struct content = Struct.of();
    if (asked.has("AliasTarget")) {
      Struct target = asked.struct("AliasTarget").orElseThrow();
      content.with(
          "AliasTarget",
          Struct.of()
              .with("HostedZoneId", target.required("HostedZoneId"))
              .with("DNSName", RecordSet.normal(target.required("DNSName")))
              .with("EvaluateTargetHealth", target.bool("EvaluateTargetHealth").orElse(false)));
    } else {
      content.with("TTL", asked.get("TTL")).with("ResourceRecords", asked.get("ResourceRecords"));
    }
    return new RecordSet(RecordSet.normal(asked.required("Name")), type, content);
  }

  private void change(String action, RecordSet set) {
    RecordSet there = records.get(set.key());
    if (!zone.holds(set.name())) {
      faults.add("RRSet with DNS name " + set.name() + " is not permitted in zone " + zone.name);
    } else if (!TYPES.contains(set.type())) {
      faults.add("The local AWS endpoint's Route 53 changes no records of type " + set.type());
    } else if (action.equals("DELETE")) {
      delete(set, there);
    } else if (action.equals("CREATE") && there != null) {
      faults.add(tried("create", set) + " but it already exists");
    } else if (isWhole(set) && isAlone(set)) {
      records.put(set.key(), set);
    }
  }

  private void delete(RecordSet set, RecordSet there) {
    if (there == null) {
      faults.add(tried("delete", set) + " but it was not found");
    } else if (!there.content().equals(set.content())) {
      faults.add(tried("delete", set) + " but the values provided do not match the current values");
    } else {
      records.remove(set.key());
    }
  }

  private boolean isWhole(RecordSet set) {
    List<Struct> values = set.content().structs("ResourceRecords");
    if (!set.isAlias() && (values.isEmpty() || !set.content().has("TTL"))) {
      faults.add(
          "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and"
              + " ResourceRecords], or TrafficPolicyInstanceId], but found none in Change with"
              + " [Action=CREATE, Name="
              + set.name()
              + ", Type="
              + set.type()
              + ", SetIdentifier=null]");
      return false;
    }
    for (Struct value : values) {
      String text = value.required("Value");
      if (set.type().equals("TXT") && !text.matches("(\"[^\"]{0,255}\"\\s*)+")) {
        faults.add(
            "Invalid Resource Record: 'FATAL problem: InvalidCharacterString (Value should be"
                + " enclosed in quotation marks) encountered with '"
                + text
                + "''");
        return false;
      }
    }
    return true;
  }

  /** A CNAME stands alone under its name. */
  private boolean isAlone(RecordSet set) {
    for (RecordSet other : records.values()) {
      boolean besides = other.name().equals(set.name()) && !other.type().equals(set.type());
      if (besides && other.type().equals("CNAME")) {
        faults.add(
            "RRSet of type "
                + set.type()
                + " with DNS name "
                + set.name()
                + " is not permitted because a conflicting RRSet of type  CNAME with the same DNS"
                + " name already exists in zone "
                + zone.name);
        return false;
      } else if (besides && set.type().equals("CNAME")) {
        faults.add(
            "RRSet of type CNAME with DNS name "
                + set.name()
                + " is not permitted as it conflicts with other records with the same DNS name in"
                + " zone "
                + zone.name);
        return false;
      }
    }
    return true;
  }

  private static String tried(String verb, RecordSet set) {
    return "Tried to %s resource record set [name='%s', type='%s']"
        .formatted(verb, set.name(), set.type());
  }
}
