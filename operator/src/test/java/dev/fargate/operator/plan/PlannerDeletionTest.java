package dev.fargate.operator.plan;

import static dev.fargate.operator.plan.Scenes.delete;
import static dev.fargate.operator.plan.Scenes.only;
import static dev.fargate.operator.plan.Scenes.plan;
import static dev.fargate.operator.plan.Scenes.running;
import static dev.fargate.operator.plan.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.PlanOptions.Deletion;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deleting: late, backwards, and only as much as the policy says. */
class PlannerDeletionTest {
  @Test
  void scalingGoesFirstThenTheServiceAndAllThatItsTasksUseWaitsForIt() {
    SimulatedAws aws = running(spec -> spec.autoscaling = Apps.scaling(1, 4, 600));
    Plan plan = delete(aws, Apps.options());

    assertThat(steps(plan).subList(0, 4))
        .containsExactly(
            "DELETE ScalingPolicy/cpu",
            "DELETE ScalingPolicy/requests",
            "DELETE ScalableTarget/count",
            "DELETE Service/service");
    assertThat(plan.actions().subList(4, plan.actions().size()))
        .isNotEmpty()
        .allMatch(action -> "the service to become INACTIVE".equals(action.waitingFor()));
    Action service = only(plan, Verb.DELETE, Kind.SERVICE);
    assertThat(service.after()).contains(only(plan, Verb.DELETE, Kind.SCALABLE_TARGET).actionId());
    assertThat(service.waitingFor()).isNull();
  }

  @Test
  void aDrainingServiceIsWaitedFor() {
    SimulatedAws aws = running();
    aws.carryOut(delete(aws, Apps.options()));
    Plan plan = delete(aws, Apps.options());

    assertThat(only(plan, Verb.DELETE, Kind.SERVICE).waitingFor())
        .isEqualTo("AWS to finish deleting Service/service");
    assertThat(plan.actions()).allMatch(action -> action.waitingFor() != null);
    aws.settle();
    assertThat(delete(aws, Apps.options()).actions())
        .isNotEmpty()
        .allMatch(action -> action.waitingFor() == null);
  }

  @ParameterizedTest
  @EnumSource(names = {"LISTENER_RULE", "SECURITY_GROUP_RULE"})
  void whatIsReferredToGoesAfterWhatRefers(Kind referring) {
    SimulatedAws aws = running();
    aws.resources.removeIf(resource -> resource.actual().id().kind() == Kind.SERVICE);
    Plan plan = delete(aws, Apps.options());

    Kind referred = referring == Kind.LISTENER_RULE ? Kind.TARGET_GROUP : Kind.SECURITY_GROUP;
    assertThat(only(plan, Verb.DELETE, referred).after())
        .contains(only(plan, Verb.DELETE, referring).actionId());
  }

  @Test
  void retainLeavesEverythingAndListsIt() {
    SimulatedAws aws = running();
    Plan plan = delete(aws, PlanOptions.of(Deletion.RETAIN, 0));

    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.kept()).hasSameSizeAs(aws.resources);
    assertThat(PlanText.of(plan)).contains("Kept: Service/service arn:Service/");
  }

  @Test
  void aDatabasesRetainKeepsItsCredentialsAndStopsTheRest() {
    SimulatedAws aws = running();
    Plan plan = delete(aws, PlanOptions.of(Deletion.RETAIN_DATA, 0));

    assertThat(plan.kept())
        .extracting(kept -> kept.actual().id().kind())
        .containsExactly(Kind.SECRET);
    assertThat(steps(plan)).contains("DELETE Service/service").doesNotContain("DELETE Secret/env");
  }

  @Test
  void retainSaysNothingAboutWhatLeavesTheSpec() {
    SimulatedAws aws = running();
    Plan plan =
        Planner.plan(
            Apps.stack(Apps.web(spec -> spec.privateDns = null)),
            aws.observed(),
            PlanOptions.of(Deletion.RETAIN, 2));
    assertThat(steps(plan)).contains("DELETE DiscoveryService/dns");
  }

  @Test
  void aLogGroupMarkedToBeKeptOutlivesItsApp() {
    SimulatedAws aws =
        running(
            spec -> {
              spec.logs = new Logs();
              spec.logs.keepOnDelete = true;
            });
    Plan plan = delete(aws, Apps.options());
    assertThat(plan.kept())
        .extracting(kept -> kept.actual().id().kind())
        .containsExactly(Kind.LOG_GROUP);

    Plan unmarked = plan(aws, spec -> {});
    assertThat(steps(unmarked)).containsExactly("UPDATE LogGroup/logs");
    aws.carryOut(unmarked);
    assertThat(delete(aws, Apps.options()).kept()).isEmpty();
  }

  @Test
  void losingADatabaseOrItsCredentialsIsSaid() {
    SimulatedAws aws = running();
    Owner database = new Owner("tests", "FargateDatabase", "default", "web");
    Plan deleting = Planner.plan(Stack.empty(database), aws.observed(), Apps.options());
    assertThat(only(deleting, Verb.DELETE, Kind.SERVICE).losesData()).isTrue();
    assertThat(only(deleting, Verb.DELETE, Kind.SECRET).losesData()).isTrue();
    assertThat(only(delete(aws, Apps.options()), Verb.DELETE, Kind.SERVICE).losesData()).isFalse();

    Stack other =
        new Stack(
            database,
            Apps.stack(Apps.web()).tags(),
            Apps.stack(Apps.web(spec -> spec.image = "mongo:8")).resources());
    Plan rollout = Planner.plan(other, aws.observed(), Apps.options());
    assertThat(only(rollout, Verb.UPDATE, Kind.SERVICE).losesData()).isTrue();
  }

  @Test
  void whatTheOldTasksUseGoesOnlyWhenTheyHaveStopped() {
    SimulatedAws aws = running();
    Plan plan =
        plan(
            aws,
            spec -> {
              spec.privateDns = null;
              spec.env.clear();
            });
    for (Kind kind : Set.of(Kind.SECRET, Kind.DISCOVERY_SERVICE)) {
      Action delete = only(plan, Verb.DELETE, kind);
      assertThat(delete.waitingFor()).isEqualTo("the rollout of the service to complete");
      assertThat(delete.after()).contains(only(plan, Verb.UPDATE, Kind.SERVICE).actionId());
    }
  }

  /** One id for each revision: approving the deletion of one approves no other. */
  @Test
  void eachDeletionHasItsOwnId() {
    SimulatedAws aws = running();
    PlannerConvergenceTest.converge(aws, Apps.stack(Apps.web(spec -> spec.image = "web:2")));
    Plan plan = delete(aws, Apps.options());
    assertThat(plan.actionIds()).hasSameSizeAs(plan.actions());
  }

  @Test
  void aResourceThatIsTwiceThereGoesOnceTooOften() {
    SimulatedAws aws = running();
    ObservedResource group = aws.of(Kind.LOG_GROUP).get(0);
    Resource actual = group.actual();
    List<ObservedResource> twice = new ArrayList<>(aws.observed().resources());
    twice.add(
        new ObservedResource(
            new dev.fargate.operator.stack.LogGroup(actual.id(), "/fargate/older", 30, false),
            group.outputs(),
            group.tags(),
            group.ownership(),
            group.lifecycle(),
            null));
    Observed observed =
        new Observed(twice, Set.of(), aws.observed().listeners(), aws.observed().rollout());
    Plan plan = Planner.plan(Apps.stack(Apps.web()), observed, Apps.options());
    assertThat(plan.actions())
        .singleElement()
        .matches(action -> action.observed().actual().physicalName().equals("/fargate/older"));
  }
}
