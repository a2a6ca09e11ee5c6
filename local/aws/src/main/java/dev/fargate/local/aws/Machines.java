package dev.fargate.local.aws;

import dev.fargate.local.aws.acm.Certificates;
import dev.fargate.local.aws.cloudmap.ServiceRegistry;
import dev.fargate.local.aws.dataplane.HttpProbe;
import dev.fargate.local.aws.dataplane.LocalLoadBalancer;
import dev.fargate.local.aws.ec2.AddressPool;
import dev.fargate.local.aws.ec2.LoopbackAddresses;
import dev.fargate.local.aws.ec2.SubnetAddresses;
import dev.fargate.local.aws.elb.DataPlane;
import dev.fargate.local.aws.elb.TargetProbe;
import dev.fargate.local.aws.logs.LogSink;
import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.tasks.process.ImageTable;
import dev.fargate.local.aws.tasks.process.ProcessTasks;
import dev.fargate.local.aws.tasks.scripted.ScriptedTasks;
import dev.fargate.local.aws.time.Scheduler;

/**
 * What stands for AWS's machines: addresses, tasks, health probes, load balancer sockets.
 *
 * @param dataPlane null where nothing listens
 * @param end releases all of it; not to be called under the scheduler's lock
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

  /** Real processes on loopback addresses, behind load balancers that listen. */
  static Machines processes(
      Scheduler scheduler,
      ServiceRegistry registry,
      LogSink logs,
      Metrics metrics,
      Certificates certificates,
      ImageTable images) {
    LoopbackAddresses addresses = new LoopbackAddresses();
    addresses.require();
    LocalLoadBalancer balancer = new LocalLoadBalancer(scheduler, metrics, certificates);
    HttpProbe probe = new HttpProbe(scheduler);
    ProcessTasks tasks = new ProcessTasks(scheduler, registry, logs, images);
    return new Machines(
        addresses,
        tasks,
        probe,
        balancer,
        () -> {
          balancer.close();
          probe.close();
          tasks.close();
          addresses.close();
        });
  }
}
