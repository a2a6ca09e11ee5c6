package dev.fargate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scaling on what is measured: requests through the load balancer. */
class ScalingTest {
  /** Twice what one task is to have: 600 a minute are ten a second. */
  private static final int RATE = 20;

  private static final int CLIENTS = 4;

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
    world.edit(app -> app.getSpec().autoscaling.cpuPercent = null);
    world.untilReady();
    world.edit(app -> PhoenixWorld.bounds(app, 1, 2));
    assertThat(world.service().desiredCount()).isEqualTo(1);
    try (SteadyLoad load = new SteadyLoad(world.url(), CLIENTS, RATE)) {
      world.until("a second task serves", () -> world.healthyTargets().size() == 2);
      load.close();
      assertThat(load.failures()).isEmpty();
    }
    world.until("one task is left", () -> world.healthyTargets().size() == 1);
    world.untilReady();
  }
}
