package dev.fargate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.Golden;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
  /** Fixed, so that what fails once fails again; another one tries other plans. */
  private static final long SEED = Long.getLong("campaign.seed", 20261121);

  /** Whether it takes so long that people want to see how far it is. */
  private static final boolean LONG = System.getProperty("campaign") != null;

  private static final List<String> REPORT = new ArrayList<>();
  private static final Campaign CAMPAIGN = new Campaign();

  @TestFactory
  Stream<DynamicTest> anUndisturbedRunDoesAndSaysWhatIsWrittenDown() {
    return chosen().stream()
        .map(
            workload ->
                DynamicTest.dynamicTest(
                    workload.name(),
                    () ->
                        Golden.assertText(
                            "campaign/transcripts/" + workload + ".txt",
                            CAMPAIGN.transcript(workload))));
  }

  @TestFactory
  Stream<DynamicTest> aFaultAtAnyCallLeavesWhatAnUndisturbedRunLeaves() {
    String replay = System.getProperty("campaign.replay");
    if (replay != null) {
      Plan plan = Plan.parse(replay);
      return Workloads.ALL.stream()
          .filter(workload -> workload.name().equals(plan.workload()))
          .map(
              workload ->
                  DynamicTest.dynamicTest(
                      replay, () -> check(CAMPAIGN.run(workload, List.of(plan)))));
    }
    List<Workload> workloads = chosen();
    switch (System.getProperty("campaign", "chosen")) {
      case "distinct":
        return workloads.stream()
            .map(workload -> test(workload, () -> slice(CAMPAIGN.distinct(workload))));
      case "all":
        return workloads.stream()
            .map(workload -> test(workload, () -> slice(CAMPAIGN.all(workload))));
      default:
        break;
    }
    Choice choice = new Choice(SEED);
    REPORT.add("campaign.seed=" + SEED);
    Stream<DynamicTest> tests =
        IntStream.range(0, workloads.size())
            .mapToObj(
                i ->
                    test(
                        workloads.get(i),
                        () ->
                            choice.of(
                                CAMPAIGN.distinct(workloads.get(i)), turns(i, workloads.size()))));
    DynamicTest everyKind =
        DynamicTest.dynamicTest(
            "every kind of fault was met", () -> assertThat(choice.missing()).isEmpty());
    return workloads.size() == Workloads.ALL.size()
        ? Stream.concat(tests, Stream.of(everyKind))
        : tests;
  }

  private static List<Workload> chosen() {
    String only = System.getProperty("campaign.workload", ".*");
    return Workloads.ALL.stream().filter(workload -> workload.name().matches(only)).toList();
  }

  /** This workload's part of them, as even as can be. */
  private static int turns(int workload, int workloads) {
    return (workload + 1) * Choice.IN_TURN / workloads - workload * Choice.IN_TURN / workloads;
  }

  /** {@code -Dcampaign.slice=3/20}: every twentieth plan, from the fourth on. */
  private static List<Plan> slice(List<Plan> all) {
    String only = System.getProperty("campaign.plan", ".*");
    List<Plan> plans = all.stream().filter(plan -> plan.toString().matches(only)).toList();
    String[] slice = System.getProperty("campaign.slice", "0/1").split("/");
    int every = Integer.parseInt(slice[1]);
    return IntStream.range(0, plans.size())
        .filter(i -> i % every == Integer.parseInt(slice[0]))
        .mapToObj(plans::get)
        .toList();
  }

  private static DynamicTest test(Workload workload, Supplier<List<Plan>> plans) {
    return DynamicTest.dynamicTest(
        workload.name(),
        () -> {
          long start = System.nanoTime();
          Campaign.Result result = CAMPAIGN.run(workload, plans.get());
          String line =
              result + ", " + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s";
          if (LONG) {
            System.out.println(line);
            result.failures().forEach(System.out::println);
          }
          REPORT.add(line);
          check(result);
        });
  }

  private static void check(Campaign.Result result) {
    assertThat(result.failures())
        .as(() -> "\n" + String.join("\n", result.failures()) + "\n")
        .isEmpty();
  }

  @AfterAll
  static void report() {
    REPORT.forEach(System.out::println);
  }
}
