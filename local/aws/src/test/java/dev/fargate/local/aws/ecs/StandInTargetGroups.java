package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.elb.TargetGroups;
import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Target groups whose health a test sets; targets drain for 30 seconds. */
final class StandInTargetGroups implements TargetGroups {
  static final String ARN =
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/0123456789abcdef";
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private final Scheduler scheduler;
  private final Map<String, TargetGroup> groups = new LinkedHashMap<>();
  private final Map<String, TargetHealth> targets = new LinkedHashMap<>();
  final List<String> calls = new ArrayList<>();
  TargetHealth initial = new TargetHealth("healthy", null, null);

  StandInTargetGroups(Scheduler scheduler) {
    this.scheduler = scheduler;
    group("ip", true);
  }

  void group(String targetType, boolean associated) {
    groups.put(ARN, new TargetGroup(ARN, "web", targetType, "vpc-1", associated));
  }

  /** Every target of the address. */
  void health(String ip, String state, String description) {
    targets.replaceAll(
        (key, old) ->
            key.startsWith(ip + ":")
                ? new TargetHealth(state, "Target.Timeout", description)
                : old);
  }

  int draining() {
    return (int) targets.values().stream().filter(h -> h.state().equals("draining")).count();
  }

  @Override
  public Optional<TargetGroup> find(String targetGroupArn) {
    return Optional.ofNullable(groups.get(targetGroupArn));
  }

  @Override
  public void register(String targetGroupArn, String ip, int port) {
    calls.add(scheduler.now() + " register " + ip);
    targets.put(ip + ":" + port, initial);
  }

  @Override
  public void deregister(String targetGroupArn, String ip, int port) {
    calls.add(scheduler.now() + " deregister " + ip);
    targets.put(ip + ":" + port, new TargetHealth("draining", "", ""));
    scheduler.after(DRAIN, "drained", () -> targets.remove(ip + ":" + port));
  }

  @Override
  public Optional<TargetHealth> health(String targetGroupArn, String ip, int port) {
    return Optional.ofNullable(targets.get(ip + ":" + port));
  }
}
