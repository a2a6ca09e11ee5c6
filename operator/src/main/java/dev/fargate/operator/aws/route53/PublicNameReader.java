package dev.fargate.operator.aws.route53;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.PublicName;
import dev.fargate.operator.stack.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * The names in the environment's public zones, each with whose it is. A zone is read whole, 300
 * records a call: one list tells of all names of all apps. Without public zones nothing is asked.
 */
public final class PublicNameReader implements Reader {
  /** What stands in the way of an alias, or is one. */
  private static final Set<RRType> ADDRESSES = Set.of(RRType.A, RRType.AAAA, RRType.CNAME);

  private final Route53Client route53;
  private final Supplier<Scope> scope;
  private final PendingChanges pending;

  /** The record sets of our names, as last read: Route 53 deletes only what is given exactly. */
  private final Map<String, List<ResourceRecordSet>> exact = new ConcurrentHashMap<>();

  public PublicNameReader(Route53Client route53, Supplier<Scope> scope, PendingChanges pending) {
    this.route53 = route53;
    this.scope = scope;
    this.pending = pending;
  }

  @Override
  public Kind kind() {
    return Kind.PUBLIC_NAME;
  }

  /** By what a name is told apart: it may stand in several zones. */
  public static String key(PublicName name) {
    return name.hostedZoneId() + " " + name.host();
  }

  @Override
  public Part sweep(Known known) {
    pending.look();
    List<Seen> found = new ArrayList<>();
    scope.get().publicZones().forEach(zone -> found.addAll(zone(zone)));
    Set<String> names = found.stream().map(Seen::key).collect(Collectors.toSet());
    exact.keySet().retainAll(names);
    return Part.all(found);
  }

  /** What is only on its way is asked for by its change; else the zones are read. */
  @Override
  public Part read(Need need) {
    if (need.wanted().isEmpty()
        && need.there().stream().allMatch(there -> there.lifecycle() == Lifecycle.PENDING)) {
      return onTheirWay(need);
    }
    Set<String> zones = new TreeSet<>();
    need.wanted().forEach(wanted -> zones.add(((PublicName) wanted).hostedZoneId()));
    need.there().forEach(there -> zones.add(((PublicName) there.actual()).hostedZoneId()));
    List<Seen> found = new ArrayList<>();
    zones.forEach(zone -> found.addAll(zone(zone)));
    return new Part(seen -> zones.contains(((PublicName) seen.actual()).hostedZoneId()), found);
  }

  private Part onTheirWay(Need need) {
    Set<String> keys =
        need.there().stream()
            .map(ObservedResource::actual)
            .map(actual -> key((PublicName) actual))
            .collect(Collectors.toSet());
    pending.look(keys);
    List<Seen> now =
        need.known().of(Kind.PUBLIC_NAME).stream()
            .filter(seen -> keys.contains(seen.key()))
            .map(seen -> seen.with(lifecycle(seen.key())))
            .toList();
    return new Part(seen -> keys.contains(seen.key()), now);
  }

  /** The record sets of one of our names as last read; empty when none was. */
  List<ResourceRecordSet> exact(PublicName name) {
    return exact.getOrDefault(key(name), List.of());
  }

  private Lifecycle lifecycle(String key) {
    return pending.contains(key) ? Lifecycle.PENDING : Lifecycle.ACTIVE;
  }

  /** A zone that is gone has no names; the environment says that it is gone. */
  private List<Seen> zone(String zoneId) {
    Map<String, List<ResourceRecordSet>> byName = new TreeMap<>();
    try {
      route53
          .listResourceRecordSetsPaginator(request -> request.hostedZoneId(zoneId))
          .resourceRecordSets()
          .forEach(set -> byName.computeIfAbsent(name(set), n -> new ArrayList<>()).add(set));
    } catch (NoSuchHostedZoneException gone) {
      return List.of();
    }
    Map<String, ResourceRecordSet> texts = new HashMap<>();
    byName.forEach(
        (name, sets) ->
            Registry.host(name)
                .ifPresent(
                    host ->
                        sets.stream()
                            .filter(set -> set.type() == RRType.TXT)
                            .forEach(set -> texts.put(host, set))));
    Set<String> hosts = new TreeSet<>(texts.keySet());
    byName.forEach(
        (name, sets) -> {
          if (sets.stream().anyMatch(set -> ADDRESSES.contains(set.type()))) {
            hosts.add(name);
          }
        });
    List<Seen> found = new ArrayList<>();
    for (String host : hosts) {
      found.add(
          seen(
              zoneId,
              host,
              byName.getOrDefault(host, List.of()).stream()
                  .filter(set -> ADDRESSES.contains(set.type()))
                  .toList(),
              Optional.ofNullable(texts.get(host))));
    }
    return found;
  }

  private Seen seen(
      String zoneId,
      String host,
      List<ResourceRecordSet> addresses,
      Optional<ResourceRecordSet> text) {
    Map<String, String> tags =
        text.flatMap(set -> set.resourceRecords().stream().findFirst())
            .map(ResourceRecord::value)
            .map(value -> Registry.tags(value, host))
            .orElse(Map.of());
    ResourceId id = Seen.id(Kind.PUBLIC_NAME, tags);
    PublicName name = actual(id, zoneId, host, addresses);
    String key = key(name);
    if (!tags.isEmpty()) {
      List<ResourceRecordSet> sets = new ArrayList<>(addresses);
      text.ifPresent(sets::add);
      exact.put(key, List.copyOf(sets));
    }
    String described =
        addresses.stream().map(set -> set.typeAsString()).collect(Collectors.joining(" and "));
    return Seen.active(
            key,
            name,
            Map.of(
                Output.ID,
                "the " + described + " record of " + host + " in hosted zone " + zoneId,
                Output.NAME,
                host),
            tags)
        .with(lifecycle(key));
  }

  private static PublicName actual(
      ResourceId id, String zoneId, String host, List<ResourceRecordSet> addresses) {
    if (addresses.size() == 1
        && addresses.get(0).type() == RRType.A
        && addresses.get(0).aliasTarget() != null) {
      var target = addresses.get(0).aliasTarget();
      return new PublicName(id, zoneId, host, target.hostedZoneId(), bare(target.dnsName()));
    }
    String elsewhere =
        addresses.isEmpty()
            ? null
            : addresses.stream()
                .map(
                    set ->
                        set.typeAsString()
                            + " "
                            + (set.aliasTarget() != null
                                ? set.aliasTarget().dnsName()
                                : set.resourceRecords().stream()
                                    .map(ResourceRecord::value)
                                    .collect(Collectors.joining(","))))
                .collect(Collectors.joining("; "));
    return new PublicName(id, zoneId, host, null, elsewhere);
  }

  private static String name(ResourceRecordSet set) {
    return bare(set.name());
  }

  /** Route 53 ends names with a dot and writes a star as {@code \052}. */
  private static String bare(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replace("\\052", "*");
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
