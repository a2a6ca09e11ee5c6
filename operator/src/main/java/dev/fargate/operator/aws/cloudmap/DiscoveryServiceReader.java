package dev.fargate.operator.aws.cloudmap;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagCache;
import dev.fargate.operator.stack.DiscoveryService;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.PrivateDnsNamespace;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Value;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.DnsRecord;
import software.amazon.awssdk.services.servicediscovery.model.FilterCondition;
import software.amazon.awssdk.services.servicediscovery.model.ServiceFilter;
import software.amazon.awssdk.services.servicediscovery.model.ServiceFilterName;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;

/** The Cloud Map services of the environment's namespace, a hundred per call. */
public final class DiscoveryServiceReader implements Reader {
  /** AWS's largest page (AWS-FACTS 8). */
  private static final int PAGE = 100;

  private final ServiceDiscoveryClient cloudMap;
  private final Supplier<Scope> scope;
  private final TagCache tags;

  public DiscoveryServiceReader(
      ServiceDiscoveryClient cloudMap, Supplier<Scope> scope, Clock clock) {
    this.cloudMap = cloudMap;
    this.scope = scope;
    this.tags = CloudMapTags.cache(cloudMap, clock);
  }

  @Override
  public Kind kind() {
    return Kind.DISCOVERY_SERVICE;
  }

  @Override
  public Part sweep(Known known) {
    Scope now = scope.get();
    Set<String> namespaces = new TreeSet<>();
    for (Seen namespace : known.of(Kind.PRIVATE_DNS_NAMESPACE)) {
      boolean own = now.environment().reference().equals(namespace.ownerReference(now.ownerId()));
      String domain = ((PrivateDnsNamespace) namespace.actual()).domain();
      if (own || domain.equals(now.privateDomain())) {
        namespaces.add(namespace.key());
      }
    }
    return Part.all(of(namespaces));
  }

  @Override
  public Part read(Need need) {
    Set<String> namespaces = new TreeSet<>();
    need.wanted()
        .forEach(
            wanted -> {
              if (((DiscoveryService) wanted).namespaceId() instanceof Value.Known id) {
                namespaces.add(id.value());
              }
            });
    need.there()
        .forEach(
            there -> namespaces.add(((DiscoveryService) there.actual()).namespaceId().toString()));
    return new Part(
        seen -> namespaces.contains(((DiscoveryService) seen.actual()).namespaceId().toString()),
        of(namespaces));
  }

  @Override
  public void forget(String key) {
    tags.forgetAll(arn -> arn.endsWith("/" + key));
  }

  private List<Seen> of(Set<String> namespaces) {
    List<Seen> seen = new ArrayList<>();
    for (String namespace : namespaces) {
      List<ServiceSummary> services = new ArrayList<>();
      cloudMap
          .listServicesPaginator(
              request ->
                  request
                      .maxResults(PAGE)
                      .filters(
                          ServiceFilter.builder()
                              .name(ServiceFilterName.NAMESPACE_ID)
                              .condition(FilterCondition.EQ)
                              .values(namespace)
                              .build()))
          .forEach(page -> services.addAll(page.services()));
      Map<String, Map<String, String>> tagged =
          tags.get(services.stream().map(ServiceSummary::arn).toList());
      for (ServiceSummary service : services) {
        Map<String, String> own = tagged.get(service.arn());
        // An HTTP-only service has no records, and none of ours is one.
        if (own != null && service.dnsConfig() != null) {
          seen.add(seen(namespace, service, own));
        }
      }
    }
    return seen;
  }

  private static Seen seen(String namespace, ServiceSummary service, Map<String, String> tags) {
    ResourceId id = Seen.id(Kind.DISCOVERY_SERVICE, tags);
    List<DnsRecord> records = service.dnsConfig().dnsRecords();
    return Seen.active(
        service.id(),
        new DiscoveryService(
            id,
            service.name(),
            Value.known(namespace),
            records.isEmpty() ? "" : records.get(0).typeAsString(),
            records.isEmpty() ? 0 : Math.toIntExact(records.get(0).ttl())),
        Map.of(Output.ID, service.id(), Output.ARN, service.arn(), Output.NAME, service.name()),
        tags);
  }
}
