package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;

/**
 * What a deployment rolls out: the settings of a service whose change starts a new deployment
 * (AWS-FACTS 4.1), and which a rollback brings back together.
 *
 * @param network the awsvpcConfiguration
 * @param launchType null when a strategy is used
 * @param strategy empty when a launch type is used
 */
record Revision(
    TaskDefinition taskDefinition,
    Struct network,
    List<Struct> loadBalancers,
    List<Struct> registries,
    String platformVersion,
    String launchType,
    List<Struct> strategy) {

  boolean hasHealthCheck() {
    return !loadBalancers.isEmpty() || taskDefinition.hasContainerHealthCheck();
  }
}
