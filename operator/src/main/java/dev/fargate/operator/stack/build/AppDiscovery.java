package dev.fargate.operator.stack.build;

import static dev.fargate.operator.stack.build.Absent.or;

import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.operator.stack.DiscoveryService;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Value;
import java.util.List;

/** The app's private DNS name. ECS registers the tasks; the operator never does (C4). */
final class AppDiscovery {
  private AppDiscovery() {}

  static List<Resource> build(AppSpecView view) {
    var dns = view.spec().privateDns;
    if (dns == null) {
      return List.of();
    }
    return List.of(service(dns.name, dns.ttlSeconds, view.place()));
  }

  static DiscoveryService service(String name, Integer ttlSeconds, Place place) {
    return new DiscoveryService(
        Ids.DISCOVERY,
        name,
        Value.known(place.namespaceId()),
        "A",
        or(ttlSeconds, FieldDefaults.PRIVATE_DNS_TTL_SECONDS));
  }
}
