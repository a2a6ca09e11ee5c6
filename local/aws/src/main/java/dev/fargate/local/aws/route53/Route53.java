package dev.fargate.local.aws.route53;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Route 53: the hosted zones of the seed, their simple records and aliases. No name server answers:
 * a name is tried by the Host header at the load balancer.
 */
public final class Route53 implements ServiceBehaviour {
  /** AWS: changes reach all name servers generally within 60 seconds. */
  public static final Duration REALISTIC_LAG = Duration.ofSeconds(30);

  /** For a laptop: long enough to be seen as asynchronous. */
  public static final Duration QUICK_LAG = Duration.ofMillis(600);

  /** AWS gives so many records at most, whatever is asked for. */
  private static final int PAGE = 300;

  private static final int ZONES_PAGE = 100;

  private interface Operation {
    Struct run(Struct in);
  }

  private final Map<String, Operation> operations = new TreeMap<>();
  private final Map<String, HostedZone> zones = new TreeMap<>();
  private final Map<String, Change> changes = new TreeMap<>();
  private final Scheduler scheduler;
  private final Duration lag;
  private long ids;

  private record Change(String id, Instant submittedAt, Instant inSyncAt) {}

  /**
   * @param lag after which a change is INSYNC
   * @param seeded hosted zone id to domain
   */
  public Route53(Scheduler scheduler, Duration lag, Map<String, String> seeded) {
    this.scheduler = scheduler;
    this.lag = lag;
    seeded.forEach((id, domain) -> zones.put(id, new HostedZone(id, domain)));
    operations.put("ChangeResourceRecordSets", this::change);
    operations.put("GetChange", this::getChange);
    operations.put("GetHostedZone", this::getZone);
    operations.put("ListHostedZones", this::listZones);
    operations.put("ListHostedZonesByName", this::listZonesByName);
    operations.put("ListResourceRecordSets", this::listRecords);
  }

  @Override
  public String signingName() {
    return "route53";
  }

  @Override
  public Set<String> operations() {
    return operations.keySet();
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return operations.get(operation).run(input);
  }

  private Struct change(Struct in) {
    HostedZone zone = zone(in.required("HostedZoneId"));
    List<Struct> asked =
        in.struct("ChangeBatch").map(batch -> batch.structs("Changes")).orElse(List.of());
    ChangeBatch.apply(zone, asked);
    Instant now = scheduler.now();
    Change change = new Change("C%013d".formatted(++ids), now, now.plus(lag));
    changes.put(change.id(), change);
    return Struct.of().with("ChangeInfo", described(change));
  }

  private Struct getChange(Struct in) {
    String id = bare(in.required("Id"));
    Change change = changes.get(id);
    if (change == null) {
      throw notFound("NoSuchChange", "A change with the specified change ID does not exist: " + id);
    }
    return Struct.of().with("ChangeInfo", described(change));
  }

  private Struct described(Change change) {
    return Struct.of()
        .with("Id", "/change/" + change.id())
        .with("Status", scheduler.now().isBefore(change.inSyncAt()) ? "PENDING" : "INSYNC")
        .with("SubmittedAt", change.submittedAt());
  }

  private Struct getZone(Struct in) {
    HostedZone zone = zone(in.required("Id"));
    return Struct.of()
        .with("HostedZone", zone.described())
        .with("DelegationSet", zone.delegation());
  }

  private Struct listZones(Struct in) {
    String marker = in.string("Marker").orElse("");
    int size = size(in, ZONES_PAGE);
    List<HostedZone> rest =
        zones.values().stream().filter(zone -> zone.id.compareTo(marker) >= 0).toList();
    Struct answer =
        Struct.of()
            .with("HostedZones", rest.stream().limit(size).map(HostedZone::described).toList())
            .with("Marker", marker)
            .with("IsTruncated", rest.size() > size)
            .with("MaxItems", String.valueOf(size));
    return rest.size() > size ? answer.with("NextMarker", rest.get(size).id) : answer;
  }

  private Struct listZonesByName(Struct in) {
    String from = in.string("DNSName").map(RecordSet::normal).orElse("");
    int size = size(in, ZONES_PAGE);
    List<HostedZone> rest =
        zones.values().stream()
            .sorted(java.util.Comparator.comparing(zone -> RecordSet.key(zone.name, "")))
            .filter(
                zone ->
                    from.isEmpty()
                        || RecordSet.key(zone.name, "").compareTo(RecordSet.key(from, "")) >= 0)
            .toList();
    Struct answer =
        Struct.of()
            .with("HostedZones", rest.stream().limit(size).map(HostedZone::described).toList())
            .with("IsTruncated", rest.size() > size)
            .with("MaxItems", String.valueOf(size));
    if (rest.size() > size) {
      answer.with("NextDNSName", rest.get(size).name).with("NextHostedZoneId", rest.get(size).id);
    }
    return answer;
  }

  private Struct listRecords(Struct in) {
    HostedZone zone = zone(in.required("HostedZoneId"));
    if (in.has("StartRecordType") && !in.has("StartRecordName")) {
      throw new AwsException(
          "InvalidInput", "Invalid request: a record type needs a record name to start from");
    }
    int size = Math.min(size(in, PAGE), PAGE);
    String from =
        in.string("StartRecordName")
            .map(
                name ->
                    RecordSet.key(RecordSet.normal(name), in.string("StartRecordType").orElse("")))
            .orElse("");
    List<RecordSet> rest = List.copyOf(zone.records.tailMap(from).values());
    Struct answer =
        Struct.of()
            .with(
                "ResourceRecordSets", rest.stream().limit(size).map(RecordSet::described).toList())
            .with("IsTruncated", rest.size() > size)
            .with("MaxItems", String.valueOf(size));
    if (rest.size() > size) {
      answer
          .with("NextRecordName", rest.get(size).name())
          .with("NextRecordType", rest.get(size).type());
    }
    return answer;
  }

  private static int size(Struct in, int otherwise) {
    try {
      int size = in.string("MaxItems").map(Integer::parseInt).orElse(otherwise);
      if (size > 0) {
        return size;
      }
    } catch (NumberFormatException noNumber) {
      // Refused below.
    }
    throw new AwsException("InvalidInput", "Invalid MaxItems: " + in.get("MaxItems"));
  }

  private HostedZone zone(String id) {
    HostedZone zone = zones.get(bare(id));
    if (zone == null) {
      throw notFound("NoSuchHostedZone", "No hosted zone found with ID: " + bare(id));
    }
    return zone;
  }

  /** Ids are taken with and without their path, as AWS takes them. */
  private static String bare(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private static AwsException notFound(String code, String message) {
    return new AwsException(code, message, 404, Struct.of());
  }
}
