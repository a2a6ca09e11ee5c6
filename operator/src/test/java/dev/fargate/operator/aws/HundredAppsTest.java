package dev.fargate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.local.aws.call.Call;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A hundred apps and a database on AWS's published request rates. One sweep of a minute costs about
 * fifty calls, where one call per thing would be a thousand.
 */
class HundredAppsTest {
  private static final int APPS = 100;

  /** Calls per sweep where it is more than one, and how that comes about. */
  private static final Map<String, Integer> BUDGET =
      Map.ofEntries(
          Map.entry("ecs:DescribeServices", 11), // 101 services, ten per call
          Map.entry("ecs:ListServices", 2), // pages of a hundred
          Map.entry(
              "elasticloadbalancing:DescribeTargetGroupAttributes",
              15), // no batch; every ten minutes
          Map.entry("ec2:DescribeSecurityGroupRules", 2), // 102 groups, a hundred per call
          Map.entry("logs:DescribeLogGroups", 3),
          // No batch: one per mount target, and the database has one in each of two zones.
          Map.entry("elasticfilesystem:DescribeMountTargetSecurityGroups", 2),
          Map.entry(
              "ec2:DescribeSubnets", 2), // the environment looks up its subnets // pages of fifty
          Map.entry("application-autoscaling:DescribeScalableTargets", 2), // pages of fifty
          // Pages of fifty here; AWS may give ten, then it is twenty.
          Map.entry("application-autoscaling:DescribeScalingPolicies", 4),
          // Twenty per call; each kind's oldest forty are read anew.
          Map.entry("elasticloadbalancing:DescribeTags", 9),
          // Kept for half an hour, too: log groups, Cloud Map, scaling targets one by one.
          Map.entry("servicediscovery:ListTagsForResource", 3),
          // One per vault and per plan.
          Map.entry("backup:ListTags", 2),
          Map.entry("logs:ListTagsForResource", 10),
          // Three hundred alarms, a hundred per call; their tags likewise are kept for half an
          // hour: ten per sweep, more in the minutes in which those come round that were made
          // together.
          Map.entry("monitoring:DescribeAlarms", 3),
          Map.entry("monitoring:ListTagsForResource", 15),
          Map.entry("application-autoscaling:ListTagsForResource", 10));

  /** All of them together: see the class's own comment. */
  private static final int CALLS_PER_SWEEP = 96;

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void comeUpWithinAwsRatesAndAreSweptInBatches() {
    world.aws.faults().throttleAsAws(true);
    world.applyPhoenix();
    world.apps.clear();
    for (int i = 0; i < APPS; i++) {
      world.put(app(i));
    }

    world.untilAllReady();

    assertThat(world.aws.calls().matching(call -> call.error().orElse("").contains("Throttl")))
        .extracting(Call::name)
        .isEmpty();
    world.goOn(Duration.ofMinutes(12));
    Map<String, Integer> perSweep = callsOfOneSweep();
    assertThat(perSweep)
        .allSatisfy(
            (call, count) -> assertThat(count).isLessThanOrEqualTo(BUDGET.getOrDefault(call, 1)));
    // The true average: each call's own, above, is rounded up, and when which tags are read anew
    // depends on the names.
    int all = world.aws.calls().counts().values().stream().mapToInt(Integer::intValue).sum();
    int sweeps = world.aws.calls().count("ecs:DescribeClusters");
    assertThat(all / (double) sweeps).isLessThan(CALLS_PER_SWEEP);
    theNextOperatorFindsAllOfIt();
    var environment = world.environments.get("phoenix").getStatus();
    assertThat(environment.users).as("a help; the count is the truth").hasSize(50);
    assertThat(environment.userCount).isGreaterThanOrEqualTo(APPS);
  }

  /** Also what stands on the second page of a list. */
  private void theNextOperatorFindsAllOfIt() {
    world.restart();
    world.aws.calls().clear();
    world.goOn(Duration.ofMinutes(3));
    assertThat(world.aws.calls().writes()).extracting(Call::name).isEmpty();
    world.untilAllReady();
  }

  /** The average of ten minutes in which nothing happens. */
  private Map<String, Integer> callsOfOneSweep() {
    world.aws.calls().clear();
    world.goOn(Duration.ofMinutes(10));
    int sweeps = world.aws.calls().count("ecs:DescribeClusters");
    Map<String, Integer> average = new TreeMap<>();
    world
        .aws
        .calls()
        .counts()
        .forEach((call, count) -> average.put(call, (count + sweeps - 1) / sweeps));
    return average;
  }

  private static FargateApp app(int number) {
    FargateApp app = World.sample("phoenix/app.yaml", FargateApp.class);
    app.getMetadata().setName("app-" + number);
    // AWS takes 60 rules in a security group: no hundred apps share one database.
    app.getSpec().env.removeIf(variable -> variable.valueFrom != null);
    app.getSpec().ingresses.get(0).hosts.add("app-" + number + ".example.com");
    return app;
  }
}
