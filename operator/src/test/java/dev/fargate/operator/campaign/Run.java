package dev.fargate.operator.campaign;

import dev.fargate.local.aws.call.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** One run of a workload, with or without a fault. */
final class Run {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(45);

  /** What follows when all is at rest: old targets leave, Cloud Map forgets late. */
  private static final Duration AFTERWARDS = Duration.ofMinutes(3);

  /** How long a run may take to come to what the undisturbed one came to. */
  private static final int MORE_TIMES = 8;

  private static final Duration TEN_PERIODS = Duration.ofMinutes(10);

  private static final Map<String, Recorded> UNDISTURBED = new ConcurrentHashMap<>();

  private final Workload workload;

  /** What others have, as it was before. */
  private List<String> foreign;

  private Run(Workload workload) {
    this.workload = workload;
  }

  /**
   * The undisturbed run.
   *
   * @param sites all calls and events of its steps, in order
   * @param transcript what it did, for people
   */
  record Recorded(Picture end, List<Site> sites, String transcript) {}

  /** Recorded once. */
  static Recorded undisturbed(Workload workload) {
    return UNDISTURBED.computeIfAbsent(workload.name(), name -> new Run(workload).record());
  }

  /** One plan alone. Null when it ends as the undisturbed run; else what is wrong. */
  static String replay(Plan plan) {
    Workload workload = Workloads.named(plan.workload());
    return with(plan, workload, undisturbed(workload));
  }

  /** Null when the plan ends as the undisturbed run; else what is wrong. */
  static String with(Plan plan, Workload workload, Recorded undisturbed) {
    try {
      return new Run(workload).go(plan, undisturbed.end(), undisturbed.sites());
    } catch (RuntimeException | AssertionError failed) {
      java.io.StringWriter trace = new java.io.StringWriter();
      failed.printStackTrace(new java.io.PrintWriter(trace));
      return "  " + trace;
    }
  }

  private Recorded record() {
    try (CampaignWorld world = new CampaignWorld(new Disturbance(null))) {
      Stage stage = begin(world);
      Instant began = world.now();
      workload.steps().accept(stage);
      if (!world.runUntil(LONG_ENOUGH, stage::settled)) {
        throw new AssertionError(workload + " does not settle undisturbed\n" + stage.describe());
      }
      world.run(AFTERWARDS);
      Picture end = Picture.of(world);
      String transcript =
          Transcript.of(
              began, world.disturbance.writes(), world.cluster.history(), world.cluster.events());
      List<Site> sites = List.copyOf(world.disturbance.sites());
      List<String> problems = problems(world);
      problems.addAll(Foreign.touched(foreign, end.aws()));
      problems.addAll(quiet(world));
      // What the next process does not know yet is no reason to write.
      world.restart();
      problems.addAll(quiet(world));
      if (!problems.isEmpty()) {
        throw new AssertionError(workload + " undisturbed:\n" + String.join("\n", problems));
      }
      return new Recorded(end, sites, transcript);
    }
  }

  private String go(Plan plan, Picture undisturbed, List<Site> sites) {
    boolean oneMore = Campaign.makesOneMore(plan);
    UnaryOperator<Picture> comparable = comparable(plan, oneMore);
    Picture wanted = comparable.apply(undisturbed);
    try (CampaignWorld world = new CampaignWorld(new Disturbance(plan))) {
      Stage stage = begin(world);
      workload.steps().accept(stage);
      Picture end = null;
      boolean asked = false;
      for (int i = 0;
          i < MORE_TIMES && (end == null || !comparable.apply(end).endsAs(wanted));
          i++) {
        if (end != null && plan.fault().isPerson() && !asked) {
          asked = stage.restartWhatEcsGaveUp();
        }
        world.runUntil(LONG_ENOUGH, () -> stage.settled() && world.disturbance.isOver());
        world.run(AFTERWARDS);
        end = Picture.of(world);
        end = asked ? end.withoutRestart() : end;
      }
      List<String> problems = problems(world);
      problems.addAll(Foreign.touched(foreign, end.aws()));
      if (plan.fault().isPages() && !writes(world.disturbance.sites()).equals(writes(sites))) {
        problems.add(
            "  pages have changed what was written: "
                + writes(world.disturbance.sites())
                + "\n  undisturbed it was: "
                + writes(sites));
      }
      if (!world.disturbance.fired()) {
        problems.add("the plan never came to its place");
      }
      boolean counts = !plan.fault().isPerson() && !workload.races() && !oneMore;
      String difference = comparable.apply(end).differenceFrom(wanted, counts);
      if (!difference.isEmpty()) {
        problems.add(difference + stage.describe());
      }
      problems.addAll(quiet(world));
      return problems.isEmpty() ? null : String.join("\n", problems);
    }
  }

  /** Leaves out of a picture what this plan leaves to chance. */
  private static UnaryOperator<Picture> comparable(Plan plan, boolean oneMore) {
    if (oneMore) {
      return Picture::withoutRevisionNumbers;
    }
    return switch (plan.fault()) {
      case PERSON_DELETES_RULE -> Picture::withoutPriorities;
      case PERSON_DELETES_LOGS -> Picture::withoutAdoption;
      default -> UnaryOperator.identity();
    };
  }

  /** What is written; how often, and in which order what does not wait for another, is chance. */
  private static SortedSet<String> writes(List<Site> sites) {
    return sites.stream()
        .filter(site -> site.isWrite() && !site.isKubernetes())
        .map(Site::call)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stage begin(CampaignWorld world) {
    foreign = world.asPerson(() -> Foreign.in(world));
    Stage stage = new Stage(world);
    workload.given().accept(stage);
    if (!world.cluster.objects().isEmpty()) {
      stage.settle();
    }
    world.disturbance.begin();
    return stage;
  }

  private static List<String> problems(CampaignWorld world) {
    List<String> problems = new ArrayList<>();
    problems.addAll(world.truth.lies());
    problems.addAll(world.unexpected);
    problems.addAll(world.disturbance.brokenLaws().stream().distinct().toList());
    return problems;
  }

  /** Ten periods in which nothing may be written on either side. */
  private static List<String> quiet(CampaignWorld world) {
    world.aws.calls().clear();
    int changes = world.cluster.history().size();
    world.run(TEN_PERIODS);
    List<String> problems = new ArrayList<>();
    world.aws.calls().writes().stream()
        .map(Call::name)
        .forEach(call -> problems.add("  a settled world was written to: " + call));
    world.cluster.history().stream()
        .skip(changes)
        .forEach(
            change ->
                problems.add("  a settled " + change.kind() + " " + change.key() + " was written"));
    return problems;
  }
}
