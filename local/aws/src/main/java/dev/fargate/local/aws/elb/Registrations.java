package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Targets as ECS and clients register, deregister and look at them. */
final class Registrations implements TargetGroups {
  private static final int MAX_TARGETS = 1000;

  private final Inventory inventory;
  private final HealthChecking health;
  private final Wiring wiring;
  private final Runnable changed;

  Registrations(Inventory inventory, HealthChecking health, Wiring wiring, Runnable changed) {
    this.inventory = inventory;
    this.health = health;
    this.wiring = wiring;
    this.changed = changed;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "RegisterTargets", this::registerTargets,
        "DeregisterTargets", this::deregisterTargets,
        "DescribeTargetHealth", this::describe);
  }

  @Override
  public Optional<TargetGroup> find(String targetGroupArn) {
    return Optional.ofNullable(inventory.groups.get(targetGroupArn))
        .map(
            group ->
                new TargetGroup(
                    group.arn,
                    group.fixed.name(),
                    group.fixed.targetType(),
                    group.fixed.vpcId(),
                    Optional.ofNullable(group.balancer).map(balancer -> balancer.arn)));
  }

  @Override
  public void register(String targetGroupArn, String ip, int port) {
    Group group = inventory.group(targetGroupArn);
    Target held = group.targets.get(Group.key(ip, port));
    if (held != null && !held.state.equals(Target.DRAINING)) {
      return;
    }
    if (held != null) {
      health.stop(held);
    } else if (group.targets.size() >= MAX_TARGETS) {
      throw new AwsException(
          "TooManyTargets", "A target group has at most " + MAX_TARGETS + " targets");
    }
    Target target = new Target(ip, port);
    group.targets.put(Group.key(ip, port), target);
    health.begin(group, target);
  }

  @Override
  public void deregister(String targetGroupArn, String ip, int port) {
    Group group = inventory.group(targetGroupArn);
    Target target = group.targets.get(Group.key(ip, port));
    if (target == null || target.state.equals(Target.DRAINING)) {
      return;
    }
    if (target.state.equals(Target.UNUSED)) {
      remove(group, target);
    } else {
      health.drain(group, target, () -> remove(group, target));
    }
  }

  private void remove(Group group, Target target) {
    health.stop(target);
    group.targets.remove(Group.key(target.ip, target.port), target);
    changed.run();
  }

  @Override
  public Optional<TargetHealth> health(String targetGroupArn, String ip, int port) {
    return Optional.ofNullable(inventory.groups.get(targetGroupArn))
        .map(group -> group.targets.get(Group.key(ip, port)))
        .map(Target::health);
  }

  @Override
  public List<String> forwards(String ruleArn) {
    return Optional.ofNullable(inventory.rules.get(ruleArn))
        .map(rule -> rule.action.targetGroups())
        .orElse(List.of());
  }

  @Override
  public void weigh(String ruleArn, Map<String, Integer> weights) {
    Rule rule = inventory.rule(ruleArn);
    List<RouteAction.WeightedGroup> groups =
        weights.entrySet().stream()
            .map(each -> new RouteAction.WeightedGroup(each.getKey(), each.getValue()))
            .toList();
    Actions.Parsed action =
        new Actions.Parsed(new RouteAction.Forward(groups), rule.action.stickiness());
    wiring.requireForwardable(rule.listener.balancer, action);
    rule.action = action;
    wiring.refresh();
  }

  private Struct registerTargets(Struct input, Caller caller) {
    Group group = inventory.group(input.required("TargetGroupArn"));
    List<Struct> targets = input.structs("Targets");
    targets.forEach(target -> requireIp(group, target));
    targets.forEach(target -> register(group.arn, target.required("Id"), port(group, target)));
    return Struct.of();
  }

  private static void requireIp(Group group, Struct target) {
    if (!group.fixed.targetType().equals("ip")) {
      throw ElbErrors.unsupported(
          "Registering a target of type '" + group.fixed.targetType() + "'", "use type 'ip'");
    }
    String id = target.required("Id");
    if (!id.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
      throw ElbErrors.validation("The IP address '" + id + "' is not a valid IPv4 address");
    }
    if (target.has("QuicServerId")) {
      throw ElbErrors.unsupported("QuicServerId", "leave it out");
    }
  }

  private static int port(Group group, Struct target) {
    return target.integer("Port").orElse(group.fixed.port());
  }

  private Struct deregisterTargets(Struct input, Caller caller) {
    Group group = inventory.group(input.required("TargetGroupArn"));
    for (Struct target : input.structs("Targets")) {
      String ip = target.required("Id");
      if (target.has("Port")) {
        deregister(group.arn, ip, port(group, target));
      } else {
        List.copyOf(group.targets.values()).stream()
            .filter(each -> each.ip.equals(ip))
            .forEach(each -> deregister(group.arn, ip, each.port));
      }
    }
    return Struct.of();
  }

  private Struct describe(Struct input, Caller caller) {
    Group group = inventory.group(input.required("TargetGroupArn"));
    List<Struct> rows = new ArrayList<>();
    if (input.structs("Targets").isEmpty()) {
      group.targets.values().forEach(target -> rows.add(render(group, target)));
    }
    for (Struct asked : input.structs("Targets")) {
      String ip = asked.required("Id");
      int port = port(group, asked);
      Target held = group.targets.get(Group.key(ip, port));
      rows.add(render(group, held == null ? unregistered(ip, port) : held));
    }
    return Struct.of().with("TargetHealthDescriptions", rows);
  }

  private static Target unregistered(String ip, int port) {
    Target target = new Target(ip, port);
    target.set(
        Target.UNUSED, "Target.NotRegistered", "Target is not registered to the target group");
    return target;
  }

  private static Struct render(Group group, Target target) {
    return Struct.of()
        .with("Target", Struct.of().with("Id", target.ip).with("Port", target.port))
        .with("HealthCheckPort", String.valueOf(group.healthCheck.portOf(target.port)))
        .with(
            "TargetHealth",
            Struct.of()
                .with("State", target.state)
                .with("Reason", target.reason)
                .with("Description", target.description));
  }
}
