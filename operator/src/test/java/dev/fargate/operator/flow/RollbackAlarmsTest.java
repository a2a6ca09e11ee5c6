package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.AlarmMetric;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.DeploymentAlarms;

/** An alarm that is raised during a rollout ends it: ECS goes back, and the app says why. */
class RollbackAlarmsTest {
  private static final String ALARM = "fargate/acme/default/web/cpu";
  private static final Duration LONG_ENOUGH = Duration.ofHours(1);

  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;
  private final ByHand person = new ByHand(world.aws);

  @AfterEach
  void close() {
    world.close();
  }

  private void settled(String strategy) {
    Alarm alarm = new Alarm();
    alarm.name = "cpu";
    alarm.metric = AlarmMetric.CPU;
    alarm.thresholdPercent = 90;
    faults.environment.getSpec().defaults.topicArn =
        "arn:aws:sns:eu-central-1:123456789012:on-call";
    faults.environment.getSpec().defaults.infrastructureRoleArn =
        "arn:aws:iam::123456789012:role/fargate-operator-infrastructure";
    faults.environment();
    faults.app.getSpec().alarms.clear();
    faults.app.getSpec().alarms.add(alarm);
    faults.app.getSpec().rollout = new Rollout();
    faults.app.getSpec().rollout.strategy = strategy;
    faults.app.getSpec().rollout.rollbackAlarms.add("cpu");
    faults.script().cpu(5);
    faults.applyAndSettle();
    world.run(Duration.ofMinutes(4));
  }

  private String cluster() {
    return world.environmentObject("phoenix").getStatus().clusterArn;
  }

  private String service() {
    return person.ecs().listServices(r -> r.cluster(cluster())).serviceArns().get(0);
  }

  private DeploymentAlarms told() {
    return person
        .ecs()
        .describeServices(r -> r.cluster(cluster()).services(service()))
        .services()
        .get(0)
        .deploymentConfiguration()
        .alarms();
  }

  private Condition stalled() {
    world.runUntil(
        "Stalled", LONG_ENOUGH, () -> faults.condition(ConditionType.STALLED).isPresent());
    return faults.condition(ConditionType.STALLED).orElseThrow();
  }

  private void image(String image) {
    faults.app.getSpec().image = image;
    faults.apply();
  }

  @ParameterizedTest
  @ValueSource(strings = {RolloutStrategy.ROLLING, RolloutStrategy.BLUE_GREEN})
  void aRaisedAlarmRollsBackAndTheAppNamesBothRevisionsAndTheAlarmForGood(String strategy) {
    settled(strategy);
    if (strategy.equals(RolloutStrategy.BLUE_GREEN)) {
      faults.app.getSpec().rollout.bakeTimeMinutes = 30;
      faults.apply();
      world.run(Duration.ofMinutes(2));
    }
    world.aws.scriptedTasks().image("web:2").cpu(97);
    image("web:2");

    Condition stalled = stalled();
    assertThat(stalled.getReason()).isEqualTo("RolledBack");
    assertThat(stalled.getMessage())
        .contains(":2 failed, ")
        .contains(":1 serves")
        .contains("Alarm cpu (spec.rollout.rollbackAlarms) was raised meanwhile.");
    world.run(Duration.ofMinutes(1));
    String told = stalled().getMessage();
    assertThat(told).contains("greater than or equal to the threshold (90.0)");
    assertThat(faults.condition(ConditionType.ROLLOUT_HEALTHY))
        .hasValueSatisfying(
            c -> {
              assertThat(c.getStatus()).isEqualTo("False");
              assertThat(c.getReason()).isEqualTo("RolledBack");
              assertThat(c.getMessage()).isEqualTo(told);
            });
    assertThat(faults.stored().getStatus().failed.cause).isEqualTo("AlarmRaised");

    world.run(Duration.ofMinutes(10));
    world.forgetCalls();
    world.restartOperator();
    world.run(Duration.ofMinutes(10));
    assertThat(faults.stored().getStatus().alarms.get(0).state).isEqualTo("OK");
    assertThat(faults.condition(ConditionType.STALLED).orElseThrow().getMessage())
        .as("the alarm is over, and what it did is not forgotten")
        .isEqualTo(told);
    assertThat(world.awsWrites()).as("it is not tried again").isEmpty();

    image("web:1");
    faults.untilReady();
    assertThat(faults.stored().getStatus().failed).isNull();
  }

  @Test
  void readyComesOnlyAfterEcsHasWatchedAndTheDeadlineDoesNotCountThat() {
    settled(null);
    faults.app.getSpec().alarms.get(0).evaluationPeriods = 10;
    faults.app.getSpec().rollout.progressDeadlineSeconds = 180;
    faults.apply();
    world.run(Duration.ofMinutes(3));
    world.aws.scriptedTasks().image("web:2").cpu(5);
    image("web:2");
    world.run(Duration.ofMinutes(6));
    assertThat(faults.condition(ConditionType.STALLED)).isEmpty();
    assertThat(faults.condition(ConditionType.READY))
        .hasValueSatisfying(
            c -> {
              assertThat(c.getStatus()).isEqualTo("False");
              assertThat(c.getMessage())
                  .contains("1 of 1 tasks")
                  .contains("ECS watches the rollback alarms before it calls the rollout done");
            });
    faults.untilReady();
    assertThat(faults.stored().getStatus().serving.shortImage).isEqualTo("web:2");
  }

  @Test
  void ecsIsToldOnceAndTheListIsTakenBackWithOneWriteAndNoDeployment() {
    settled(null);
    assertThat(told().alarmNames()).containsExactly(ALARM);
    assertThat(told().enable()).isTrue();
    assertThat(told().rollback()).isTrue();
    world.forgetCalls();
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
    String deployment = faults.stored().getStatus().deployments.get(0).id;
    faults.app.getSpec().rollout = null;
    faults.apply();
    world.run(Duration.ofMinutes(2));
    assertThat(world.awsWrites()).containsExactly("ecs:UpdateService");
    assertThat(faults.stored().getStatus().deployments.get(0).id).isEqualTo(deployment);
    assertThat(told() == null || !told().enable()).isTrue();
  }

  @Test
  void whatAPersonSwitchesOffIsShownAndPutBack() {
    settled(null);
    world.forgetCalls();
    person
        .ecs()
        .updateService(
            r ->
                r.cluster(cluster())
                    .service(service())
                    .deploymentConfiguration(
                        d -> d.alarms(a -> a.alarmNames(ALARM).enable(false).rollback(false))));
    world.forgetCalls();
    world.run(Duration.ofMinutes(2));
    assertThat(world.awsWrites()).containsExactly("ecs:UpdateService");
    assertThat(told().enable()).isTrue();
    assertThat(world.events)
        .anySatisfy(
            event -> {
              assertThat(event.reason()).isEqualTo("Drifted");
              assertThat(event.message()).contains("deployment.rollbackAlarms");
            });
  }

  @Test
  void aNameThatIsNoAlarmOfTheSpecIsRefusedWithTheFix() {
    faults.environment();
    faults.app.getSpec().rollout = new Rollout();
    faults.app.getSpec().rollout.rollbackAlarms.add("cpu");
    faults.apply();
    assertThat(stalled().getMessage())
        .isEqualTo(
            "spec.rollout.rollbackAlarms[0]: cpu is no alarm of spec.alarms: add it there, or"
                + " correct the name");
  }
}
