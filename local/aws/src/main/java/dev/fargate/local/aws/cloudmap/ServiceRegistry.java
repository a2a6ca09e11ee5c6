package dev.fargate.local.aws.cloudmap;

import java.util.List;
import java.util.Map;

/** What ECS does with Cloud Map, and what private name resolution reads from it. */
public interface ServiceRegistry {
  boolean hasService(String serviceArn);

  /** Registers an instance (id = task id, attributes as in AWS-FACTS 8). */
  void register(String serviceArn, String instanceId, Map<String, String> attributes);

  void deregister(String serviceArn, String instanceId);

  void setHealthy(String serviceArn, String instanceId, boolean healthy);

  /** Fully qualified private name to addresses as DNS would answer now, for names of this VPC. */
  Map<String, List<String>> records(String vpcId);

  /** Calls back, under the lock, whenever {@link #records} may have changed. */
  void onChange(Runnable listener);
}
