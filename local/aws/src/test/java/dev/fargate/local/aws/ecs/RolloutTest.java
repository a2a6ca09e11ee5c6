package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.ecs.Rollout.Count;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RolloutTest {
  @Test
  void boundsAreRoundedTowardsSafety() {
    Rollout rollout = rollout(3, 50, 150, Count.NONE, Count.NONE, 0);
    assertThat(rollout.minHealthy()).isEqualTo(2);
    assertThat(rollout.maxTasks()).isEqualTo(4);
  }

  @Test
  void with100And200AllNewTasksStartAtOnceAndNoOldOneStops() {
    Rollout.Step step = rollout(2, 100, 200, Count.NONE, new Count(2, 0, 0), 0).next();
    assertThat(step.start()).isEqualTo(2);
    assertThat(step.stopsNothing()).isTrue();
  }

  @Test
  void oldTasksStopAsNewOnesGetHealthy() {
    Rollout.Step step = rollout(2, 100, 200, new Count(1, 1, 0), new Count(2, 0, 0), 0).next();
    assertThat(step.start()).isZero();
    assertThat(step.stopOldHealthy()).isEqualTo(1);
  }

  @Test
  void with50And100HalfOfTheOldTasksMakeWay() {
    Rollout.Step step = rollout(4, 50, 100, Count.NONE, new Count(4, 0, 0), 0).next();
    assertThat(step.start()).isZero();
    assertThat(step.stopOldHealthy()).isEqualTo(2);
    Rollout.Step next = rollout(4, 50, 100, Count.NONE, new Count(2, 0, 0), 2).next();
    assertThat(next.start()).isZero();
    assertThat(next.stopOldHealthy()).isZero();
    assertThat(next.stuck()).isFalse();
    assertThat(rollout(4, 50, 100, Count.NONE, new Count(2, 0, 0), 0).next().start()).isEqualTo(2);
  }

  @Test
  void desiredOneWith50And100IsStuck() {
    assertThat(rollout(1, 50, 100, Count.NONE, new Count(1, 0, 0), 0).next().stuck()).isTrue();
  }

  @Test
  void aFailedDeploymentStartsNothingAndLeavesTheOldTasksUnlessFewerAreDesired() {
    Count old = new Count(2, 0, 0);
    Rollout.Step step = rollout(2, 100, 200, Count.NONE, old, 0).whenHalted(true).next();
    assertThat(step.start()).isZero();
    assertThat(step.stopsNothing()).isTrue();

    Rollout.Step fewer = rollout(0, 100, 200, Count.NONE, old, 0).whenHalted(true).next();
    assertThat(fewer.stopOldHealthy()).isEqualTo(2);
  }

  @Property
  void theBoundsAreNeverBroken(
      @ForAll @IntRange(max = 8) int desired,
      @ForAll @IntRange(max = 100) int minimum,
      @ForAll @IntRange(min = 100, max = 200) int maximum,
      @ForAll @IntRange(max = 8) int healthy,
      @ForAll @IntRange(max = 4) int pending,
      @ForAll @IntRange(max = 8) int oldHealthy) {
    Rollout rollout =
        rollout(
            desired,
            minimum,
            maximum,
            new Count(healthy, pending, 0),
            new Count(oldHealthy, 0, 0),
            0);
    Rollout.Step step = rollout.next();
    int total = healthy + pending + oldHealthy;
    if (step.start() > 0) {
      assertThat(total + step.start()).isLessThanOrEqualTo(rollout.maxTasks());
    }
    if (step.stopOldHealthy() > 0) {
      assertThat(healthy + oldHealthy - step.stopOldHealthy())
          .isGreaterThanOrEqualTo(Math.min(rollout.minHealthy(), healthy + oldHealthy));
    }
    assertThat(step.stopOldHealthy()).isBetween(0, oldHealthy);
  }

  @Property
  void everyRolloutThatIsNotStuckEnds(
      @ForAll @IntRange(max = 10) int desired,
      @ForAll @IntRange(max = 100) int minimum,
      @ForAll @IntRange(min = 100, max = 250) int maximum,
      @ForAll @IntRange(max = 10) int oldHealthy) {
    int mine = 0;
    int old = oldHealthy;
    for (int i = 0; i < 100; i++) {
      Rollout.Step step =
          rollout(desired, minimum, maximum, new Count(mine, 0, 0), new Count(old, 0, 0), 0).next();
      if (step.stuck()) {
        assertThat(old).isPositive();
        assertThat(mine).isLessThan(desired);
        return;
      }
      mine += step.start() - step.stopSurplus();
      old -= step.stopOldHealthy();
    }
    assertThat(mine).isEqualTo(desired);
    assertThat(old).isZero();
  }

  private static Rollout rollout(
      int desired, int minimum, int maximum, Count primary, Count old, int stopping) {
    return Rollout.of(
        desired,
        new DeploymentSettings(
            maximum, minimum, false, false, DeploymentStrategy.ROLLING, DeploymentAlarms.NONE),
        primary,
        old,
        stopping);
  }
}
