package dev.fargate.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** The published rules of kstatus, one by one. */
class KstatusTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Kstatus.Result of(String metadata, String status) {
    try {
      return Kstatus.of(
          JSON.readTree("{\"metadata\":{" + metadata + "},\"status\":{" + status + "}}"));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String conditions(String... typeAndStatus) {
    StringBuilder text = new StringBuilder();
    for (String one : typeAndStatus) {
      String[] parts = one.split("=");
      text.append(text.isEmpty() ? "" : ",")
          .append("{\"type\":\"" + parts[0] + "\",\"status\":\"" + parts[1] + "\"}");
    }
    return "\"observedGeneration\":2,\"conditions\":[" + text + "]";
  }

  @Test
  void aDeletionTimestampComesBeforeEverything() {
    assertThat(
            of(
                "\"generation\":2,\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"",
                conditions("Stalled=True")))
        .isEqualTo(Kstatus.Result.TERMINATING);
  }

  @Test
  void anUnobservedGenerationComesBeforeTheConditions() {
    assertThat(of("\"generation\":3", conditions("Stalled=True")))
        .isEqualTo(Kstatus.Result.IN_PROGRESS);
  }

  @Test
  void reconcilingAndStalledComeBeforeReady() {
    assertThat(of("\"generation\":2", conditions("Ready=True", "Reconciling=True")))
        .isEqualTo(Kstatus.Result.IN_PROGRESS);
    assertThat(of("\"generation\":2", conditions("Ready=True", "Stalled=True")))
        .isEqualTo(Kstatus.Result.FAILED);
  }

  @Test
  void conditionsThatAreNotTrueSayNothing() {
    assertThat(
            of(
                "\"generation\":2",
                conditions("Reconciling=False", "Stalled=Unknown", "Ready=True")))
        .isEqualTo(Kstatus.Result.CURRENT);
  }

  @Test
  void readyDecidesWhenNothingElseDoes() {
    assertThat(of("\"generation\":2", conditions("Ready=True"))).isEqualTo(Kstatus.Result.CURRENT);
    assertThat(of("\"generation\":2", conditions("Ready=False")))
        .isEqualTo(Kstatus.Result.IN_PROGRESS);
    assertThat(of("\"generation\":2", conditions("Ready=Unknown")))
        .isEqualTo(Kstatus.Result.IN_PROGRESS);
  }

  /** The trap for a new object: that is why our definitions give status a default. */
  @Test
  void anObjectWithoutStatusCountsAsCurrent() {
    assertThat(of("\"generation\":1", "")).isEqualTo(Kstatus.Result.CURRENT);
    assertThat(of("\"generation\":1", "\"observedGeneration\":-1"))
        .isEqualTo(Kstatus.Result.IN_PROGRESS);
  }
}
