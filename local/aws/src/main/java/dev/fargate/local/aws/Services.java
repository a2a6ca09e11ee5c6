package dev.fargate.local.aws;

import dev.fargate.local.aws.cloudmap.ServiceRegistry;
import dev.fargate.local.aws.ec2.Ec2;
import dev.fargate.local.aws.ec2.NetworkSeed;
import dev.fargate.local.aws.ec2.SubnetAddresses;
import dev.fargate.local.aws.ecs.Ecs;
import dev.fargate.local.aws.ecs.Surroundings;
import dev.fargate.local.aws.elb.Elb;
import dev.fargate.local.aws.logs.CloudWatchLogs;
import dev.fargate.local.aws.metrics.InMemoryMetrics;
import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.secrets.SecretsManager;
import dev.fargate.local.aws.sts.SecurityTokens;
import dev.fargate.local.aws.tasks.scripted.ScriptedTasks;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import java.util.List;
import java.util.Map;

/** The services of the account, wired to each other. */
final class Services {
  private final SecurityTokens tokens;
  private final CloudWatchLogs logs;
  private final Ec2 ec2;
  private final ScriptedTasks scripted;
  private final Metrics metrics;
  private final List<ServiceBehaviour> behaviours;

  Services(Scheduler scheduler, WorldSeed world) {
    tokens = new SecurityTokens(scheduler, world);
    logs = new CloudWatchLogs(scheduler);
    metrics = new InMemoryMetrics(scheduler);
    SecretsManager secrets = new SecretsManager(scheduler);
    ec2 = new Ec2(network(world), new SubnetAddresses());
    scripted = new ScriptedTasks(scheduler);
    Elb elb = new Elb(scheduler, ec2, scripted, null, dev.fargate.local.aws.elb.Timing.realistic());
    Ecs ecs =
        new Ecs(
            scheduler,
            scripted,
            dev.fargate.local.aws.ecs.Timing.realistic(),
            arn -> world.role(arn).isPresent(),
            new Surroundings(ec2, elb.targetGroups(), new EmptyRegistry(), secrets, logs, metrics));
    behaviours = List.of(tokens, logs, secrets, ec2, elb, ecs);
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

  ScriptedTasks scripted() {
    return scripted;
  }

  Metrics metrics() {
    return metrics;
  }

  /** As long as there is no Cloud Map, nothing is registered in it. */
  private static final class EmptyRegistry implements ServiceRegistry {
    @Override
    public boolean hasService(String serviceArn) {
      return false;
    }

    @Override
    public void register(String arn, String instanceId, Map<String, String> attributes) {
      throw new IllegalStateException("no Cloud Map service " + arn);
    }

    @Override
    public void deregister(String serviceArn, String instanceId) {
      throw new IllegalStateException("no Cloud Map service " + serviceArn);
    }

    @Override
    public void setHealthy(String serviceArn, String instanceId, boolean healthy) {
      throw new IllegalStateException("no Cloud Map service " + serviceArn);
    }

    @Override
    public Map<String, List<String>> records(String vpcId) {
      return Map.of();
    }

    @Override
    public void onChange(Runnable listener) {
      // It never changes.
    }
  }
}
