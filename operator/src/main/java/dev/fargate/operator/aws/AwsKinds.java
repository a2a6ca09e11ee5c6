package dev.fargate.operator.aws;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.autoscaling.ScalableTargetReader;
import dev.fargate.operator.aws.autoscaling.ScalableTargetRunner;
import dev.fargate.operator.aws.autoscaling.ScalingPolicyReader;
import dev.fargate.operator.aws.autoscaling.ScalingPolicyRunner;
import dev.fargate.operator.aws.backup.BackupPlanReader;
import dev.fargate.operator.aws.backup.BackupPlanRunner;
import dev.fargate.operator.aws.backup.BackupSelectionReader;
import dev.fargate.operator.aws.backup.BackupSelectionRunner;
import dev.fargate.operator.aws.backup.BackupVaultReader;
import dev.fargate.operator.aws.backup.BackupVaultRunner;
import dev.fargate.operator.aws.backup.RestoreJobs;
import dev.fargate.operator.aws.clients.AwsClients;
import dev.fargate.operator.aws.cloudmap.DiscoveryServiceReader;
import dev.fargate.operator.aws.cloudmap.DiscoveryServiceRunner;
import dev.fargate.operator.aws.cloudmap.NamespaceReader;
import dev.fargate.operator.aws.cloudmap.NamespaceRunner;
import dev.fargate.operator.aws.cloudwatch.MetricAlarmReader;
import dev.fargate.operator.aws.cloudwatch.MetricAlarmRunner;
import dev.fargate.operator.aws.ec2.SecurityGroupReader;
import dev.fargate.operator.aws.ec2.SecurityGroupRuleReader;
import dev.fargate.operator.aws.ec2.SecurityGroupRuleRunner;
import dev.fargate.operator.aws.ec2.SecurityGroupRunner;
import dev.fargate.operator.aws.ecs.ClusterReader;
import dev.fargate.operator.aws.ecs.ClusterRunner;
import dev.fargate.operator.aws.ecs.MoveTasks;
import dev.fargate.operator.aws.ecs.ServiceReader;
import dev.fargate.operator.aws.ecs.ServiceRunner;
import dev.fargate.operator.aws.ecs.TaskDefinitionReader;
import dev.fargate.operator.aws.ecs.TaskDefinitionRunner;
import dev.fargate.operator.aws.ecs.TaskDefinitions;
import dev.fargate.operator.aws.efs.AccessPointReader;
import dev.fargate.operator.aws.efs.AccessPointRunner;
import dev.fargate.operator.aws.efs.FileSystemReader;
import dev.fargate.operator.aws.efs.FileSystemRunner;
import dev.fargate.operator.aws.efs.MountTargetReader;
import dev.fargate.operator.aws.efs.MountTargetRunner;
import dev.fargate.operator.aws.efs.Restores;
import dev.fargate.operator.aws.elb.ListenerReader;
import dev.fargate.operator.aws.elb.ListenerRuleReader;
import dev.fargate.operator.aws.elb.ListenerRuleRunner;
import dev.fargate.operator.aws.elb.ListenerRunner;
import dev.fargate.operator.aws.elb.LoadBalancerReader;
import dev.fargate.operator.aws.elb.LoadBalancerRunner;
import dev.fargate.operator.aws.elb.TargetGroupReader;
import dev.fargate.operator.aws.elb.TargetGroupRunner;
import dev.fargate.operator.aws.logs.LogGroupReader;
import dev.fargate.operator.aws.logs.LogGroupRunner;
import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.aws.route53.PendingChanges;
import dev.fargate.operator.aws.route53.PublicNameReader;
import dev.fargate.operator.aws.route53.PublicNameRunner;
import dev.fargate.operator.aws.secrets.SecretReader;
import dev.fargate.operator.aws.secrets.SecretRunner;
import dev.fargate.operator.aws.secrets.SecretSources;
import dev.fargate.operator.stack.Kind;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The one list of AWS kinds: each with its reader and its runner. */
final class AwsKinds {
  private final Map<Kind, Reader> readers = new EnumMap<>(Kind.class);
  private final List<Runner> runners;
  private final ServiceReader services;
  private final TaskDefinitionReader taskDefinitions;

  AwsKinds(AwsClients aws, Supplier<Scope> scope, SecretSources secretSources, Clock clock) {
    String ownerId = scope.get().ownerId();
    TaskDefinitions definitions = new TaskDefinitions(aws.ecs());
    services = new ServiceReader(aws.ecs(), definitions, scope);
    taskDefinitions = new TaskDefinitionReader(definitions, ownerId, clock);
    SecurityGroupRuleReader groupRules = new SecurityGroupRuleReader(aws.ec2(), ownerId);
    ListenerRuleReader rules = new ListenerRuleReader(aws.elb(), clock);
    LogGroupReader logGroups = new LogGroupReader(aws.logs(), ownerId, clock);
    SecretReader secrets = new SecretReader(aws.secrets(), ownerId);
    Restores restores =
        new Restores(
            aws.efs(),
            new RestoreJobs(aws.backup(), clock),
            new MoveTasks(aws.ecs(), aws.ecsOnce(), scope, clock));
    PendingChanges pendingNames = new PendingChanges(aws.route53());
    PublicNameReader publicNames = new PublicNameReader(aws.route53(), scope, pendingNames);
    for (Reader reader :
        List.of(
            new ClusterReader(aws.ecs(), scope),
            new NamespaceReader(aws.cloudMap(), clock),
            new SecurityGroupReader(aws.ec2(), ownerId),
            groupRules,
            new LoadBalancerReader(aws.elb(), clock),
            new ListenerReader(aws.elb(), scope, clock),
            new TargetGroupReader(aws.elb(), ownerId, clock),
            rules,
            logGroups,
            secrets,
            new FileSystemReader(aws.efs(), ownerId),
            new AccessPointReader(aws.efs(), ownerId, restores),
            new MountTargetReader(aws.efs(), ownerId, clock),
            new BackupVaultReader(aws.backup(), ownerId, clock),
            new BackupPlanReader(aws.backup(), ownerId, clock),
            new BackupSelectionReader(aws.backup(), ownerId, clock),
            new DiscoveryServiceReader(aws.cloudMap(), scope, clock),
            services,
            taskDefinitions,
            new ScalableTargetReader(aws.autoscaling(), scope, clock),
            new ScalingPolicyReader(aws.autoscaling(), scope),
            new MetricAlarmReader(aws.cloudWatch(), ownerId, clock),
            publicNames)) {
      readers.put(reader.kind(), reader);
    }
    runners =
        List.<Runner>of(
                new ClusterRunner(aws.ecs()),
                new NamespaceRunner(aws.cloudMap()),
                new SecurityGroupRunner(aws.ec2()),
                new SecurityGroupRuleRunner(aws.ec2(), groupRules),
                new LoadBalancerRunner(aws.elb()),
                new ListenerRunner(aws.elb()),
                new TargetGroupRunner(aws.elb()),
                new ListenerRuleRunner(aws.elb(), rules),
                new LogGroupRunner(aws.logs(), logGroups),
                new SecretRunner(aws.secrets(), secrets, secretSources, clock),
                new FileSystemRunner(aws.efs()),
                new AccessPointRunner(aws.efs(), restores),
                new MountTargetRunner(aws.efs()),
                new BackupVaultRunner(aws.backup()),
                new BackupPlanRunner(aws.backup()),
                new BackupSelectionRunner(aws.backup()),
                new DiscoveryServiceRunner(aws.cloudMap()),
                new TaskDefinitionRunner(aws, definitions),
                new ServiceRunner(aws.ecs()),
                new ScalableTargetRunner(aws.autoscaling()),
                new ScalingPolicyRunner(aws.autoscaling()),
                new MetricAlarmRunner(aws.cloudWatch()),
                new PublicNameRunner(aws.route53(), publicNames, pendingNames))
            .stream()
            .<Runner>map(ClassifyingRunner::new)
            .toList();
  }

  Reader reader(Kind kind) {
    return readers.get(kind);
  }

  List<Runner> runners() {
    return runners;
  }

  ServiceReader services() {
    return services;
  }

  TaskDefinitionReader taskDefinitions() {
    return taskDefinitions;
  }
}
