package dev.fargate.local.aws.cloudmap;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Create, update, delete and look at private DNS namespaces. */
final class NamespaceCalls {
  private final CloudMapState state;
  private final Operations operations;
  private final Scheduler scheduler;
  private final Ids ids;
  private final Predicate<String> vpcExists;

  NamespaceCalls(
      CloudMapState state,
      Operations operations,
      Scheduler scheduler,
      Ids ids,
      Predicate<String> vpcExists) {
    this.state = state;
    this.operations = operations;
    this.scheduler = scheduler;
    this.ids = ids;
    this.vpcExists = vpcExists;
  }

  /** The same token while it runs is a duplicate request, afterwards the namespace exists. */
  Struct create(Struct in, Caller caller) {
    String token = in.string("CreatorRequestId").orElse(null);
    existing(in, token)
        .ifPresent(
            namespace -> {
              throw alreadyExists(namespace);
            });
    String requestKey =
        token == null ? "create namespace " + ids.operation() : "create namespace " + token;
    Map<String, String> tags = Tags.merged(Map.of(), in);
    return operations.submit(
        "CREATE_NAMESPACE", requestKey, () -> create(in, tags, Place.of(caller)));
  }

  private Map<String, Object> create(Struct in, Map<String, String> tags, Place place) {
    String vpc = in.required("Vpc");
    if (!vpcExists.test(vpc)) {
      throw new AwsException(
          "CANNOT_CREATE_HOSTED_ZONE",
          "The VPC that you specified, " + vpc + ", is either not authorized or does not exist.");
    }
    if (existing(in, null).isPresent()) {
      throw new AwsException(
          "CANNOT_CREATE_HOSTED_ZONE",
          "The VPC "
              + vpc
              + " has already been associated with the hosted zone of the same domain name.");
    }
    Namespace namespace =
        new Namespace(in, ids.namespace(), ids.hostedZone(), place, scheduler.now());
    namespace.tags = tags;
    soaTtl(in).ifPresent(ttl -> namespace.soaTtl = ttl);
    state.namespaces.put(namespace.arn, namespace);
    return Map.of("NAMESPACE", namespace.id);
  }

  private Optional<Namespace> existing(Struct in, String token) {
    return state.namespaces.values().stream()
        .filter(
            namespace ->
                (token != null && Objects.equals(namespace.creatorRequestId, token))
                    || (namespace.name.equalsIgnoreCase(in.required("Name"))
                        && namespace.vpcId.equals(in.required("Vpc"))))
        .findFirst();
  }

  private static AwsException alreadyExists(Namespace namespace) {
    return new AwsException(
        "NamespaceAlreadyExists",
        "The namespace that you're trying to create already exists.",
        400,
        Struct.of()
            .with("CreatorRequestId", namespace.creatorRequestId)
            .with("NamespaceId", namespace.id));
  }

  Struct update(Struct in, Caller caller) {
    Namespace namespace = state.namespace(in.required("Id"), caller);
    Struct change = in.struct("Namespace").orElse(Struct.of());
    return operations.submit(
        "UPDATE_NAMESPACE",
        "update namespace " + namespace.id,
        () -> {
          change.string("Description").ifPresent(text -> namespace.description = text);
          soaTtl(change).ifPresent(ttl -> namespace.soaTtl = ttl);
          return Map.of("NAMESPACE", namespace.id);
        });
  }

  private static Optional<Integer> soaTtl(Struct in) {
    return in.struct("Properties")
        .flatMap(properties -> properties.struct("DnsProperties"))
        .flatMap(dns -> dns.struct("SOA"))
        .flatMap(soa -> soa.integer("TTL"));
  }

  Struct delete(Struct in, Caller caller) {
    Namespace namespace = state.namespace(in.required("Id"), caller);
    requireEmpty(namespace);
    return operations.submit(
        "DELETE_NAMESPACE",
        "delete namespace " + namespace.id,
        () -> {
          requireEmpty(namespace);
          state.namespaces.remove(namespace.arn);
          return Map.of("NAMESPACE", namespace.id);
        });
  }

  private void requireEmpty(Namespace namespace) {
    if (!state.servicesOf(namespace).isEmpty()) {
      throw CloudMapError.inUse(
          "Namespace has associated services; delete the services before deleting the namespace");
    }
  }

  Struct get(Struct in, Caller caller) {
    Namespace namespace = state.namespace(in.required("Id"), caller);
    return Struct.of().with("Namespace", namespace.describe(services(namespace)));
  }

  Struct list(Struct in, Caller caller) {
    List<Namespace> found =
        state.namespaces.values().stream()
            .filter(n -> Filtering.matches(in, "TYPE", "DNS_PRIVATE"))
            .filter(n -> Filtering.matches(in, "NAME", n.name))
            .filter(n -> Filtering.matches(in, "HTTP_NAME", n.name))
            .toList();
    List<Namespace> page = Filtering.PAGES.slice(in, found, n -> n.id);
    Struct answer =
        Struct.of().with("Namespaces", page.stream().map(n -> n.summary(services(n))).toList());
    Filtering.PAGES.nextToken(found, page, n -> n.id, answer);
    return answer;
  }

  private int services(Namespace namespace) {
    return state.servicesOf(namespace).size();
  }
}
