package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.cloudmap.ServiceRegistry;
import dev.fargate.local.aws.ec2.Network;
import dev.fargate.local.aws.efs.FileSystems;
import dev.fargate.local.aws.elb.TargetGroups;
import dev.fargate.local.aws.logs.LogSink;
import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.parameters.ParameterValues;
import dev.fargate.local.aws.secrets.SecretValues;

/** The other services that ECS looks at and works with. */
public record Surroundings(
    Network network,
    TargetGroups targetGroups,
    ServiceRegistry registry,
    SecretValues secrets,
    ParameterValues parameters,
    LogSink logs,
    Metrics metrics,
    FileSystems fileSystems,
    Alarms alarms) {}
