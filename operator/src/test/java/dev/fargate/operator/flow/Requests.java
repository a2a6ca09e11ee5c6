package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import dev.fargate.local.aws.elb.RequestLine;
import dev.fargate.local.aws.elb.RouteAction;
import dev.fargate.local.aws.elb.RoutingTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Requests in virtual time: what the load balancers of an environment would answer, by their rules,
 * weights and targets of this very moment.
 */
final class Requests {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final VirtualWorld world;
  private final String environment;

  /** What was not answered by a target, with its time. */
  final List<String> failed = new ArrayList<>();

  Requests(VirtualWorld world, String environment) {
    this.world = world;
    this.environment = environment;
  }

  /** One request a second from now on; {@link #failed} tells which ones no target answered. */
  void keepSending(String loadBalancer, String host, String path) {
    world
        .aws
        .scheduler()
        .every(
            PERIOD,
            "request",
            () -> {
              String answer = send(loadBalancer, host, path);
              if (!isAnswered(answer)) {
                failed.add(world.now() + " " + loadBalancer + " " + host + path + ": " + answer);
              }
            });
  }

  static boolean isAnswered(String answer) {
    return !answer.matches("(404|50[0-9]).*");
  }

  /**
   * The name of the target group that answers: {@code <namespace>-<app>-<hash>}; or the status of
   * an answer that the load balancer gives itself. Where weights let two groups answer, one without
   * targets counts.
   */
  String send(String loadBalancer, String host, String path) {
    RoutingTable routes = world.aws.routes();
    RequestLine request = new RequestLine("GET", host, path, "", "10.0.0.1", Map.of());
    RouteAction action = routes.listeners().get(listener(loadBalancer)).choose(request);
    if (!(action instanceof RouteAction.Forward forward)) {
      return "404";
    }
    String answer = "503 no group has a weight";
    for (RouteAction.WeightedGroup group : forward.groups()) {
      if (group.weight() == 0 && forward.groups().size() > 1) {
        continue;
      }
      String name = group.targetGroupArn().split("/")[1];
      List<RoutingTable.Target> targets = routes.pools().get(group.targetGroupArn()).targets();
      if (targets.isEmpty()) {
        return "503 no target in " + name;
      } else if (!targets.stream().allMatch(RoutingTable.Target::reachable)) {
        return "504 no way to " + name;
      }
      answer = name;
    }
    return answer;
  }

  private String listener(String loadBalancer) {
    FargateEnvironmentStatus status = world.environmentObject(environment).getStatus();
    return status.loadBalancers.stream()
        .filter(balancer -> balancer.name.equals(loadBalancer))
        .findFirst()
        .orElseThrow()
        .listeners
        .get(0)
        .arn;
  }
}
