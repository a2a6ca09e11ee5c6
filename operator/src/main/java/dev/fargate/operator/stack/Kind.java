package dev.fargate.operator.stack;

/** The AWS kinds a stack is made of, in the order they are created; deleting goes backwards. */
public enum Kind {
  CLUSTER("Cluster"),
  PRIVATE_DNS_NAMESPACE("PrivateDnsNamespace"),
  SECURITY_GROUP("SecurityGroup"),
  SECURITY_GROUP_RULE("SecurityGroupRule"),
  LOAD_BALANCER("LoadBalancer"),
  LISTENER("Listener"),
  TARGET_GROUP("TargetGroup"),
  LISTENER_RULE("ListenerRule"),
  LOG_GROUP("LogGroup"),
  SECRET("Secret"),
  FILE_SYSTEM("FileSystem"),
  ACCESS_POINT("AccessPoint"),
  MOUNT_TARGET("MountTarget"),
  BACKUP_VAULT("BackupVault"),
  BACKUP_PLAN("BackupPlan"),
  BACKUP_SELECTION("BackupSelection"),
  DISCOVERY_SERVICE("DiscoveryService"),
  TASK_DEFINITION("TaskDefinition"),
  SERVICE("Service"),
  SCALABLE_TARGET("ScalableTarget"),
  SCALING_POLICY("ScalingPolicy"),
  METRIC_ALARM("MetricAlarm"),
  PUBLIC_NAME("PublicName");

  private final String label;

  Kind(String label) {
    this.label = label;
  }

  /** The CamelCase name shown in plans, status and {@code ignore[]}. */
  public String label() {
    return label;
  }
}
