package dev.fargate.local.aws.ecs;

import java.util.Optional;

/** What Application Auto Scaling reads and writes of an ECS service. */
public interface ServiceCounts {
  /**
   * @param clusterArn by ARN, because names repeat over accounts and regions
   * @return empty unless the service is ACTIVE
   */
  Optional<Counts> find(String clusterArn, String service);

  /** Sets the desired count as the autoscaler's service-linked role would. */
  void setDesiredCount(String clusterArn, String service, int desired);

  /**
   * @param deploying whether a deployment is in progress, which turns scale-in off (AWS-FACTS 7)
   */
  record Counts(int desired, int running, boolean deploying) {}
}
