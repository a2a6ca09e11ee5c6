package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.app.DnsMode;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.operator.stack.PublicName;
import dev.fargate.operator.stack.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The hosts of an app's ingresses that lie inside the environment's public zones. */
public final class AppPublicNames {
  private AppPublicNames() {}

  static List<Resource> build(AppSpecView view) {
    // A host of several ingresses is one name; the first load balancer named gets it.
    Map<String, Resource> names = new TreeMap<>();
    for (Ingress ingress : view.spec().ingresses) {
      if (DnsMode.NONE.equals(ingress.dns)) {
        continue;
      }
      Place.PublishedLoadBalancer balancer = view.loadBalancer(ingress);
      for (String host : ingress.hosts) {
        String name = host.toLowerCase(Locale.ROOT);
        zone(name, view.place().publicZones())
            .filter(zone -> balancer.canonicalHostedZoneId() != null && isOne(name))
            .ifPresent(zone -> names.putIfAbsent(name, name(name, zone, balancer)));
      }
    }
    return new ArrayList<>(names.values());
  }

  private static PublicName name(String host, String zoneId, Place.PublishedLoadBalancer balancer) {
    return new PublicName(
        Ids.publicName(host),
        zoneId,
        host,
        balancer.canonicalHostedZoneId(),
        balancer.dnsName().toLowerCase(Locale.ROOT));
  }

  /** A listener's pattern may have stars anywhere; DNS has one only, as the whole first label. */
  private static boolean isOne(String host) {
    String rest = host.startsWith("*.") ? host.substring(2) : host;
    return rest.indexOf('*') < 0 && rest.indexOf('?') < 0;
  }

  /**
   * The zone that a host's records stand in.
   *
   * @param zones domain to hosted zone id
   */
  static Optional<String> zone(String host, Map<String, String> zones) {
    return zones.entrySet().stream()
        .filter(zone -> host.equals(zone.getKey()) || host.endsWith("." + zone.getKey()))
        .max(Comparator.comparingInt(zone -> zone.getKey().length()))
        .map(Map.Entry::getValue);
  }
}
