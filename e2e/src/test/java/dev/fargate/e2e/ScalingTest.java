package dev.fargate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.AlarmStatistic;
import dev.fargate.api.v1alpha1.FargateApp;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;

/** Scaling on what is measured: requests through the load balancer, and the tasks' own CPU. */
@Tag("any-kubernetes")
class ScalingTest {
  /** Twice what one task is to have: 600 a minute are ten a second. */
  private static final int RATE = 20;

  /**
   * Six a second are 360 a minute, well below the 600 that a task is to have: only the CPU is high.
   * More than the one worker of the server can do, so that it always works; fewer clients than its
   * queue has places, so that none is refused.
   */
  private static final int CERTIFICATE_RATE = 6;

  private static final int CLIENTS = 4;

  /** As in the sample. */
  private static final int CPU_PERCENT = 70;

  private static final int REQUESTS_PER_MINUTE = 600;

  private static final int LOW_PERCENT = 40;

  private static PhoenixWorld world;

  @BeforeAll
  static void start() {
    world = PhoenixWorld.ofProcesses().untilReady();
  }

  @AfterAll
  static void end() {
    if (world != null) {
      world.close();
    }
  }

  @Test
  void moreRequestsThanATaskIsToHaveScaleOutAndQuietScalesIn() {
    scaleOn(null, REQUESTS_PER_MINUTE);
    scalesOutUnder(
        new SteadyLoad(world.url(), CLIENTS, RATE), MetricType.ALB_REQUEST_COUNT_PER_TARGET);
    world.until("one task is left", () -> world.healthyTargets().size() == 1);
    world.untilReady();
  }

  @Test
  void workOnCertificatesScalesOutByTheTasksCpuAndQuietScalesIn() {
    scaleOn(CPU_PERCENT, REQUESTS_PER_MINUTE);
    scalesOutUnder(
        new SteadyLoad(world.url().resolve("/generatecert"), CLIENTS, CERTIFICATE_RATE),
        MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION);
    world.until("one task is left", () -> world.healthyTargets().size() == 1);
    world.untilReady();
  }

  /**
   * Whatever else the machine does: a tenth of a core is as much as this, and idle is far below.
   */
  @Test
  void workOnCertificatesRaisesTheAlarmWhichTheTopicAndTheObjectTellUntilItIsQuietAgain() {
    world.edit(
        app -> {
          PhoenixWorld.bounds(app, 1, 1);
          Alarm peak = alarm(app);
          peak.thresholdPercent = LOW_PERCENT;
          peak.statistic = AlarmStatistic.AVERAGE;
          peak.evaluationPeriods = 1;
        });
    world.untilReady();
    try (Mailbox mailbox =
        new Mailbox(world.account, world.environment().getSpec().defaults.topicArn)) {
      world.until("the alarm is quiet", () -> told().equals("True"));
      try (SteadyLoad load =
          new SteadyLoad(world.url().resolve("/generatecert"), CLIENTS, CERTIFICATE_RATE)) {
        world.until("the topic tells the peak", () -> mailbox.has("/cpu-peak", "ALARM"));
        world.until("the object tells it", () -> told().equals("False"));
        load.close();
      }
      assertThat(PhoenixWorld.isReady(world.app())).isTrue();
      assertThat(world.events("phoenix"))
          .anyMatch(event -> event.startsWith("AlarmRaised: Alarm cpu-peak is raised"));
      mailbox.clear();
      world.until("the topic tells that it is over", () -> mailbox.has("/cpu-peak", "OK"));
      world.until("the object tells it", () -> told().equals("True"));
    }
  }

  private static Alarm alarm(FargateApp app) {
    return app.getSpec().alarms.stream()
        .filter(alarm -> alarm.name.equals("cpu-peak"))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The condition AlarmsQuiet after a look that is asked for: the next sweep may be a minute off.
   */
  private static String told() {
    world.askForALook();
    return world.app().getStatus().conditions.stream()
        .filter(condition -> condition.getType().equals("AlarmsQuiet"))
        .map(Condition::getStatus)
        .findFirst()
        .orElse("");
  }

  /** From one to two tasks. A task that has just started may be busy enough to get a second one. */
  private static void scaleOn(Integer cpuPercent, Integer requestsPerMinutePerTask) {
    world.edit(
        app -> {
          app.getSpec().autoscaling.cpuPercent = cpuPercent;
          app.getSpec().autoscaling.requestsPerMinutePerTask = requestsPerMinutePerTask;
          PhoenixWorld.bounds(app, 1, 2);
        });
    world.untilReady();
    world.until(
        "one task serves, and no more are wanted",
        () -> world.healthyTargets().size() == 1 && world.service().desiredCount() == 1);
  }

  private static void scalesOutUnder(SteadyLoad load, MetricType because) {
    int before = world.account.scalingCauses(world.service()).size();
    try (load) {
      world.until("a second task serves", () -> world.healthyTargets().size() == 2);
      load.close();
      assertThat(load.failures()).isEmpty();
    }
    List<String> causes = world.account.scalingCauses(world.service());
    assertThat(causes).hasSizeGreaterThan(before);
    assertThat(causes.get(causes.size() - 1 - before))
        .contains("AlarmHigh", world.account.policyName(world.service(), because));
  }
}
