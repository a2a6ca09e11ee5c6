package dev.fargate.local.aws.call;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** AWS's published request rates, one token bucket per group of operations (AWS-FACTS 8 to 10). */
final class TokenBuckets {
  /** First match wins; what matches nothing is not throttled, as AWS publishes no number. */
  private static final List<Group> GROUPS =
      List.of(
          new Group("ecs:(Create|Update|Delete)Service", 50, 5),
          new Group("ecs:(DescribeServices|ListServices)", 100, 20),
          new Group("ecs:(Describe|List)ServiceDeployments", 50, 20),
          new Group("ecs:DescribeServiceRevisions", 50, 20),
          new Group("ecs:(Register|Deregister)TaskDefinition", 20, 1),
          new Group(
              "ecs:(DescribeTaskDefinition|ListTaskDefinitions|ListTaskDefinitionFamilies)",
              50,
              20),
          new Group("ecs:DeleteTaskDefinitions", 5, 1),
          new Group(
              "ecs:((Create|Delete|Update)Cluster(Settings)?|PutClusterCapacityProviders)", 20, 1),
          new Group("ecs:(DescribeClusters|ListClusters)", 50, 20),
          new Group("ecs:(RunTask|StartTask|StopTask|ExecuteCommand)", 100, 40),
          new Group("ecs:(DescribeTasks|ListTasks)", 100, 20),
          new Group("ecs:(TagResource|UntagResource)", 20, 10),
          new Group("ecs:ListTagsForResource", 50, 20),
          new Group("elasticloadbalancing:Describe.*", 40, 10),
          // The two mutating rows are inferred from another controller's limits, not published.
          new Group("elasticloadbalancing:(Register|Deregister)Targets", 20, 4),
          new Group("elasticloadbalancing:.*", 20, 3),
          new Group("logs:(Create|Delete|Describe)LogGroups?", 5, 5),
          new Group("servicediscovery:DiscoverInstances", 2000, 1000),
          new Group("ec2:Describe.*", 100, 20),
          new Group("ec2:.*", 50, 5));

  private final Map<Group, Level> levels = new HashMap<>();

  /** Takes a token; false when the bucket is empty. The caller holds the endpoint's lock. */
  boolean take(String call, Instant now) {
    for (Group group : GROUPS) {
      if (group.calls.matcher(call).matches()) {
        Level before = levels.getOrDefault(group, new Level(group.burst, now));
        double refilled = Duration.between(before.at, now).toNanos() / 1e9 * group.perSecond;
        double tokens = Math.min(group.burst, before.tokens + refilled);
        boolean taken = tokens >= 1;
        levels.put(group, new Level(taken ? tokens - 1 : tokens, now));
        return taken;
      }
    }
    return true;
  }

  private static final class Group {
    private final Pattern calls;
    private final int burst;
    private final int perSecond;

    Group(String calls, int burst, int perSecond) {
      this.calls = Pattern.compile(calls);
      this.burst = burst;
      this.perSecond = perSecond;
    }
  }

  private record Level(double tokens, Instant at) {}
}
