package dev.fargate.operator.stack;

/**
 * One AWS resource as a plain value: what is wanted (built from a custom resource, may hold
 * unresolved {@link Value}s) and what is there (read from AWS, all values known) have the same
 * type, in canonical form: AWS's defaults filled in, sets sorted, units normalised.
 *
 * <p>Tags are not part of a resource: every resource carries its stack's tags (see Ownership).
 */
public sealed interface Resource
    permits Cluster,
        PrivateDnsNamespace,
        SecurityGroup,
        SecurityGroupRule,
        LoadBalancer,
        Listener,
        TargetGroup,
        ListenerRule,
        LogGroup,
        Secret,
        FileSystem,
        AccessPoint,
        MountTarget,
        BackupVault,
        BackupPlan,
        BackupSelection,
        DiscoveryService,
        TaskDefinition,
        Service,
        ScalableTarget,
        ScalingPolicy,
        MetricAlarm,
        PublicName {
  ResourceId id();

  /** The name AWS knows it by, for people; for a kind without a name a short description. */
  String physicalName();
}
