package dev.fargate.operator.aws.cloudmap;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagCache;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.PrivateDnsNamespace;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.FilterCondition;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceFilter;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceFilterName;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceSummary;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceType;

/** All private DNS namespaces of the region; the quota is fifty. */
public final class NamespaceReader implements Reader {
  /** AWS's largest page (AWS-FACTS 8). */
  private static final int PAGE = 100;

  private final ServiceDiscoveryClient cloudMap;
  private final TagCache tags;

  public NamespaceReader(ServiceDiscoveryClient cloudMap, Clock clock) {
    this.cloudMap = cloudMap;
    this.tags = CloudMapTags.cache(cloudMap, clock);
  }

  @Override
  public Kind kind() {
    return Kind.PRIVATE_DNS_NAMESPACE;
  }

  @Override
  public Part sweep(Known known) {
    return Part.all(list());
  }

  @Override
  public Part read(Need need) {
    return Part.all(list());
  }

  @Override
  public void forget(String key) {
    // Its ARN ends in its id.
    tags.forgetAll(arn -> arn.endsWith("/" + key));
  }

  private List<Seen> list() {
    List<NamespaceSummary> all = new ArrayList<>();
    cloudMap
        .listNamespacesPaginator(
            request ->
                request
                    .maxResults(PAGE)
                    .filters(
                        NamespaceFilter.builder()
                            .name(NamespaceFilterName.TYPE)
                            .condition(FilterCondition.EQ)
                            .values(NamespaceType.DNS_PRIVATE.toString())
                            .build()))
        .forEach(page -> all.addAll(page.namespaces()));
    Map<String, Map<String, String>> tagged =
        tags.sweep(all.stream().map(NamespaceSummary::arn).toList());
    List<Seen> seen = new ArrayList<>();
    for (NamespaceSummary namespace : all) {
      Map<String, String> own = tagged.get(namespace.arn());
      if (own != null) {
        seen.add(
            Seen.active(
                namespace.id(),
                new PrivateDnsNamespace(
                    Seen.id(Kind.PRIVATE_DNS_NAMESPACE, own),
                    namespace.name(),
                    own.getOrDefault(Ownership.VPC_ID, "")),
                Map.of(
                    Output.ID,
                    namespace.id(),
                    Output.ARN,
                    namespace.arn(),
                    Output.NAME,
                    namespace.name()),
                own));
      }
    }
    return seen;
  }
}
