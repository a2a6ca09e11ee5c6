package dev.fargate.operator.stack.build;

import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.RulePrecision;

/** The resource ids of the three stacks. Changing one orphans what exists under the old id. */
public final class Ids {
  public static final ResourceId CLUSTER = new ResourceId(Kind.CLUSTER, "cluster");
  public static final ResourceId NAMESPACE = new ResourceId(Kind.PRIVATE_DNS_NAMESPACE, "domain");
  public static final ResourceId TASK_GROUP = new ResourceId(Kind.SECURITY_GROUP, "tasks");
  public static final ResourceId LOG_GROUP = new ResourceId(Kind.LOG_GROUP, "logs");
  public static final ResourceId ENV_SECRET = new ResourceId(Kind.SECRET, "env");
  public static final ResourceId CREDENTIALS = new ResourceId(Kind.SECRET, "credentials");
  public static final ResourceId STORAGE_GROUP = new ResourceId(Kind.SECURITY_GROUP, "storage");
  public static final ResourceId FILE_SYSTEM = new ResourceId(Kind.FILE_SYSTEM, "data");
  public static final ResourceId ACCESS_POINT = new ResourceId(Kind.ACCESS_POINT, "data");
  public static final ResourceId BACKUP_VAULT = new ResourceId(Kind.BACKUP_VAULT, "data");
  public static final ResourceId BACKUP_PLAN = new ResourceId(Kind.BACKUP_PLAN, "data");
  public static final ResourceId BACKUP_SELECTION = new ResourceId(Kind.BACKUP_SELECTION, "data");
  public static final ResourceId DISCOVERY = new ResourceId(Kind.DISCOVERY_SERVICE, "dns");
  public static final ResourceId TASK_DEFINITION = new ResourceId(Kind.TASK_DEFINITION, "tasks");

  /** The task definition that moves restored data; no part of the stack. */
  public static final ResourceId MOVER = new ResourceId(Kind.TASK_DEFINITION, "restore");

  public static final ResourceId SERVICE = new ResourceId(Kind.SERVICE, "service");
  public static final ResourceId SCALABLE_TARGET = new ResourceId(Kind.SCALABLE_TARGET, "count");

  private Ids() {}

  public static ResourceId targetGroup(String ingress) {
    return new ResourceId(Kind.TARGET_GROUP, ingress);
  }

  /** The other target group of an ingress whose traffic ECS shifts. */
  public static ResourceId alternateTargetGroup(String ingress) {
    return new ResourceId(Kind.TARGET_GROUP, ingress + "-alternate");
  }

  /** The rule of an ingress's hosts and paths that are equally precise: one row of the listener. */
  public static ResourceId rule(String ingress, int listenerPort, RulePrecision precision) {
    return new ResourceId(Kind.LISTENER_RULE, ingress + "-" + listenerPort + "-" + precision);
  }

  /** The only rule of an ingress whose place among the rules the user gives. */
  public static ResourceId placedRule(String ingress, int listenerPort) {
    return new ResourceId(Kind.LISTENER_RULE, ingress + "-" + listenerPort + "-placed");
  }

  public static ResourceId policy(String metric) {
    return new ResourceId(Kind.SCALING_POLICY, metric);
  }

  public static ResourceId alarm(String name) {
    return new ResourceId(Kind.METRIC_ALARM, name);
  }

  /** A host with records in Route 53. */
  public static ResourceId publicName(String host) {
    return new ResourceId(Kind.PUBLIC_NAME, host);
  }

  public static ResourceId loadBalancer(String name) {
    return new ResourceId(Kind.LOAD_BALANCER, name);
  }

  public static ResourceId loadBalancerGroup(String name) {
    return new ResourceId(Kind.SECURITY_GROUP, "lb-" + name);
  }

  public static ResourceId listener(String loadBalancer, int port) {
    return new ResourceId(Kind.LISTENER, loadBalancer + "-" + port);
  }

  /** A log group of an environment, by its name in the spec. */
  public static ResourceId sharedLogGroup(String name) {
    return new ResourceId(Kind.LOG_GROUP, "shared-" + name);
  }

  public static ResourceId mountTarget(String zone) {
    return new ResourceId(Kind.MOUNT_TARGET, zone);
  }

  /** One grant; the name says who is let in where. */
  public static ResourceId grant(String what) {
    return new ResourceId(Kind.SECURITY_GROUP_RULE, what);
  }
}
