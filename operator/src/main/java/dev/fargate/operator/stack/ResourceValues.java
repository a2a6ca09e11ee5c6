package dev.fargate.operator.stack;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Rebuilds a resource with each of its {@link Value}s put through a function. */
final class ResourceValues {
  private ResourceValues() {}

  /** The resource itself when its kind holds no values. A null value stays null. */
  static Resource map(Resource resource, UnaryOperator<Value> function) {
    UnaryOperator<Value> f = value -> value == null ? null : function.apply(value);
    if (resource instanceof SecurityGroupRule rule) {
      return map(rule, f);
    } else if (resource instanceof LoadBalancer balancer) {
      return map(balancer, f);
    } else if (resource instanceof Listener listener) {
      return map(listener, f);
    } else if (resource instanceof ListenerRule rule) {
      return map(rule, f);
    } else if (resource instanceof AccessPoint accessPoint) {
      return map(accessPoint, f);
    } else if (resource instanceof MountTarget mountTarget) {
      return map(mountTarget, f);
    } else if (resource instanceof BackupVault vault) {
      return map(vault, f);
    } else if (resource instanceof BackupPlan plan) {
      return map(plan, f);
    } else if (resource instanceof BackupSelection selection) {
      return map(selection, f);
    } else if (resource instanceof DiscoveryService discovery) {
      return map(discovery, f);
    } else if (resource instanceof TaskDefinition definition) {
      return map(definition, f);
    } else if (resource instanceof Service service) {
      return map(service, f);
    } else if (resource instanceof ScalableTarget target) {
      return map(target, f);
    } else if (resource instanceof ScalingPolicy policy) {
      return map(policy, f);
    } else if (resource instanceof MetricAlarm alarm) {
      return map(alarm, f);
    }
    return resource;
  }

  private static Resource map(SecurityGroupRule rule, UnaryOperator<Value> f) {
    return new SecurityGroupRule(
        rule.id(),
        f.apply(rule.groupId()),
        rule.protocol(),
        rule.fromPort(),
        rule.toPort(),
        new SecurityGroupRule.Peer(f.apply(rule.peer().groupId()), rule.peer().cidr()),
        rule.description());
  }

  private static Resource map(LoadBalancer balancer, UnaryOperator<Value> f) {
    return new LoadBalancer(
        balancer.id(),
        balancer.name(),
        balancer.type(),
        balancer.scheme(),
        balancer.subnets(),
        balancer.securityGroups().stream().map(f).toList());
  }

  private static Resource map(Listener listener, UnaryOperator<Value> f) {
    return new Listener(
        listener.id(),
        f.apply(listener.loadBalancerArn()),
        listener.port(),
        listener.protocol(),
        listener.certificateArns(),
        listener.sslPolicy(),
        listener.redirectToHttpsPort(),
        listener.otherAction());
  }

  private static Resource map(ListenerRule rule, UnaryOperator<Value> f) {
    return new ListenerRule(
        rule.id(),
        f.apply(rule.listenerArn()),
        rule.priority(),
        rule.priorityBase(),
        rule.hosts(),
        rule.paths(),
        rule.sourceCidrs(),
        rule.forwards().stream()
            .map(
                forward ->
                    new ListenerRule.Forward(f.apply(forward.targetGroupArn()), forward.weight()))
            .toList());
  }

  private static Resource map(AccessPoint accessPoint, UnaryOperator<Value> f) {
    return new AccessPoint(
        accessPoint.id(),
        accessPoint.name(),
        f.apply(accessPoint.fileSystemId()),
        accessPoint.path(),
        accessPoint.uid(),
        accessPoint.gid(),
        accessPoint.permissions(),
        map(accessPoint.restore(), f));
  }

  private static Restore map(Restore restore, UnaryOperator<Value> f) {
    if (restore == null || restore.mover() == null) {
      return restore;
    }
    Restore.Mover mover = restore.mover();
    return new Restore(
        restore.wish(),
        restore.progress(),
        new Restore.Mover(
            (TaskDefinition) map(mover.definition(), f),
            f.apply(mover.clusterArn()),
            map(mover.network(), f)));
  }

  private static Resource map(MountTarget mountTarget, UnaryOperator<Value> f) {
    return new MountTarget(
        mountTarget.id(),
        f.apply(mountTarget.fileSystemId()),
        mountTarget.zone(),
        mountTarget.subnetId(),
        mountTarget.securityGroups().stream().map(f).toList());
  }

  private static Resource map(BackupVault vault, UnaryOperator<Value> f) {
    BackupVault.Request request = vault.request();
    return new BackupVault(
        vault.id(),
        vault.name(),
        request == null
            ? null
            : new BackupVault.Request(
                request.token(),
                f.apply(request.fileSystemArn()),
                request.roleArn(),
                request.retentionDays()),
        vault.state());
  }

  private static Resource map(BackupPlan plan, UnaryOperator<Value> f) {
    return new BackupPlan(
        plan.id(),
        plan.name(),
        plan.rules().stream()
            .map(
                rule ->
                    new BackupPlan.Rule(
                        rule.name(),
                        f.apply(rule.vaultName()),
                        rule.schedule(),
                        rule.timeZone(),
                        rule.retentionDays(),
                        rule.windows(),
                        rule.tags()))
            .toList(),
        plan.since());
  }

  private static Resource map(BackupSelection selection, UnaryOperator<Value> f) {
    return new BackupSelection(
        selection.id(),
        selection.name(),
        f.apply(selection.planId()),
        selection.roleArn(),
        f.apply(selection.resourceArn()));
  }

  private static Resource map(DiscoveryService discovery, UnaryOperator<Value> f) {
    return new DiscoveryService(
        discovery.id(),
        discovery.name(),
        f.apply(discovery.namespaceId()),
        discovery.recordType(),
        discovery.ttlSeconds());
  }

  private static Resource map(TaskDefinition definition, UnaryOperator<Value> f) {
    return new TaskDefinition(
        definition.id(),
        definition.family(),
        definition.cpuUnits(),
        definition.memoryMiB(),
        definition.architecture(),
        definition.ephemeralStorageGiB(),
        definition.executionRoleArn(),
        definition.taskRoleArn(),
        definition.containers().stream().map(container -> map(container, f)).toList(),
        definition.volumes().stream()
            .map(
                volume ->
                    new TaskDefinition.Volume(
                        volume.name(),
                        f.apply(volume.fileSystemId()),
                        f.apply(volume.accessPointId())))
            .toList());
  }

  private static TaskDefinition.Container map(
      TaskDefinition.Container container, UnaryOperator<Value> f) {
    SortedMap<String, Value> secrets = new TreeMap<>();
    container.secrets().forEach((name, value) -> secrets.put(name, f.apply(value)));
    TaskDefinition.Logs logs = container.logs();
    return new TaskDefinition.Container(
        container.name(),
        container.image(),
        container.essential(),
        container.entryPoint(),
        container.command(),
        container.user(),
        container.workingDirectory(),
        container.readOnlyRootFilesystem(),
        container.stopTimeoutSeconds(),
        container.ports(),
        container.environment(),
        secrets,
        container.healthCheck(),
        logs == null
            ? null
            : new TaskDefinition.Logs(f.apply(logs.group()), logs.region(), logs.streamPrefix()),
        container.mounts());
  }

  private static Service.Network map(Service.Network network, UnaryOperator<Value> f) {
    return new Service.Network(
        network.subnets(),
        network.securityGroups().stream().map(f).toList(),
        network.assignPublicIp());
  }

  private static Resource map(Service service, UnaryOperator<Value> f) {
    return new Service(
        service.id(),
        service.name(),
        f.apply(service.clusterArn()),
        f.apply(service.taskDefinitionArn()),
        service.count(),
        service.capacity(),
        map(service.network(), f),
        service.loadBalancers().stream()
            .map(
                target ->
                    new Service.Target(
                        f.apply(target.targetGroupArn()),
                        target.containerName(),
                        target.containerPort(),
                        map(target.shift(), f)))
            .toList(),
        service.registries().stream().map(f).toList(),
        service.deployment(),
        service.healthCheckGracePeriodSeconds(),
        service.platformVersion(),
        service.propagateTags(),
        service.restartToken());
  }

  private static Service.Shift map(Service.Shift shift, UnaryOperator<Value> f) {
    return shift == null
        ? null
        : new Service.Shift(
            f.apply(shift.alternateTargetGroupArn()),
            f.apply(shift.productionRuleArn()),
            shift.roleArn());
  }

  private static Resource map(ScalableTarget target, UnaryOperator<Value> f) {
    return new ScalableTarget(
        target.id(),
        f.apply(target.resource()),
        target.minCapacity(),
        target.maxCapacity(),
        target.suspended());
  }

  private static Resource map(ScalingPolicy policy, UnaryOperator<Value> f) {
    return new ScalingPolicy(
        policy.id(),
        policy.name(),
        f.apply(policy.resource()),
        policy.metric(),
        f.apply(policy.resourceLabel()),
        policy.targetValue(),
        policy.scaleInCooldownSeconds(),
        policy.scaleOutCooldownSeconds(),
        policy.disableScaleIn());
  }

  private static Resource map(MetricAlarm alarm, UnaryOperator<Value> f) {
    return new MetricAlarm(
        alarm.id(),
        alarm.name(),
        alarm.description(),
        alarm.queries().stream()
            .map(
                query ->
                    new MetricAlarm.Query(
                        query.id(), query.expression(), map(query.metric(), f), query.returned()))
            .toList(),
        alarm.condition(),
        alarm.actions(),
        alarm.state());
  }

  private static MetricAlarm.Metric map(MetricAlarm.Metric metric, UnaryOperator<Value> f) {
    if (metric == null) {
      return null;
    }
    SortedMap<String, Value> dimensions = new TreeMap<>();
    metric.dimensions().forEach((name, value) -> dimensions.put(name, f.apply(value)));
    return new MetricAlarm.Metric(
        metric.namespace(), metric.name(), dimensions, metric.statistic(), metric.periodSeconds());
  }
}
