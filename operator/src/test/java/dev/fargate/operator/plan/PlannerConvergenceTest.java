package dev.fargate.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever the spec was and becomes: carried out, a plan leads there, and then there is no plan.
 */
class PlannerConvergenceTest {
  /** The longest path, a replacement of a target group, has four waits. */
  private static final int ENOUGH = 12;

  /** Plans, carries out and lets time pass until nothing is left to do. */
  static void converge(SimulatedAws aws, Stack stack) {
    Set<String> approved = null;
    for (int pass = 0; pass < ENOUGH; pass++) {
      Plan plan = Planner.plan(stack, aws.observed(), Apps.options());
      if (approved == null) {
        approved = plan.actionIds();
      }
      assertThat(plan.isSubsetOf(approved))
          .as(() -> "only what the first plan has shown is planned: " + PlanText.of(plan))
          .isTrue();
      if (plan.isEmpty()) {
        return;
      }
      aws.carryOut(plan);
      aws.settle();
    }
    throw new AssertionError(
        "still planning: " + PlanText.of(Planner.plan(stack, aws.observed(), Apps.options())));
  }

  @Property(tries = 150)
  void everySpecIsReachedAndThenNothingIsPlanned(@ForAll("specs") Shape spec) {
    SimulatedAws aws = new SimulatedAws();
    converge(aws, spec.stack());
    assertThat(aws.census().keySet())
        .containsExactlyInAnyOrderElementsOf(
            spec.stack().resources().stream().map(r -> r.id().toString()).toList());
  }

  @Property(tries = 500)
  void everyChangeIsCarriedOutWithoutARequestUnanswered(
      @ForAll("specs") Shape before, @ForAll("specs") Shape after) {
    SimulatedAws aws = new SimulatedAws();
    converge(aws, before.stack());
    converge(aws, after.stack());
    assertThat(aws.unanswered).isEmpty();
    Set<String> there = new HashSet<>(aws.census().keySet());
    assertThat(there)
        .containsExactlyInAnyOrderElementsOf(
            after.stack().resources().stream().map(r -> r.id().toString()).toList());
  }

  @Property(tries = 250)
  void aSpecThatChangesAgainHalfWayIsReachedAllTheSame(
      @ForAll("specs") Shape before,
      @ForAll("specs") Shape between,
      @ForAll("specs") Shape after,
      @ForAll("passes") int passes) {
    SimulatedAws aws = new SimulatedAws();
    converge(aws, before.stack());
    for (int pass = 0; pass < passes; pass++) {
      aws.carryOut(Planner.plan(between.stack(), aws.observed(), Apps.options()));
      aws.settle();
    }
    converge(aws, after.stack());
  }

  @Property(tries = 100)
  void aRollbackLeavesWhatServesAloneUntilTheSpecChanges(
      @ForAll("specs") Shape before,
      @ForAll("specs") Shape broken,
      @ForAll("specs") Shape after,
      @ForAll("passes") int deployments) {
    SimulatedAws aws = new SimulatedAws();
    converge(aws, before.stack());
    for (int pass = 0; pass < ENOUGH; pass++) {
      aws.carryOut(Planner.plan(broken.stack(), aws.observed(), Apps.options()));
      if (aws.isRolling() && --deployments == 0) {
        aws.rollBack();
      }
      aws.settle();
    }
    Plan rest = Planner.plan(broken.stack(), aws.observed(), Apps.options());
    assertThat(rest.actions())
        .as(() -> "what is left only waits: " + PlanText.of(rest))
        .allMatch(action -> action.waitingFor() != null || waitsForAnother(rest, action));
    if (!Planner.plan(after.stack(), aws.observed(), Apps.options()).givenUp()) {
      converge(aws, after.stack());
    }
  }

  private static boolean waitsForAnother(Plan plan, Action action) {
    return plan.actions().stream()
        .filter(other -> action.after().contains(other.actionId()))
        .anyMatch(other -> other.waitingFor() != null || waitsForAnother(plan, other));
  }

  @Property(tries = 100)
  void deletingRemovesEverything(@ForAll("specs") Shape spec) {
    SimulatedAws aws = new SimulatedAws();
    converge(aws, spec.stack());
    converge(aws, Stack.empty(Apps.OWNER));
    assertThat(aws.resources).isEmpty();
  }

  @Property(tries = 100)
  void deletingGoesBackwards(@ForAll("specs") Shape spec) {
    SimulatedAws aws = new SimulatedAws();
    converge(aws, spec.stack());
    Plan plan = Planner.plan(Stack.empty(Apps.OWNER), aws.observed(), Apps.options());
    List<Kind> order = plan.actions().stream().map(action -> action.id().kind()).toList();
    List<Kind> sorted = new ArrayList<>(order);
    // The service goes as soon as its scaling has; what it needs follows.
    sorted.sort((a, b) -> Integer.compare(b.ordinal(), a.ordinal()));
    assertThat(order).isEqualTo(sorted);
    assertThat(plan.actions()).allMatch(action -> action.verb() == Verb.DELETE);
  }

  @Property(tries = 100)
  void theOrderOfAwssAnswersMakesNoDifference(
      @ForAll("specs") Shape before, @ForAll("specs") Shape after, @ForAll Random random) {
    SimulatedAws aws = new SimulatedAws();
    converge(aws, before.stack());
    Plan plan = Planner.plan(after.stack(), aws.observed(), Apps.options());
    List<dev.fargate.operator.stack.Resource> shuffled = new ArrayList<>(after.stack().resources());
    java.util.Collections.shuffle(shuffled, random);
    Stack stack = new Stack(Apps.OWNER, after.stack().tags(), shuffled);
    Plan other = Planner.plan(stack, aws.observed(random), Apps.options());
    assertThat(other.actions()).isEqualTo(plan.actions());
    assertThat(other.hash()).isEqualTo(plan.hash());
  }

  @Provide
  Arbitrary<Integer> passes() {
    return Arbitraries.integers().between(1, 4);
  }

  @Provide
  Arbitrary<Shape> specs() {
    return Combinators.combine(
            Arbitraries.of(8080, 9090),
            Arbitraries.of("", "web", "site", "web+admin"),
            Arbitraries.of("web:1", "web:2"),
            Arbitraries.of(0, 1, 2),
            Arbitraries.of("web", "www", ""),
            Arbitraries.of(true, false),
            Arbitraries.of(1, 2),
            Arbitraries.of(false, false, true))
        .as(Shape::new);
  }

  /**
   * @param minimum of the autoscaling; 0 for none
   * @param dns empty for none
   */
  record Shape(
      int port,
      String ingresses,
      String image,
      int minimum,
      String dns,
      boolean secret,
      int replicas,
      boolean suspend) {
    Stack stack() {
      FargateAppSpec spec = Apps.web();
      spec.image = image;
      spec.replicas = replicas;
      spec.suspend = suspend;
      spec.ports.clear();
      spec.ports.add(Apps.port("http", port));
      if (ingresses.endsWith("admin")) {
        spec.ports.add(Apps.port("admin", 7070));
      }
      spec.ingresses.clear();
      if (!ingresses.isEmpty()) {
        String first = ingresses.split("\\+")[0];
        spec.ingresses.add(Apps.ingress(first, "http", "web.example.com", "/*"));
      }
      if (ingresses.endsWith("admin")) {
        spec.ingresses.add(Apps.ingress("admin", "admin", "web.example.com", "/admin/*"));
      }
      if (minimum > 0) {
        spec.autoscaling = Apps.scaling(minimum, 4, ingresses.isEmpty() ? null : 600);
      }
      spec.privateDns = dns.isEmpty() ? null : Apps.dns(dns);
      if (!secret) {
        spec.env.clear();
      }
      return Apps.stack(spec);
    }
  }
}
