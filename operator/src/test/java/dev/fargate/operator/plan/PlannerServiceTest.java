package dev.fargate.operator.plan;

import static dev.fargate.operator.plan.Scenes.only;
import static dev.fargate.operator.plan.Scenes.plan;
import static dev.fargate.operator.plan.Scenes.running;
import static dev.fargate.operator.plan.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.AlarmMetric;
import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Secret;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The service, its revisions and its scaling. */
class PlannerServiceTest {
  @Test
  void anotherImageIsANewRevisionAndADeployment() {
    Plan plan = plan(running(), spec -> spec.image = "web:2");

    assertThat(steps(plan))
        .containsExactly("CREATE TaskDefinition/tasks", "UPDATE Service/service");
    Action update = only(plan, Verb.UPDATE, Kind.SERVICE);
    assertThat(update.startsDeployment()).isTrue();
    assertThat(update.after())
        .containsExactly(only(plan, Verb.CREATE, Kind.TASK_DEFINITION).actionId());
    assertThat(update.changes())
        .extracting(FieldChange::after)
        .containsExactly("(known after: TaskDefinition/tasks)");
  }

  @Test
  void goingBackToAnEarlierContentUsesItsRevision() {
    SimulatedAws aws = running();
    PlannerConvergenceTest.converge(aws, Apps.stack(Apps.web(spec -> spec.image = "web:2")));

    assertThat(steps(plan(aws, spec -> {}))).containsExactly("UPDATE Service/service");
  }

  @Test
  void replicasChangeInPlaceWithoutADeployment() {
    Action update = only(plan(running(), s -> s.replicas = 3), Verb.UPDATE, Kind.SERVICE);

    assertThat(update.startsDeployment()).isFalse();
    assertThat(update.changes()).extracting(FieldChange::field).containsExactly("count");
  }

  @Test
  void underAutoscalingTheCountIsNotOurs() {
    SimulatedAws aws = running(spec -> spec.autoscaling = Apps.scaling(1, 4, null));
    ObservedResource service = aws.service();
    aws.replace(service, SimulatedAws.with(service, scaledTo(service, 4), service.tags()));

    assertThat(plan(aws, spec -> spec.autoscaling = Apps.scaling(1, 4, null)).isEmpty()).isTrue();
    Plan bounds = plan(aws, spec -> spec.autoscaling = Apps.scaling(2, 8, null));
    assertThat(steps(bounds)).containsExactly("UPDATE ScalableTarget/count");
    assertThat(bounds.actions().get(0).startsDeployment()).isFalse();
  }

  @Test
  void withoutAutoscalingTheCountIsOursAgainOnceTheScalingIsGone() {
    SimulatedAws aws = running(spec -> spec.autoscaling = Apps.scaling(1, 4, null));
    ObservedResource service = aws.service();
    aws.replace(service, SimulatedAws.with(service, scaledTo(service, 4), service.tags()));
    Plan plan = plan(aws, spec -> {});

    assertThat(steps(plan))
        .containsExactly(
            "DELETE ScalingPolicy/cpu", "DELETE ScalableTarget/count", "UPDATE Service/service");
    assertThat(only(plan, Verb.UPDATE, Kind.SERVICE).after())
        .contains(only(plan, Verb.DELETE, Kind.SCALABLE_TARGET).actionId());
  }

  @Test
  void suspendingUnderAutoscalingTakesTheBoundsToZeroAndBack() {
    SimulatedAws aws = running(spec -> spec.autoscaling = Apps.scaling(2, 4, null));
    Plan suspend =
        plan(
            aws,
            spec -> {
              spec.autoscaling = Apps.scaling(2, 4, null);
              spec.suspend = true;
            });
    assertThat(steps(suspend)).containsExactly("UPDATE ScalableTarget/count");
    assertThat(suspend.actions().get(0).changes())
        .extracting(FieldChange::after)
        .containsExactly("0", "0");
  }

  @Test
  void eachNewWishForARestartIsOneDeployment() {
    SimulatedAws aws = running();
    Plan plan = plan(aws, spec -> spec.restartedAt = "2026-11-21T10:00:00Z");

    Action update = only(plan, Verb.UPDATE, Kind.SERVICE);
    assertThat(update.startsDeployment()).isTrue();
    assertThat(update.tags()).containsEntry("fargate.dev/restarted-at", "2026-11-21T10:00:00Z");
    aws.carryOut(plan);
    aws.settle();
    assertThat(plan(aws, spec -> spec.restartedAt = "2026-11-21T10:00:00Z").isEmpty()).isTrue();
    assertThat(plan(aws, spec -> {}).isEmpty()).as("taking the wish back").isTrue();
  }

  @Test
  void aChangedSecretIsANewVersionThenANewRevisionThenADeployment() {
    SimulatedAws aws = running();
    ObservedResource secret = aws.of(Kind.SECRET).get(0);
    Secret was = (Secret) secret.actual();
    Secret different = new Secret(was.id(), was.name(), was.sources(), Secret.Content.DIFFERENT);
    aws.replace(secret, SimulatedAws.with(secret, different, secret.tags()));
    Plan plan = plan(aws, spec -> {});

    assertThat(steps(plan))
        .containsExactly(
            "UPDATE Secret/env", "CREATE TaskDefinition/tasks", "UPDATE Service/service");
    assertThat(only(plan, Verb.CREATE, Kind.TASK_DEFINITION).after())
        .containsExactly(only(plan, Verb.UPDATE, Kind.SECRET).actionId());
    assertThat(PlanText.of(plan)).contains("(secret changed)");
    aws.carryOut(plan);
    aws.settle();
    assertThat(plan(aws, spec -> {}).isEmpty()).isTrue();
  }

  @Test
  void tasksStartOnlyWhenTheyMayReachWhatTheyNeed() {
    Plan plan = plan(new SimulatedAws(), spec -> {});
    assertThat(only(plan, Verb.CREATE, Kind.SERVICE).after())
        .contains(
            only(plan, Verb.CREATE, Kind.SECURITY_GROUP_RULE).actionId(),
            only(plan, Verb.CREATE, Kind.LISTENER_RULE).actionId());
  }

  @Test
  void requestsAreCountedOnlyOnceTheLoadBalancerForwards() {
    Plan plan = plan(new SimulatedAws(), s -> s.autoscaling = Apps.scaling(1, 4, 600));
    Action requests =
        plan.actions().stream()
            .filter(action -> action.id().name().equals("requests"))
            .findFirst()
            .orElseThrow();
    assertThat(requests.after())
        .contains(
            only(plan, Verb.CREATE, Kind.SCALABLE_TARGET).actionId(),
            only(plan, Verb.CREATE, Kind.LISTENER_RULE).actionId());
  }

  @Test
  void whatARollbackLeftIsNotTriedAgain() {
    SimulatedAws aws = running();
    Stack broken = Apps.stack(Apps.web(spec -> spec.image = "web:broken"));
    aws.carryOut(Planner.plan(broken, aws.observed(), Apps.options()));
    String failed = ((Service) aws.service().actual()).taskDefinitionArn().toString();
    aws.rollBack();

    Plan plan = Planner.plan(broken, aws.observed(), Apps.options());
    assertThat(steps(plan)).isEmpty();
    assertThat(plan.givenUp()).isTrue();
    assertThat(PlanText.of(plan)).contains("Given up: ECS has tried this and rolled back");

    aws.forgetHistory();
    Plan again = Planner.plan(broken, aws.observed(), Apps.options());
    assertThat(steps(again))
        .as("without any history it would be tried again")
        .containsExactly("UPDATE Service/service");
    assertThat(again.mayRetry()).as("so the history is asked first").isTrue();
    PlanOptions options = Apps.options().withFailedRevisions(Set.of(failed));
    assertThat(steps(Planner.plan(broken, aws.observed(), options))).isEmpty();
  }

  /** The note of what was tried is written after the update: the process may end in between. */
  @Test
  void aRollbackOfWhatNobodyHasNotedIsNotTriedAgain() {
    SimulatedAws aws = running();
    Stack broken = Apps.stack(Apps.web(spec -> spec.image = "web:broken"));
    var noted = aws.service().tags();
    aws.carryOut(Planner.plan(broken, aws.observed(), Apps.options()));
    aws.rollBack();
    aws.tagService(noted);

    Plan plan = Planner.plan(broken, aws.observed(), Apps.options());
    assertThat(steps(plan)).isEmpty();
    assertThat(plan.givenUp()).isTrue();

    Stack moved =
        Apps.stack(
            Apps.web(
                spec -> {
                  spec.image = "web:broken";
                  spec.network = new dev.fargate.api.v1alpha1.Network();
                  spec.network.assignPublicIp = true;
                }));
    Stack unlisted =
        Apps.stack(
            Apps.web(
                spec -> {
                  spec.image = "web:broken";
                  spec.privateDns = null;
                }));
    for (Stack another : List.of(moved, unlisted)) {
      Plan next = Planner.plan(another, aws.observed(), Apps.options());
      assertThat(only(next, Verb.UPDATE, Kind.SERVICE).touches("taskDefinitionArn")).isTrue();
      assertThat(next.mayRetry()).as("the history is asked first").isTrue();
    }
  }

  @Test
  void whatIsInPlaceIsStillChangedOnWhatServesAfterARollback() {
    SimulatedAws aws = running();
    aws.carryOut(plan(aws, spec -> spec.image = "web:broken"));
    String failed = ((Service) aws.service().actual()).taskDefinitionArn().toString();
    aws.rollBack();
    Plan scaled =
        plan(
            aws,
            spec -> {
              spec.image = "web:broken";
              spec.replicas = 3;
            });

    assertThat(scaled.mayRetry()).as("nothing is tried, so no history is asked").isFalse();
    Action inPlace = only(scaled, Verb.UPDATE, Kind.SERVICE);
    assertThat(inPlace.startsDeployment()).isFalse();
    assertThat(((Service) inPlace.desired()).taskDefinitionArn().toString()).isNotEqualTo(failed);
  }

  @Test
  void aRollbackOfTheSameRevisionOnAnotherNetworkIsNotTriedAgainEither() {
    SimulatedAws aws = running();
    Stack moved =
        Apps.stack(
            Apps.web(
                spec -> {
                  spec.network = new dev.fargate.api.v1alpha1.Network();
                  spec.network.assignPublicIp = true;
                }));
    Plan plan = Planner.plan(moved, aws.observed(), Apps.options());
    assertThat(steps(plan)).containsExactly("UPDATE Service/service");
    aws.carryOut(plan);
    aws.rollBack();

    Plan after = Planner.plan(moved, aws.observed(), Apps.options());
    assertThat(after.actions()).isEmpty();
    assertThat(after.givenUp()).isTrue();
    Plan back = plan(aws, spec -> {});
    assertThat(back.isEmpty()).isTrue();
    assertThat(back.givenUp()).isFalse();
  }

  @Test
  void aFailedDeploymentThatIsStillListedIsHistoryEnough() {
    SimulatedAws aws = running();
    Stack broken = Apps.stack(Apps.web(spec -> spec.image = "web:broken"));
    aws.carryOut(Planner.plan(broken, aws.observed(), Apps.options()));
    Rollout.Deployment primary = aws.observed().rollout().deployments().get(0);
    aws.rollBack();
    aws.forgetHistory();
    Observed observed = aws.observed();
    Rollout now = observed.rollout();
    Rollout.Deployment failed =
        new Rollout.Deployment(
            primary.id(),
            "ACTIVE",
            primary.taskDefinitionArn(),
            null,
            0,
            0,
            0,
            3,
            "FAILED",
            null,
            primary.createdAt(),
            primary.updatedAt());
    Rollout rollout =
        new Rollout(
            "ACTIVE",
            1,
            1,
            0,
            List.of(now.deployments().get(0), failed),
            List.of(),
            List.of(),
            List.of());
    Plan plan =
        Planner.plan(
            broken,
            new Observed(observed.resources(), Set.of(), observed.listeners(), rollout),
            Apps.options());
    assertThat(plan.givenUp()).isTrue();
    assertThat(steps(plan)).isEmpty();
  }

  @Test
  void anotherSpecARestartOrAnotherNetworkIsWorthAnotherTry() {
    SimulatedAws aws = running();
    aws.carryOut(plan(aws, spec -> spec.image = "web:broken"));
    String failed = ((Service) aws.service().actual()).taskDefinitionArn().toString();
    aws.rollBack();
    PlanOptions options = Apps.options().withFailedRevisions(Set.of(failed));

    Stack fixed = Apps.stack(Apps.web(spec -> spec.image = "web:fixed"));
    Stack restarted =
        Apps.stack(
            Apps.web(
                spec -> {
                  spec.image = "web:broken";
                  spec.restartedAt = "2026-11-21T10:00:00Z";
                }));
    Stack unlisted =
        Apps.stack(
            Apps.web(
                spec -> {
                  spec.image = "web:broken";
                  spec.privateDns = null;
                }));
    for (Stack stack : List.of(fixed, restarted, unlisted)) {
      Action update = only(Planner.plan(stack, aws.observed(), options), Verb.UPDATE, Kind.SERVICE);
      assertThat(update.touches("taskDefinitionArn")).isTrue();
    }
  }

  @Test
  void whatTheServingTasksUseStaysWhenTheirSuccessorHasFailed() {
    SimulatedAws aws = running();
    Stack moved =
        Apps.stack(
            Apps.web(
                spec -> {
                  spec.image = "web:broken";
                  spec.env.clear();
                }));
    aws.carryOut(Planner.plan(moved, aws.observed(), Apps.options()));
    String failed = ((Service) aws.service().actual()).taskDefinitionArn().toString();
    aws.rollBack();
    Plan plan =
        Planner.plan(moved, aws.observed(), Apps.options().withFailedRevisions(Set.of(failed)));

    assertThat(only(plan, Verb.DELETE, Kind.SECRET).waitingFor()).isNotNull();
    assertThat(plan.actions()).allMatch(action -> action.waitingFor() != null);
  }

  @Test
  void aDeregisteredRevisionIsNotUsedAgainAndStillDeleted() {
    SimulatedAws aws = running();
    ObservedResource revision = aws.of(Kind.TASK_DEFINITION).get(0);
    aws.replace(
        revision,
        Scenes.with(revision, ObservedResource.Ownership.OURS, ObservedResource.Lifecycle.FAILED));

    assertThat(steps(plan(aws, spec -> {}))).startsWith("CREATE TaskDefinition/tasks");
    assertThat(steps(Scenes.delete(aws, Apps.options()))).contains("DELETE TaskDefinition/tasks");
  }

  @Test
  void oldRevisionsGoBeyondTheLimitOnceTheNewOneServes() {
    SimulatedAws aws = running();
    for (int i = 2; i <= 3; i++) {
      String image = "web:" + i;
      PlannerConvergenceTest.converge(aws, Apps.stack(Apps.web(spec -> spec.image = image)));
    }
    assertThat(aws.of(Kind.TASK_DEFINITION)).hasSize(3);
    Plan plan = plan(aws, spec -> spec.image = "web:4");

    Action prune = only(plan, Verb.DELETE, Kind.TASK_DEFINITION);
    assertThat(prune.observed()).isEqualTo(aws.of(Kind.TASK_DEFINITION).get(0));
    assertThat(prune.waitingFor()).isEqualTo("the rollout of the service to complete");
    PlannerConvergenceTest.converge(aws, Apps.stack(Apps.web(spec -> spec.image = "web:4")));
    assertThat(aws.of(Kind.TASK_DEFINITION)).hasSize(3);
  }

  @Test
  void keptFailedAndServingRevisionsAreNeverPruned() {
    SimulatedAws aws = running();
    for (int i = 2; i <= 4; i++) {
      String image = "web:" + i;
      PlannerConvergenceTest.converge(aws, Apps.stack(Apps.web(spec -> spec.image = image)));
    }
    List<String> arns =
        aws.of(Kind.TASK_DEFINITION).stream().map(r -> r.outputs().get(Output.ARN)).toList();
    assertThat(arns).hasSize(3);
    PlanOptions none = PlanOptions.of(PlanOptions.Deletion.DELETE, 0);
    Stack stack = Apps.stack(Apps.web(spec -> spec.image = "web:4"));

    assertThat(steps(Planner.plan(stack, aws.observed(), none)))
        .containsExactly("DELETE TaskDefinition/tasks", "DELETE TaskDefinition/tasks");
    Plan guarded =
        Planner.plan(
            stack,
            aws.observed(),
            none.withKeptRevisions(Set.of(arns.get(0))).withFailedRevisions(Set.of(arns.get(1))));
    assertThat(steps(guarded)).isEmpty();
    Set<String> contents =
        aws.of(Kind.TASK_DEFINITION).stream()
            .map(ObservedResource::contentHash)
            .collect(Collectors.toSet());
    assertThat(steps(Planner.plan(stack, aws.observed(), none.withFailedRevisions(contents))))
        .as("by their content, too")
        .isEmpty();
    Stack back = Apps.stack(Apps.web(spec -> spec.image = "web:3"));
    assertThat(Planner.plan(back, aws.observed(), none).actions())
        .as("what is asked for again is not pruned before it serves")
        .noneMatch(
            action ->
                action.verb() == Verb.DELETE
                    && arns.get(1).equals(action.observed().outputs().get(Output.ARN)));
  }

  private static void registerAgain(SimulatedAws aws) {
    registerAgain(aws, aws.of(Kind.TASK_DEFINITION).get(0));
  }

  private static void registerAgain(SimulatedAws aws, ObservedResource revision) {
    String arn = revision.outputs().get(Output.ARN);
    aws.add(
        new ObservedResource(
            revision.actual(),
            Map.of(Output.ARN, arn.replaceAll(":[0-9]+$", ":99")),
            revision.tags(),
            revision.ownership(),
            revision.lifecycle(),
            revision.contentHash()));
  }

  @Test
  void ofTwoRevisionsOfOneContentTheOneThatServesStaysAndNothingIsDeployed() {
    SimulatedAws aws = running();
    registerAgain(aws);

    Plan plan = plan(aws, spec -> {});

    assertThat(steps(plan)).containsExactly("DELETE TaskDefinition/tasks");
    assertThat(plan.actions().get(0).observed().outputs().get(Output.ARN)).endsWith(":99");
  }

  @Test
  void ofTwoRevisionsOfOneContentThatFailedOneIsEnoughToKnowIt() {
    SimulatedAws aws = running();
    Stack broken = Apps.stack(Apps.web(spec -> spec.image = "web:broken"));
    aws.carryOut(Planner.plan(broken, aws.observed(), Apps.options()));
    ObservedResource failed = aws.of(Kind.TASK_DEFINITION).get(1);
    aws.rollBack();
    registerAgain(aws, failed);

    for (String known : List.of(failed.outputs().get(Output.ARN), failed.contentHash())) {
      PlanOptions options = Apps.options().withFailedRevisions(Set.of(known));
      Plan plan = Planner.plan(broken, aws.observed(), options);
      assertThat(steps(plan)).as(known).containsExactly("DELETE TaskDefinition/tasks");
      assertThat(plan.actions().get(0).waitingFor()).as("no rollout comes").isNull();
    }
  }

  /** Deregistered first, then deleted: a process may have ended between the two. */
  @Test
  void aRevisionWhoseDeletionWasInterruptedGoes() {
    SimulatedAws aws = running();
    PlannerConvergenceTest.converge(aws, Apps.stack(Apps.web(spec -> spec.image = "web:2")));
    ObservedResource old = aws.of(Kind.TASK_DEFINITION).get(0);
    ObservedResource deregistered =
        Scenes.with(old, ObservedResource.Ownership.OURS, ObservedResource.Lifecycle.FAILED);
    aws.replace(old, deregistered);

    Plan plan = plan(aws, spec -> spec.image = "web:2");

    assertThat(steps(plan)).containsExactly("DELETE TaskDefinition/tasks");
    assertThat(plan.actions().get(0).observed()).isEqualTo(deregistered);
    String arn = deregistered.outputs().get(Output.ARN);
    for (PlanOptions needed :
        List.of(
            Apps.options().withKeptRevisions(Set.of(arn)),
            Apps.options().withFailedRevisions(Set.of(arn)))) {
      Stack stack = Apps.stack(Apps.web(spec -> spec.image = "web:2"));
      assertThat(steps(Planner.plan(stack, aws.observed(), needed))).isEmpty();
    }
  }

  /** However long the service has to wait: for a host that another app has, say. */
  @Test
  void whereNoServiceRunsYetTheSecondRevisionOfOneContentNeedNotWaitForIt() {
    SimulatedAws aws = running();
    registerAgain(aws);
    aws.remove(aws.service());

    Plan plan = plan(aws, spec -> {});

    assertThat(steps(plan)).contains("CREATE Service/service");
    Action delete = only(plan, Verb.DELETE, Kind.TASK_DEFINITION);
    assertThat(delete.after()).isEmpty();
    assertThat(delete.waitingFor()).isNull();
  }

  private static Service scaledTo(ObservedResource observed, int count) {
    Service s = (Service) observed.actual();
    return new Service(
        s.id(),
        s.name(),
        s.clusterArn(),
        s.taskDefinitionArn(),
        new Service.Count(count, true),
        s.capacity(),
        s.network(),
        s.loadBalancers(),
        s.registries(),
        s.deployment(),
        s.healthCheckGracePeriodSeconds(),
        s.platformVersion(),
        s.propagateTags(),
        s.restartToken());
  }

  private static Service inCluster(ObservedResource observed, String cluster) {
    Service s = (Service) observed.actual();
    return new Service(
        s.id(),
        s.name(),
        Value.known(cluster),
        s.taskDefinitionArn(),
        s.count(),
        s.capacity(),
        s.network(),
        s.loadBalancers(),
        s.registries(),
        s.deployment(),
        s.healthCheckGracePeriodSeconds(),
        s.platformVersion(),
        s.propagateTags(),
        s.restartToken());
  }

  @Test
  void aServiceInAnotherClusterGoesOnceItsSuccessorIsThere() {
    SimulatedAws aws = running();
    ObservedResource service = aws.service();
    aws.replace(
        service,
        SimulatedAws.with(
            service, inCluster(service, "arn:aws:ecs:cluster/older"), service.tags()));
    Plan plan = plan(aws, spec -> {});

    Action create = only(plan, Verb.CREATE, Kind.SERVICE);
    Action delete = only(plan, Verb.DELETE, Kind.SERVICE);
    assertThat(create.waitingFor()).isNull();
    assertThat(delete.after()).contains(create.actionId());
    Observed now = aws.observed();
    List<ObservedResource> both = new ArrayList<>(now.resources());
    both.add(
        new ObservedResource(
            inCluster(service, "arn:aws:ecs:cluster/default"),
            Map.of(Output.ARN, "arn:service/new"),
            service.tags(),
            service.ownership(),
            service.lifecycle(),
            null));
    Plan starting =
        Planner.plan(
            Apps.stack(Apps.web()),
            new Observed(both, Set.of(), now.listeners(), null),
            Apps.options());
    assertThat(only(starting, Verb.DELETE, Kind.SERVICE).waitingFor())
        .as("not before the new one serves")
        .isEqualTo(Running.ROLLOUT);
    Plan serving =
        Planner.plan(
            Apps.stack(Apps.web()),
            new Observed(both, Set.of(), now.listeners(), now.rollout()),
            Apps.options());
    assertThat(only(serving, Verb.DELETE, Kind.SERVICE).waitingFor()).isNull();
  }

  @Test
  void nobodyIsWokenByWhatIsTakenAwayOnPurpose() {
    Consumer<FargateAppSpec> watched =
        spec -> {
          Alarm alarm = new Alarm();
          alarm.name = "cpu";
          alarm.metric = AlarmMetric.CPU;
          alarm.thresholdPercent = 90;
          alarm.topicArn = "arn:aws:sns:eu-central-1:123456789012:alarms";
          spec.alarms.add(alarm);
        };
    Plan plan = Scenes.delete(running(watched), Apps.options());
    assertThat(only(plan, Verb.DELETE, Kind.SERVICE).after())
        .contains(only(plan, Verb.DELETE, Kind.METRIC_ALARM).actionId());
  }

  @Test
  void whereNobodyHasNotedAnAttemptOrTellsOfARolloutTheGivenHistoryDecides() {
    SimulatedAws aws = running();
    var noted = aws.service().tags();
    Stack broken = Apps.stack(Apps.web(spec -> spec.image = "web:broken"));
    aws.carryOut(Planner.plan(broken, aws.observed(), Apps.options()));
    String failed = ((Service) aws.service().actual()).taskDefinitionArn().toString();
    aws.rollBack();
    aws.forgetHistory();
    Map<String, String> tags = new TreeMap<>(noted);
    tags.remove("fargate.dev/attempt");
    aws.tagService(tags);
    Observed now = aws.observed();
    Observed silent = new Observed(now.resources(), Set.of(), now.listeners(), null);
    PlanOptions known = Apps.options().withFailedRevisions(Set.of(failed));

    for (Observed observed : List.of(now, silent)) {
      assertThat(Planner.plan(broken, observed, known).givenUp()).isTrue();
      assertThat(Planner.plan(broken, observed, Apps.options()).givenUp()).isFalse();
    }
  }

  @Test
  void anAppThatEcsHasGivenUpOnIsNotStartedAfreshByItsCount() {
    SimulatedAws aws = running(spec -> spec.replicas = 0);
    Observed now = aws.observed();
    Rollout.Deployment primary = now.rollout().deployments().get(0);
    Rollout.Deployment failed =
        new Rollout.Deployment(
            primary.id(),
            primary.status(),
            primary.taskDefinitionArn(),
            null,
            0,
            0,
            0,
            3,
            "FAILED",
            null,
            primary.createdAt(),
            primary.updatedAt());
    Rollout rollout =
        new Rollout("ACTIVE", 0, 0, 0, List.of(failed), List.of(), List.of(), List.of());
    Plan plan =
        Planner.plan(
            Apps.stack(Apps.web()),
            new Observed(now.resources(), Set.of(), now.listeners(), rollout),
            Apps.options());
    assertThat(only(plan, Verb.UPDATE, Kind.SERVICE).touches("restartToken")).isFalse();
  }

  @Test
  void stepsThatNeedEachOtherAreAnErrorThatNamesThem() {
    SimulatedAws aws = running();
    Step one = Step.delete(aws.of(Kind.LOG_GROUP).get(0));
    Step two = Step.delete(aws.of(Kind.SECRET).get(0));
    one.after(List.of(two));
    assertThat(Sequence.of(List.of(one, two)))
        .extracting(action -> action.id().kind())
        .containsExactly(Kind.SECRET, Kind.LOG_GROUP);
    two.after(List.of(one));
    assertThatThrownBy(() -> Sequence.of(List.of(one, two)))
        .hasMessageContaining("DELETE LogGroup/logs")
        .hasMessageContaining("DELETE Secret/env");
  }

  @Test
  void aRevisionOfOthersOrOneOnItsWayOutIsNoneOfOurs() {
    SimulatedAws aws = running();
    ObservedResource revision = aws.of(Kind.TASK_DEFINITION).get(0);
    for (ObservedResource other :
        List.of(
            Scenes.with(
                revision, ObservedResource.Ownership.FOREIGN, ObservedResource.Lifecycle.ACTIVE),
            Scenes.with(
                revision, ObservedResource.Ownership.OURS, ObservedResource.Lifecycle.DELETING))) {
      aws.replace(aws.of(Kind.TASK_DEFINITION).get(0), other);
      assertThat(steps(plan(aws, spec -> {}))).contains("CREATE TaskDefinition/tasks");
      assertThat(steps(Scenes.delete(aws, Apps.options())))
          .doesNotContain("DELETE TaskDefinition/tasks");
    }
  }

  @Test
  void onlyADeploymentIsNotedAsAnAttempt() {
    SimulatedAws aws = running();
    assertThat(only(plan(aws, spec -> spec.image = "web:2"), Verb.UPDATE, Kind.SERVICE).tags())
        .containsKey("fargate.dev/attempt");
    assertThat(only(plan(aws, spec -> spec.replicas = 3), Verb.UPDATE, Kind.SERVICE).tags())
        .containsKey("fargate.dev/owner-id")
        .doesNotContainKey("fargate.dev/attempt");
  }
}
