package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.ec2.Network;
import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The health of each target: unused until a load balancer wants its group, initial until the first
 * good answer or enough bad ones, then healthy or unhealthy by the group's thresholds, draining
 * once it is deregistered (AWS-FACTS 6.3).
 */
final class HealthChecking {
  private final Scheduler scheduler;
  private final Network network;
  private final TargetProbe probe;
  private final Duration firstCheck;
  private final Runnable changed;

  /**
   * @param changed told after every change of a target's state
   */
  HealthChecking(
      Scheduler scheduler,
      Network network,
      TargetProbe probe,
      Duration firstCheck,
      Runnable changed) {
    this.scheduler = scheduler;
    this.network = network;
    this.probe = probe;
    this.firstCheck = firstCheck;
    this.changed = changed;
  }

  /** Begins to check a target, or leaves it unused where no load balancer asks for it. */
  void begin(Group group, Target target) {
    stop(target);
    target.successes = 0;
    target.failures = 0;
    if (group.balancer == null) {
      target.set(
          Target.UNUSED,
          "Target.NotInUse",
          "Target group is not configured to receive traffic from the load balancer");
    } else if (!inServedZone(group.balancer, target)) {
      target.set(
          Target.UNUSED,
          "Target.NotInUse",
          "Target is in an Availability Zone that is not enabled for the load balancer");
    } else {
      target.set(
          Target.INITIAL, "Elb.RegistrationInProgress", "Target registration is in progress");
      checkAfter(firstCheck, group, target);
    }
    changed.run();
  }

  /** After a change of the load balancer's zones: begins anew only what that concerns. */
  void rezone(Group group, Target target) {
    boolean unused = target.state.equals(Target.UNUSED);
    if (unused == inServedZone(group.balancer, target)) {
      begin(group, target);
    }
  }

  /** Ends all checking of a target; its state stays as it is. */
  void stop(Target target) {
    target.epoch++;
    if (target.timer != null) {
      target.timer.cancel();
      target.timer = null;
    }
  }

  /** No new requests from now on; {@code gone} runs when the deregistration delay is over. */
  void drain(Group group, Target target, Runnable gone) {
    stop(target);
    target.set(
        Target.DRAINING, "Target.DeregistrationInProgress", "Target deregistration is in progress");
    int seconds = group.attributes.seconds("deregistration_delay.timeout_seconds");
    target.timer =
        scheduler.after(
            scheduler.scaled(Duration.ofSeconds(seconds)), "end of draining of " + target.ip, gone);
    changed.run();
  }

  private boolean inServedZone(Balancer balancer, Target target) {
    return network
        .interfaceAt(target.ip)
        .map(each -> balancer.servesZone(each.availabilityZone()))
        .orElse(true);
  }

  private void checkAfter(Duration delay, Group group, Target target) {
    int epoch = target.epoch;
    target.timer =
        scheduler.after(
            delay,
            "health check of " + target.ip,
            () -> {
              if (target.epoch == epoch) {
                check(group, target);
              }
            });
  }

  private void check(Group group, Target target) {
    if (target.state.equals(Target.INITIAL)) {
      target.set(Target.INITIAL, "Elb.InitialHealthChecking", "Initial health checks in progress");
    }
    HealthCheck settings = group.healthCheck;
    int port = settings.portOf(target.port);
    int epoch = target.epoch;
    Instant started = scheduler.now();
    target.reachable = reachable(group.balancer, target, target.port);
    if (!reachable(group.balancer, target, port)) {
      // A denied packet is dropped, so the load balancer waits in vain.
      target.timer =
          scheduler.after(
              settings.timeout(),
              "health check timeout of " + target.ip,
              () -> answered(group, target, epoch, started, new TargetProbe.Answer(0, true)));
      return;
    }
    probe.probe(
        new TargetProbe.Request(
            target.ip, port, settings.protocol(), settings.path(), settings.timeout()),
        answer -> answered(group, target, epoch, started, answer));
  }

  private boolean reachable(Balancer balancer, Target target, int port) {
    Optional<Network.NetworkInterface> to = network.interfaceAt(target.ip);
    return to.isPresent()
        && balancer.interfaces.values().stream()
            .anyMatch(
                from ->
                    network.reachable(
                        Set.copyOf(from.groups()),
                        from.privateIp(),
                        Set.copyOf(to.get().groups()),
                        target.ip,
                        "tcp",
                        port));
  }

  private void answered(
      Group group, Target target, int epoch, Instant started, TargetProbe.Answer answer) {
    if (target.epoch != epoch) {
      return;
    }
    if (group.healthCheck.accepts(answer.httpStatus())) {
      good(group, target);
    } else {
      bad(group, target, answer);
    }
    changed.run();
    Duration interval = scheduler.scaled(group.healthCheck.interval());
    Duration passed = Duration.between(started, scheduler.now());
    Duration left = interval.minus(passed);
    checkAfter(left.isNegative() ? Duration.ZERO : left, group, target);
  }

  private static void good(Group group, Target target) {
    target.failures = 0;
    target.successes++;
    boolean first = target.state.equals(Target.INITIAL);
    if (first || target.successes >= group.healthCheck.healthyThreshold()) {
      target.set(Target.HEALTHY, null, null);
    }
  }

  private static void bad(Group group, Target target, TargetProbe.Answer answer) {
    target.successes = 0;
    target.failures++;
    if (target.failures < group.healthCheck.unhealthyThreshold()) {
      return;
    }
    if (answer.httpStatus() > 0) {
      target.set(
          Target.UNHEALTHY,
          "Target.ResponseCodeMismatch",
          "Health checks failed with these codes: [" + answer.httpStatus() + "]");
    } else if (answer.timedOut()) {
      target.set(Target.UNHEALTHY, "Target.Timeout", "Request timed out");
    } else {
      target.set(Target.UNHEALTHY, "Target.FailedHealthChecks", "Health checks failed");
    }
  }
}
