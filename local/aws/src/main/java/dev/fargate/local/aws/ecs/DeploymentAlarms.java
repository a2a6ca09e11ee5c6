package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;

/**
 * The alarms of a deploymentConfiguration.
 *
 * @param names of CloudWatch alarms; that they exist is not asked (AWS's CDK makes services before
 *     their alarms)
 * @param enable whether deployments are watched by them
 * @param rollback whether one that fails by them is rolled back
 */
record DeploymentAlarms(List<String> names, boolean enable, boolean rollback) {
  static final DeploymentAlarms NONE = new DeploymentAlarms(List.of(), false, false);

  DeploymentAlarms {
    names = List.copyOf(names);
  }

  static DeploymentAlarms of(Struct request) {
    return new DeploymentAlarms(
        request.strings("alarmNames"),
        request.bool("enable").orElse(false),
        request.bool("rollback").orElse(false));
  }

  /** Whether there is anything to watch. */
  boolean watch() {
    return enable && !names.isEmpty();
  }

  Struct describe() {
    return Struct.of().with("alarmNames", names).with("enable", enable).with("rollback", rollback);
  }
}
