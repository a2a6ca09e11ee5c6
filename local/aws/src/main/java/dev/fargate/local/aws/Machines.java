package dev.fargate.local.aws;

import dev.fargate.local.aws.ec2.AddressPool;
import dev.fargate.local.aws.ec2.SubnetAddresses;
import dev.fargate.local.aws.elb.DataPlane;
import dev.fargate.local.aws.elb.TargetProbe;
import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.tasks.scripted.ScriptedTasks;

/**
 * What stands for AWS's machines: addresses, tasks, health probes, load balancer sockets.
 *
 * @param dataPlane null where nothing listens
 * @param end releases all of it
 */
record Machines(
    AddressPool addresses,
    TaskRuntime tasks,
    TargetProbe probe,
    DataPlane dataPlane,
    Runnable end) {

  /** Nothing runs and nothing listens; a test says what each image would do. */
  static Machines scripted(ScriptedTasks scripts) {
    return new Machines(new SubnetAddresses(), scripts, scripts, null, scripts::close);
  }
}
