package dev.fargate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final Instant FIRST = Instant.parse("2026-11-21T08:00:00Z");
  private static final Instant LATER = FIRST.plusSeconds(60);

  @Test
  void stalledAndReconcilingAreNeverBothThere() {
    List<Condition> built =
        new Conditions(List.of(), 1L, FIRST)
            .stalled(Reason.CONFLICT, null)
            .reconciling(Reason.CREATING, null)
            .build();
    assertThat(built).extracting(Condition::getType).containsExactly("Stalled");
  }

  @Test
  void theTransitionTimeStaysWhileTheStatusDoes() {
    var before =
        new Conditions(List.of(), 1L, FIRST)
            .isFalse(ConditionType.READY, Reason.CREATING, null)
            .build();
    var after =
        new Conditions(before, 2L, LATER)
            .isFalse(ConditionType.READY, Reason.ROLLING_OUT, null)
            .build();
    assertThat(after.get(0).getLastTransitionTime()).isEqualTo(FIRST.toString());
    assertThat(after.get(0).getObservedGeneration()).isEqualTo(2L);
  }

  @Test
  void theTransitionTimeMovesWithTheStatus() {
    var before =
        new Conditions(List.of(), 1L, FIRST)
            .isFalse(ConditionType.READY, Reason.CREATING, null)
            .build();
    var after =
        new Conditions(before, 1L, LATER)
            .isTrue(ConditionType.READY, Reason.AVAILABLE, null)
            .build();
    assertThat(after.get(0).getLastTransitionTime()).isEqualTo(LATER.toString());
  }

  @Test
  void aLongMessageIsCutToWhatTheSchemaTakes() {
    var built =
        new Conditions(List.of(), 1L, FIRST)
            .isTrue(ConditionType.READY, Reason.AVAILABLE, "x".repeat(5000))
            .build();
    assertThat(built.get(0).getMessage()).hasSizeLessThanOrEqualTo(1024);
  }

  @Test
  void aTextFromOutsideStaysOneLine() {
    var built =
        new Conditions(List.of(), 1L, FIRST)
            .isFalse(
                ConditionType.READY,
                Reason.CREATING,
                "a\n  Ready: True\u001b[2J\u202eb\u2028c\u0000")
            .build();
    assertThat(built.get(0).getMessage()).isEqualTo("a   Ready: True [2J b c");
  }

  @Test
  void everyReasonHasItsOwnWordAndASentence() {
    assertThat(Reason.values())
        .extracting(Reason::text)
        .doesNotHaveDuplicates()
        .allMatch(t -> t.matches("[A-Z][A-Za-z]+"));
    assertThat(Reason.values()).extracting(Reason::sentence).allMatch(s -> s.endsWith("."));
  }
}
