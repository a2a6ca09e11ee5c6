package dev.fargate.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.plan.Rollout.Shift;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ECS's own words say of a rollout. */
class RolloutTest {
  @ParameterizedTest
  @CsvSource({
    "SCALE_UP, false, false",
    "POST_SCALE_UP, false, false",
    "PRODUCTION_TRAFFIC_SHIFT, true, false",
    "POST_PRODUCTION_TRAFFIC_SHIFT, true, true",
    "BAKE_TIME, true, true",
    "CLEAN_UP, true, true",
    ", false, false"
  })
  void theStageTellsWhereTheTrafficIs(String stage, boolean some, boolean all) {
    Shift shift = new Shift("arn:deployment", "IN_PROGRESS", stage);
    assertThat(shift.hasTraffic()).isEqualTo(some);
    assertThat(shift.isShifted()).isEqualTo(all);
  }

  @Test
  void onlyInARollbackTheTrafficHasGoneBack() {
    assertThat(new Shift("arn:deployment", "ROLLBACK_IN_PROGRESS", null).isGivenBack()).isTrue();
    assertThat(new Shift("arn:deployment", "IN_PROGRESS", null).isGivenBack()).isFalse();
    assertThat(new Shift("arn:deployment", null, null).isGivenBack()).isFalse();
  }

  @Test
  void aServiceThatIsAskedForNoTaskWantsNone() {
    assertThat(rollout(0).wantsNone()).isTrue();
    assertThat(rollout(1).wantsNone()).isFalse();
  }

  private static Rollout rollout(int desired) {
    return new Rollout("ACTIVE", desired, 1, 0, List.of(), List.of(), List.of(), List.of());
  }
}
