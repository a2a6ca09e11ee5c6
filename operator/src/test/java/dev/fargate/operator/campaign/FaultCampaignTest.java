package dev.fargate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A fault at any call or event of any workload: what is there in the end, and how many things were
 * created and deleted, is what an undisturbed run leaves; the conditions told the truth meanwhile;
 * then nothing is written any more. See docs/campaigns.md.
 */
class FaultCampaignTest {
  /** What mvn verify has time for; the others by name, or all by -Dcampaign=full. */
  private static final String BY_DEFAULT = "create|new-image";

  private static final List<String> REPORT = new ArrayList<>();
  private static final Campaign CAMPAIGN = new Campaign();

  @TestFactory
  Stream<DynamicTest> aFaultAtAnyCallLeavesWhatAnUndisturbedRunLeaves() {
    String replay = System.getProperty("campaign.replay");
    if (replay != null) {
      Plan plan = Plan.parse(replay);
      return Workloads.ALL.stream()
          .filter(workload -> workload.name().equals(plan.workload()))
          .map(
              workload ->
                  DynamicTest.dynamicTest(replay, () -> check(CAMPAIGN.replay(workload, plan))));
    }
    boolean full = "full".equals(System.getProperty("campaign"));
    String only = System.getProperty("campaign.workload", full ? ".*" : BY_DEFAULT);
    return Workloads.ALL.stream()
        .filter(workload -> workload.name().matches(only))
        .map(
            workload ->
                DynamicTest.dynamicTest(
                    workload.name(),
                    () -> {
                      long start = System.nanoTime();
                      Campaign.Result result = CAMPAIGN.run(workload, full);
                      REPORT.add(
                          result
                              + ", "
                              + Duration.ofNanos(System.nanoTime() - start).toSeconds()
                              + " s");
                      check(result);
                    }));
  }

  private static void check(Campaign.Result result) {
    assertThat(result.failures())
        .as(() -> "\n" + String.join("\n", result.failures()) + "\n")
        .isEmpty();
  }

  @AfterAll
  static void report() {
    CAMPAIGN.close();
    REPORT.forEach(System.out::println);
  }
}
