package dev.fargate.local.aws.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.autoscaling.TargetTracking.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTrackingTest {
  @ParameterizedTest
  @CsvSource({"1,140,70,2", "3,60,60,3", "2,71,70,3", "4,10,70,1", "5,0,70,0", "3,20,60,1"})
  void capacityBringsTheMetricToTheTarget(int running, double metric, double target, int expected) {
    assertThat(TargetTracking.capacity(running, metric, target)).isEqualTo(expected);
  }

  @Test
  void threePeriodsAboveTheTargetAreHigh() {
    assertThat(signal(minutes(12, 10), minutes(3, 71))).isEqualTo(Signal.HIGH);
    assertThat(signal(minutes(13, 10), minutes(2, 71))).isEqualTo(Signal.NONE);
    assertThat(signal(minutes(12, 10), minutes(3, 70))).isEqualTo(Signal.NONE);
  }

  @Test
  void fifteenPeriodsATenthBelowTheTargetAreLow() {
    assertThat(signal(minutes(15, 62))).isEqualTo(Signal.LOW);
    assertThat(signal(minutes(15, 63))).isEqualTo(Signal.NONE);
    assertThat(signal(minutes(1, 65), minutes(14, 10))).isEqualTo(Signal.NONE);
  }

  @Test
  void missingDataIsNeitherHighNorLow() {
    List<OptionalDouble> none = Collections.nCopies(1, OptionalDouble.empty());
    assertThat(signal(none, minutes(14, 10))).isEqualTo(Signal.NONE);
    assertThat(signal(minutes(14, 90), none)).isEqualTo(Signal.NONE);
  }

  private static List<OptionalDouble> minutes(int count, double value) {
    return Collections.nCopies(count, OptionalDouble.of(value));
  }

  @SafeVarargs
  private static Signal signal(List<OptionalDouble>... parts) {
    List<OptionalDouble> values = new ArrayList<>();
    for (List<OptionalDouble> part : parts) {
      values.addAll(part);
    }
    return TargetTracking.signal(values, 70);
  }
}
