package dev.fargate.operator.aws;

import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Cloud.DefaultRoute;
import dev.fargate.operator.apply.Cloud.ExistingLoadBalancer;
import dev.fargate.operator.apply.Cloud.KeptFileSystem;
import dev.fargate.operator.apply.Cloud.RecoveryPoint;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.aws.backup.RecoveryPoints;
import dev.fargate.operator.aws.clients.AwsClients;
import dev.fargate.operator.aws.ec2.DefaultRoutes;
import dev.fargate.operator.aws.ec2.VpcSubnets;
import dev.fargate.operator.aws.ecs.ImageDigests;
import dev.fargate.operator.aws.elb.ExistingLoadBalancers;
import dev.fargate.operator.aws.elb.ListenerReader;
import dev.fargate.operator.aws.errors.ErrorTable;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.route53.HostedZones;
import dev.fargate.operator.aws.snapshot.Snapshot;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.FileSystem;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.PrivateDnsNamespace;
import dev.fargate.operator.stack.Restore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.efs.model.FileSystemNotFoundException;

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
  private final ExistingLoadBalancers loadBalancers;
  private final ImageDigests digests;
  private final RecoveryPoints recoveryPoints;
  private final HostedZones hostedZones;
  private final CachedAnswers answers;

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
    this.loadBalancers = new ExistingLoadBalancers(aws.elb(), listeners);
    this.hostedZones = new HostedZones(aws.route53());
    this.answers = new CachedAnswers(clock);
  }

  @Override
  public String accountId() {
    // It never changes for the same role.
    return answers.get(
        ACCOUNT, Duration.ofDays(1), () -> aws.sts().getCallerIdentity().account(), String.class);
  }

  @Override
  public List<String> subnets(String vpcId, Map<String, String> tags) {
    return subnets(vpcId).tagged(tags);
  }

  @Override
  public Set<String> missingSubnets(String vpcId, List<String> ids) {
    return subnets(vpcId).missing(ids);
  }

  @Override
  public Map<String, String> zones(String vpcId, List<String> ids) {
    return subnets(vpcId).zones(ids);
  }

  private VpcSubnets subnets(String vpcId) {
    return answers.get(
        "subnets " + vpcId, AGE, () -> VpcSubnets.read(aws.ec2(), vpcId), VpcSubnets.class);
  }

  @Override
  public Map<String, DefaultRoute> defaultRoutes(String vpcId, List<String> subnetIds) {
    return answers
        .get(
            "routes of " + vpcId,
            ROUTES_AGE,
            () -> DefaultRoutes.read(aws.ec2(), vpcId),
            DefaultRoutes.class)
        .of(subnetIds);
  }

  @Override
  public boolean fileSystemExists(String id) {
    return answers.get("file system " + id, AGE, () -> describesFileSystem(id), Boolean.class);
  }

  private boolean describesFileSystem(String id) {
    try {
      return aws.efs()
          .describeFileSystemsPaginator(request -> request.fileSystemId(id))
          .fileSystems()
          .iterator()
          .hasNext();
    } catch (FileSystemNotFoundException none) {
      return false;
    }
  }

  @Override
  public Optional<String> hostedZoneFault(String hostedZoneId, String domain) {
    String fault =
        answers.get(
            "hosted zone " + hostedZoneId + " for " + domain,
            AGE,
            () -> hostedZones.fault(hostedZoneId, domain),
            String.class);
    return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
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
                answers
                    .get(
                        "recovery point " + arn + " of " + fileSystem,
                        AGE,
                        () -> new Point(recoveryPoints.find(fileSystem, arn)),
                        Point.class)
                    .found());
  }

  private record Balancer(Optional<ExistingLoadBalancer> found) {}

  @Override
  public Optional<ExistingLoadBalancer> loadBalancer(String arn) {
    return answers
        .get("balancer " + arn, AGE, () -> new Balancer(loadBalancers.find(arn)), Balancer.class)
        .found();
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
    answers.forget(question -> !question.equals(ACCOUNT));
  }

  private record LastLine(Optional<String> text) {}

  @Override
  public Optional<String> lastLogLine(String logGroup, String logStream) {
    return answers
        .get(
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
    return answers
        .get(
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
}
