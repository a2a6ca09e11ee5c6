package dev.fargate.operator.aws;

import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Cloud.DefaultRoute;
import dev.fargate.operator.apply.Cloud.ExistingListener;
import dev.fargate.operator.apply.Cloud.ExistingLoadBalancer;
import dev.fargate.operator.apply.Cloud.KeptFileSystem;
import dev.fargate.operator.apply.Cloud.RecoveryPoint;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.aws.backup.RecoveryPoints;
import dev.fargate.operator.aws.clients.AwsClients;
import dev.fargate.operator.aws.ec2.DefaultRoutes;
import dev.fargate.operator.aws.ecs.ImageDigests;
import dev.fargate.operator.aws.elb.ListenerReader;
import dev.fargate.operator.aws.errors.ErrorTable;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.snapshot.Snapshot;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.FileSystem;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Listener;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.PrivateDnsNamespace;
import dev.fargate.operator.stack.Restore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.efs.model.FileSystemNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;

/** Questions about what an environment refers to. An AWS error leaves as AwsFailure. */
final class AwsLookups implements Cloud.Lookups {
  /** Such things change by a person's hand; one sweep's period is soon enough. */
  private static final Duration AGE = Duration.ofMinutes(1);

  /** A deployment resolves a tag once; that its tasks do not tell it does not pass soon. */
  private static final Duration DIGEST_AGE = Duration.ofHours(1);

  /** Route tables hardly ever change, and only a hint depends on them. */
  private static final Duration ROUTES_AGE = Duration.ofMinutes(10);

  private static final String ACCOUNT = "account";

  private final AwsClients aws;
  private final Snapshot snapshot;
  private final ListenerReader listeners;
  private final ImageDigests digests;
  private final RecoveryPoints recoveryPoints;
  private final Clock clock;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  private record Answer(Object value, Instant until) {}

  AwsLookups(
      AwsClients aws,
      Snapshot snapshot,
      ListenerReader listeners,
      ImageDigests digests,
      Clock clock) {
    this.digests = digests;
    this.aws = aws;
    this.snapshot = snapshot;
    this.recoveryPoints = new RecoveryPoints(aws.backup());
    this.listeners = listeners;
    this.clock = clock;
  }

  @Override
  public String accountId() {
    // It never changes for the same role.
    return cached(
        ACCOUNT, Duration.ofDays(1), () -> aws.sts().getCallerIdentity().account(), String.class);
  }

  @Override
  public List<String> subnets(String vpcId, Map<String, String> tags) {
    return subnets(vpcId).stream()
        .filter(
            subnet ->
                tags.entrySet().stream()
                    .allMatch(
                        wanted ->
                            subnet.tags().stream()
                                .anyMatch(
                                    tag ->
                                        tag.key().equals(wanted.getKey())
                                            && wanted.getValue().equals(tag.value()))))
        .map(Subnet::subnetId)
        .sorted()
        .toList();
  }

  @Override
  public Set<String> missingSubnets(String vpcId, List<String> ids) {
    Set<String> missing = new TreeSet<>(ids);
    subnets(vpcId).forEach(subnet -> missing.remove(subnet.subnetId()));
    return missing;
  }

  @Override
  public Map<String, String> zones(String vpcId, List<String> ids) {
    Map<String, String> zones = new TreeMap<>();
    subnets(vpcId).stream()
        .filter(subnet -> ids.contains(subnet.subnetId()))
        .forEach(subnet -> zones.put(subnet.subnetId(), subnet.availabilityZone()));
    return zones;
  }

  @Override
  public Map<String, DefaultRoute> defaultRoutes(String vpcId, List<String> subnetIds) {
    return cached(
            "routes of " + vpcId,
            ROUTES_AGE,
            () -> DefaultRoutes.read(aws.ec2(), vpcId),
            DefaultRoutes.class)
        .of(subnetIds);
  }

  @Override
  public boolean fileSystemExists(String id) {
    return cached("file system " + id, AGE, () -> describesFileSystem(id), Boolean.class);
  }

  private boolean describesFileSystem(String id) {
    try {
      return !aws.efs()
          .describeFileSystems(request -> request.fileSystemId(id))
          .fileSystems()
          .isEmpty();
    } catch (FileSystemNotFoundException none) {
      return false;
    }
  }

  @Override
  public Optional<String> hostedZoneFault(String hostedZoneId, String domain) {
    String fault =
        cached(
            "hosted zone " + hostedZoneId + " for " + domain,
            AGE,
            () -> zoneFault(hostedZoneId, domain),
            String.class);
    return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
  }

  /** Empty when nothing is wrong. */
  private String zoneFault(String hostedZoneId, String domain) {
    HostedZone zone;
    try {
      zone = aws.route53().getHostedZone(request -> request.id(hostedZoneId)).hostedZone();
    } catch (NoSuchHostedZoneException none) {
      return "no hosted zone " + hostedZoneId;
    }
    String name = zone.name().replaceFirst("\\.$", "");
    if (zone.config() != null && Boolean.TRUE.equals(zone.config().privateZone())) {
      return "hosted zone " + hostedZoneId + " is a private one";
    }
    boolean holds = domain.equals(name) || domain.endsWith("." + name);
    return holds ? "" : "hosted zone " + hostedZoneId + " is of " + name + ", not of " + domain;
  }

  @Override
  public Optional<KeptFileSystem> fileSystem(Owner owner) {
    return snapshot.of(Kind.FILE_SYSTEM).stream()
        .filter(seen -> seen.isOf(owner))
        .filter(seen -> seen.lifecycle() != Lifecycle.DELETING)
        .map(seen -> new KeptFileSystem(seen.key(), (FileSystem) seen.actual()))
        .findFirst();
  }

  @Override
  public Optional<Restore.Progress> restore(Owner owner) {
    return snapshot.of(Kind.ACCESS_POINT).stream()
        .filter(seen -> seen.isOf(owner))
        .map(seen -> ((AccessPoint) seen.actual()).progress())
        .filter(Objects::nonNull)
        .findFirst();
  }

  private record Point(Optional<RecoveryPoint> found) {}

  @Override
  public Optional<RecoveryPoint> recoveryPoint(Owner owner, String arn) {
    return snapshot.of(Kind.FILE_SYSTEM).stream()
        .filter(seen -> seen.isOf(owner))
        .map(seen -> seen.outputs().get(Output.ARN))
        .findFirst()
        .flatMap(
            fileSystem ->
                cached(
                        "recovery point " + arn + " of " + fileSystem,
                        AGE,
                        () -> new Point(recoveryPoints.find(fileSystem, arn)),
                        Point.class)
                    .found());
  }

  private record Subnets(List<Subnet> list) {}

  private List<Subnet> subnets(String vpcId) {
    return cached("subnets " + vpcId, AGE, () -> new Subnets(describe(vpcId)), Subnets.class)
        .list();
  }

  private List<Subnet> describe(String vpcId) {
    List<Subnet> found = new ArrayList<>();
    aws.ec2()
        .describeSubnetsPaginator(
            request -> request.filters(Filter.builder().name("vpc-id").values(vpcId).build()))
        .subnets()
        .forEach(found::add);
    return found;
  }

  private record Balancer(Optional<ExistingLoadBalancer> found) {}

  @Override
  public Optional<ExistingLoadBalancer> loadBalancer(String arn) {
    return cached("balancer " + arn, AGE, () -> new Balancer(describeBalancer(arn)), Balancer.class)
        .found();
  }

  private Optional<ExistingLoadBalancer> describeBalancer(String arn) {
    try {
      LoadBalancer found =
          aws.elb()
              .describeLoadBalancers(request -> request.loadBalancerArns(arn))
              .loadBalancers()
              .get(0);
      return Optional.of(
          new ExistingLoadBalancer(
              found.loadBalancerArn(),
              found.dnsName(),
              found.canonicalHostedZoneId(),
              found.state().codeAsString(),
              found.securityGroups().isEmpty() ? null : found.securityGroups().get(0),
              listeners.of(Set.of(arn)).stream().map(AwsLookups::listener).toList()));
    } catch (LoadBalancerNotFoundException none) {
      return Optional.empty();
    }
  }

  private static ExistingListener listener(Seen seen) {
    Listener listener = (Listener) seen.actual();
    return new ExistingListener(
        listener.port(), listener.protocol(), seen.key(), listener.redirectToHttpsPort() != null);
  }

  /**
   * Cloud Map does not tell a namespace's VPC. One of ours carries it in a tag; of others, the only
   * one with this domain is meant, and of several none.
   */
  @Override
  public Optional<String> privateDnsNamespace(String domain, String vpcId) {
    List<Seen> named =
        snapshot.of(Kind.PRIVATE_DNS_NAMESPACE).stream()
            .filter(seen -> ((PrivateDnsNamespace) seen.actual()).domain().equals(domain))
            .toList();
    List<Seen> tagged =
        named.stream()
            .filter(seen -> ((PrivateDnsNamespace) seen.actual()).vpcId().equals(vpcId))
            .toList();
    List<Seen> untagged =
        named.stream()
            .filter(seen -> ((PrivateDnsNamespace) seen.actual()).vpcId().isEmpty())
            .toList();
    List<Seen> meant = tagged.isEmpty() ? untagged : tagged;
    return meant.size() == 1 ? Optional.of(meant.get(0).key()) : Optional.empty();
  }

  @Override
  public Optional<String> cluster(String name) {
    return snapshot.of(Kind.CLUSTER).stream()
        .filter(seen -> seen.actual().physicalName().equals(name))
        .map(seen -> seen.outputs().get(Output.ARN))
        .findFirst();
  }

  /** Asks anew from now on, but for what never changes. */
  void forget() {
    answers.keySet().removeIf(question -> !question.equals(ACCOUNT));
  }

  private record LastLine(Optional<String> text) {}

  @Override
  public Optional<String> lastLogLine(String logGroup, String logStream) {
    return cached(
            "last line of " + logGroup + " " + logStream,
            AGE,
            () -> new LastLine(lastLine(logGroup, logStream)),
            LastLine.class)
        .text();
  }

  private Optional<String> lastLine(String logGroup, String logStream) {
    try {
      return aws
          .logs()
          .getLogEvents(
              request ->
                  request
                      .logGroupName(logGroup)
                      .logStreamName(logStream)
                      .startFromHead(false)
                      .limit(1))
          .events()
          .stream()
          .map(OutputLogEvent::message)
          .reduce((earlier, later) -> later);
    } catch (ResourceNotFoundException nothingWritten) {
      return Optional.empty();
    }
  }

  private record Digest(Optional<String> text) {}

  @Override
  public Optional<String> imageDigest(String serviceName, String deploymentId, String image) {
    return cached(
            "digest of " + image + " in " + deploymentId,
            DIGEST_AGE,
            () -> new Digest(digest(serviceName, deploymentId, image)),
            Digest.class)
        .text();
  }

  /** A missing right is no reason to ask at every look. */
  private Optional<String> digest(String serviceName, String deploymentId, String image) {
    try {
      return digests.of(serviceName, deploymentId, image);
    } catch (SdkException failure) {
      if (ErrorTable.classify(failure).errorClass() == ErrorClass.DENIED) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private <T> T cached(String key, Duration age, Supplier<T> ask, Class<T> type) {
    Instant now = clock.instant();
    Answer known = answers.get(key);
    if (known != null && now.isBefore(known.until())) {
      return type.cast(known.value());
    }
    try {
      T value = ask.get();
      // Of log streams there are ever new ones.
      answers.values().removeIf(old -> !now.isBefore(old.until()));
      answers.put(key, new Answer(value, now.plus(age)));
      return value;
    } catch (SdkException failure) {
      throw ErrorTable.classify(failure);
    }
  }
}
