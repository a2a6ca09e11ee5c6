package dev.fargate.local.aws;

import dev.fargate.local.aws.acm.Acm;
import dev.fargate.local.aws.acm.Certificate;
import dev.fargate.local.aws.acm.Certificates;
import dev.fargate.local.aws.autoscaling.AutoScaling;
import dev.fargate.local.aws.backup.Backup;
import dev.fargate.local.aws.cloudmap.CloudMap;
import dev.fargate.local.aws.cloudmap.ServiceRegistry;
import dev.fargate.local.aws.cloudwatch.CloudWatch;
import dev.fargate.local.aws.ec2.Ec2;
import dev.fargate.local.aws.ec2.NetworkSeed;
import dev.fargate.local.aws.ecs.Ecs;
import dev.fargate.local.aws.ecs.Surroundings;
import dev.fargate.local.aws.efs.Efs;
import dev.fargate.local.aws.efs.FileSystems;
import dev.fargate.local.aws.elb.Elb;
import dev.fargate.local.aws.elb.TargetGroups;
import dev.fargate.local.aws.logs.CloudWatchLogs;
import dev.fargate.local.aws.metrics.InMemoryMetrics;
import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.parameters.ParameterStore;
import dev.fargate.local.aws.route53.Route53;
import dev.fargate.local.aws.secrets.SecretsManager;
import dev.fargate.local.aws.sns.Sns;
import dev.fargate.local.aws.sqs.Sqs;
import dev.fargate.local.aws.sts.SecurityTokens;
import dev.fargate.local.aws.tasks.process.ImageTable;
import dev.fargate.local.aws.tasks.scripted.ScriptedTasks;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.time.VirtualScheduler;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The services of the account, wired to each other. */
final class Services {
  private final SecurityTokens tokens;
  private final CloudWatchLogs logs;
  private final Ec2 ec2;
  private final CloudMap cloudMap;
  private final ScriptedTasks scripted;
  private final Machines machines;
  private final Metrics metrics;
  private final Elb elb;
  private final Efs efs;
  private final Backup backup;
  private final Ecs ecs;
  private final List<ServiceBehaviour> behaviours;

  /**
   * @param images what process tasks run; empty for scripted tasks
   */
  Services(Scheduler scheduler, WorldSeed world, Optional<ImageTable> images) {
    // On the wall clock somebody waits.
    boolean quick = !(scheduler instanceof VirtualScheduler);
    tokens = new SecurityTokens(scheduler, world.accountId(), assumable(world));
    logs = new CloudWatchLogs(scheduler);
    metrics = new InMemoryMetrics(scheduler);
    SecretsManager secrets = new SecretsManager(scheduler);
    ParameterStore parameters = new ParameterStore(scheduler, world.region(), world.accountId());
    cloudMap =
        new CloudMap(
            scheduler,
            quick ? CloudMap.QUICK_LAG : CloudMap.REALISTIC_LAG,
            id -> world.vpcs().stream().anyMatch(vpc -> vpc.id().equals(id)));
    scripted = new ScriptedTasks(scheduler);
    Certificates certificates = new Certificates(scheduler, certificates(world));
    machines =
        images
            .map(
                table ->
                    Machines.processes(scheduler, cloudMap, logs, metrics, certificates, table))
            .orElseGet(() -> Machines.scripted(scripted));
    ec2 = new Ec2(network(world), machines.addresses());
    elb =
        new Elb(
            scheduler,
            ec2,
            machines.probe(),
            machines.dataPlane(),
            quick
                ? dev.fargate.local.aws.elb.Timing.quick()
                : dev.fargate.local.aws.elb.Timing.realistic(),
            certificates::exist);
    Acm acm = new Acm(certificates, elb::usersOf);
    efs =
        new Efs(
            scheduler,
            ec2,
            world.region(),
            quick
                ? dev.fargate.local.aws.efs.Timing.quick()
                : dev.fargate.local.aws.efs.Timing.realistic());
    Sqs sqs = new Sqs(scheduler, world.region(), world.accountId());
    Sns sns = new Sns(scheduler, sqs, topics(world));
    CloudWatch cloudWatch =
        new CloudWatch(scheduler, metrics, group -> loadBalancerOf(world, group), sns);
    backup =
        new Backup(
            scheduler,
            efs,
            arn ->
                world
                    .role(arn)
                    .filter(role -> role.trusts().contains("backup.amazonaws.com"))
                    .isPresent(),
            quick
                ? dev.fargate.local.aws.backup.Timing.quick()
                : dev.fargate.local.aws.backup.Timing.realistic());
    ecs =
        new Ecs(
            scheduler,
            machines.tasks(),
            quick
                ? dev.fargate.local.aws.ecs.Timing.quick()
                : dev.fargate.local.aws.ecs.Timing.realistic(),
            arn -> world.role(arn).isPresent(),
            new Surroundings(
                ec2,
                elb.targetGroups(),
                cloudMap,
                secrets,
                parameters,
                logs,
                metrics,
                efs,
                cloudWatch));
    AutoScaling autoScaling = new AutoScaling(scheduler, ecs, elb.targetGroups(), metrics);
    Route53 route53 =
        new Route53(
            scheduler, quick ? Route53.QUICK_LAG : Route53.REALISTIC_LAG, world.publicZones());
    behaviours =
        List.of(
            tokens,
            logs,
            secrets,
            parameters,
            ec2,
            acm,
            elb,
            cloudMap,
            efs,
            backup,
            ecs,
            autoScaling,
            cloudWatch,
            sns,
            sqs,
            route53);
  }

  /** Both named as metrics name them, by the last part of their ARNs. */
  private Optional<String> loadBalancerOf(WorldSeed world, String targetGroup) {
    String prefix =
        "arn:aws:elasticloadbalancing:" + world.region() + ":" + world.accountId() + ":";
    return elb.targetGroups()
        .find(prefix + targetGroup)
        .flatMap(TargetGroups.TargetGroup::loadBalancerArn)
        .map(arn -> arn.substring((prefix + "loadbalancer/").length()));
  }

  private static List<String> topics(WorldSeed world) {
    return world.topics().stream()
        .map(name -> "arn:aws:sns:" + world.region() + ":" + world.accountId() + ":" + name)
        .toList();
  }

  private static List<SecurityTokens.Role> assumable(WorldSeed world) {
    return world.roles().stream()
        .filter(role -> role.trusts().contains("*"))
        .map(role -> new SecurityTokens.Role(role.arn(), role.externalId()))
        .toList();
  }

  private static List<Certificate> certificates(WorldSeed world) {
    return world.certificates().stream()
        .map(each -> new Certificate(each.arn(), each.domainName(), each.alternativeNames()))
        .toList();
  }

  private static NetworkSeed network(WorldSeed world) {
    return new NetworkSeed(
        world.accountId(),
        world.region(),
        world.vpcs().stream()
            .map(vpc -> new NetworkSeed.Vpc(vpc.id(), vpc.cidr(), false, Map.of()))
            .toList(),
        world.subnets().stream()
            .map(
                subnet ->
                    new NetworkSeed.Subnet(
                        subnet.id(),
                        subnet.vpcId(),
                        subnet.availabilityZone(),
                        subnet.cidr(),
                        NetworkSeed.DefaultRoute.valueOf(subnet.route().name()),
                        subnet.tags()))
            .toList());
  }

  List<ServiceBehaviour> behaviours() {
    return behaviours;
  }

  SecurityTokens tokens() {
    return tokens;
  }

  CloudWatchLogs logs() {
    return logs;
  }

  Ec2 ec2() {
    return ec2;
  }

  Ecs ecs() {
    return ecs;
  }

  FileSystems fileSystems() {
    return efs;
  }

  Backup backup() {
    return backup;
  }

  Elb elb() {
    return elb;
  }

  ServiceRegistry registry() {
    return cloudMap;
  }

  ScriptedTasks scripted() {
    return scripted;
  }

  Metrics metrics() {
    return metrics;
  }

  /** Ends tasks and sockets. */
  void close() {
    machines.end().run();
    efs.close();
    backup.close();
  }
}
