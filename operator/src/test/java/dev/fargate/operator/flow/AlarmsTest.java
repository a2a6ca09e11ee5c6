package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.AlarmMetric;
import dev.fargate.api.v1alpha1.AlarmStatus;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** Alarms from the spec over CloudWatch to status, condition and Event. */
class AlarmsTest {
  private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:on-call";
  private static final String OTHER_TOPIC = "arn:aws:sns:eu-central-1:123456789012:nobody-else";
  private static final Duration SOON = Duration.ofMinutes(5);

  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;
  private final ByHand person = new ByHand(world.aws);

  /** The sample's own are not what is tried here. */
  @BeforeEach
  void withoutAlarms() {
    faults.app.getSpec().alarms.clear();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static Alarm alarm(String name, String metric, int threshold) {
    Alarm alarm = new Alarm();
    alarm.name = name;
    alarm.metric = metric;
    alarm.thresholdPercent = threshold;
    return alarm;
  }

  private void settle(Alarm... alarms) {
    faults.environment.getSpec().defaults.topicArn = TOPIC;
    faults.environment();
    faults.app.getSpec().alarms.clear();
    faults.app.getSpec().alarms.addAll(List.of(alarms));
    faults.script().cpu(5);
    faults.applyAndSettle();
    world.events.clear();
  }

  private Condition quiet() {
    return faults.condition(ConditionType.ALARMS_QUIET).orElseThrow();
  }

  private void until(String status) {
    world.runUntil("AlarmsQuiet=" + status, SOON, () -> quiet().getStatus().equals(status));
  }

  private List<MetricAlarm> alarms() {
    return person.cloudWatch().describeAlarms(r -> {}).metricAlarms();
  }

  @Test
  void aPeakIsInStatusConditionAndOneEventAndReadinessIsNotTouched() {
    settle(alarm("cpu-peak", AlarmMetric.CPU, 90));
    // CloudWatch measures a minute, then looks, and a sweep sees it: up to three minutes.
    until("True");
    world.run(SOON);
    world.events.clear();
    List<String> ready = new ArrayList<>();
    world.watch(
        object -> {
          if (object instanceof FargateApp app && app.getStatus() != null) {
            Conditions.find(app.getStatus().conditions, ConditionType.READY)
                .ifPresent(condition -> ready.add(condition.getStatus()));
            assertThat(Conditions.find(app.getStatus().conditions, ConditionType.STALLED))
                .isEmpty();
          }
        });
    world.forgetCalls();

    faults.script().cpu(97);
    until("False");
    world.run(Duration.ofMinutes(10));

    assertThat(quiet().getReason()).isEqualTo("AlarmRaised");
    AlarmStatus told = faults.stored().getStatus().alarms.get(0);
    assertThat(told.state).isEqualTo("ALARM");
    assertThat(told.reason)
        .contains("97.0")
        .contains("greater than or equal to the threshold (90.0)");
    assertThat(quiet().getMessage())
        .isEqualTo("cpu-peak, since " + told.since + ": " + told.reason);
    assertThat(world.events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.warning()).isTrue();
              assertThat(event.reason()).isEqualTo("AlarmRaised");
              assertThat(event.message()).isEqualTo("Alarm cpu-peak is raised: " + told.reason);
            });
    assertThat(ready).isNotEmpty().containsOnly("True");
    assertThat(world.statusWrites).as("one for the alarm").isEqualTo(1);
    assertThat(world.awsWrites()).isEmpty();

    world.restartOperator();
    world.run(Duration.ofMinutes(5));
    assertThat(world.events).as("said once, whoever looks").hasSize(1);
    assertThat(world.awsWrites()).isEmpty();

    faults.script().cpu(5);
    until("True");
    assertThat(world.events)
        .last()
        .satisfies(
            event -> {
              assertThat(event.warning()).isFalse();
              assertThat(event.message()).isEqualTo("Alarm cpu-peak is over.");
            });
    assertThat(world.statusWrites).isEqualTo(2);
  }

  @Test
  void whatIsToldIsCompleteInCloudWatch() {
    Alarm own = alarm("memory", AlarmMetric.MEMORY, 80);
    own.topicArn = OTHER_TOPIC;
    own.statistic = "Average";
    own.periodSeconds = 300;
    own.evaluationPeriods = 2;
    settle(alarm("cpu", AlarmMetric.CPU, 90), own);

    assertThat(alarms()).hasSize(2);
    MetricAlarm cpu = alarms().get(0);
    assertThat(cpu.alarmName()).isEqualTo("fargate/acme/default/web/cpu");
    assertThat(cpu.alarmDescription())
        .isEqualTo("FargateApp default/web: Cpu (Maximum) at or above 90 percent");
    assertThat(cpu.namespace()).isEqualTo("AWS/ECS");
    assertThat(cpu.metricName()).isEqualTo("CPUUtilization");
    assertThat(cpu.dimensions())
        .extracting(Dimension::name)
        .containsExactly("ClusterName", "ServiceName");
    assertThat(cpu.statistic()).isEqualTo(Statistic.MAXIMUM);
    assertThat(cpu.period()).isEqualTo(60);
    assertThat(cpu.evaluationPeriods()).isEqualTo(1);
    assertThat(cpu.alarmActions()).containsExactly(TOPIC);
    assertThat(cpu.okActions()).containsExactly(TOPIC);
    assertThat(cpu.treatMissingData()).isEqualTo("missing");
    MetricAlarm memory = alarms().get(1);
    assertThat(memory.metricName()).isEqualTo("MemoryUtilization");
    assertThat(memory.statistic()).isEqualTo(Statistic.AVERAGE);
    assertThat(memory.period()).isEqualTo(300);
    assertThat(memory.evaluationPeriods()).isEqualTo(2);
    assertThat(memory.alarmActions()).containsExactly(OTHER_TOPIC);
    assertThat(person.cloudWatch().listTagsForResource(r -> r.resourceARN(cpu.alarmArn())).tags())
        .extracting(tag -> tag.key() + "=" + tag.value())
        .contains(
            "fargate.dev/owner-id=acme",
            "fargate.dev/resource-of=FargateApp/default/web",
            "fargate.dev/resource-id=MetricAlarm/cpu");
  }

  @Test
  void anAlarmThatNobodyWouldHearStallsBeforeAnythingIsMade() {
    faults.environment.getSpec().defaults.topicArn = null;
    faults.environment();
    world.forgetCalls();
    faults.app.getSpec().alarms.add(alarm("cpu-peak", AlarmMetric.CPU, 90));
    faults.apply();
    world.run(SOON);

    Condition stalled = faults.condition(ConditionType.STALLED).orElseThrow();
    assertThat(stalled.getReason()).isEqualTo("InvalidSpec");
    assertThat(stalled.getMessage())
        .isEqualTo(
            "spec.alarms[0].topicArn: nobody would hear alarm cpu-peak: name an SNS topic here, or"
                + " as defaults.topicArn of FargateEnvironment phoenix");
    assertThat(world.awsWrites()).isEmpty();

    faults.environment.getSpec().defaults.topicArn = TOPIC;
    world.apply(faults.environment);
    faults.untilReady();
    assertThat(alarms()).hasSize(1);
  }

  @Test
  void aTopicOfAnotherRegionWouldNotBeReached() {
    Alarm far = alarm("cpu-peak", AlarmMetric.CPU, 90);
    far.topicArn = "arn:aws:sns:us-east-1:123456789012:on-call";
    faults.environment();
    faults.app.getSpec().alarms.add(far);
    faults.apply();
    world.run(SOON);

    assertThat(faults.condition(ConditionType.STALLED).orElseThrow().getMessage())
        .contains("spec.alarms[0].topicArn", "CloudWatch in eu-central-1", far.topicArn);
  }

  @Test
  void theShareOfServerErrorsIsRaisedByErrorsAndQuietWithoutRequests() {
    settle(alarm("errors", AlarmMetric.HTTP_5XX, 10));
    // Without requests there are no errors.
    until("True");

    requests(targetGroup(), 100, 9);
    world.run(Duration.ofMinutes(3));
    assertThat(quiet().getStatus()).as("nine in a hundred").isEqualTo("True");

    requests(targetGroup(), 100, 10);
    until("False");
    assertThat(quiet().getMessage()).startsWith("errors, since ").contains("[10.0 (");

    until("True");
  }

  /** Whichever of the two serves, and while both do. */
  @Test
  void whereEcsMovesTrafficErrorsOfBothTargetGroupsCountAmongAllRequests() {
    faults.environment.getSpec().defaults.infrastructureRoleArn =
        "arn:aws:iam::123456789012:role/fargate-operator-infrastructure";
    faults.app.getSpec().rollout = new Rollout();
    faults.app.getSpec().rollout.strategy = RolloutStrategy.BLUE_GREEN;
    settle(alarm("errors", AlarmMetric.HTTP_5XX, 10));
    until("True");
    List<String> groups = targetGroups();
    assertThat(groups).hasSize(2);

    for (String group : groups) {
      requests(group, 100, 10);
      until("False");
      until("True");
    }

    requests(groups.get(0), 900, 0);
    requests(groups.get(1), 100, 50);
    world.run(Duration.ofMinutes(3));
    assertThat(quiet().getStatus()).as("five percent of all").isEqualTo("True");
  }

  @Test
  void aReplacedTargetGroupIsWatchedInsteadOfItsPredecessor() {
    settle(alarm("errors", AlarmMetric.HTTP_5XX, 10));
    String before = targetGroup();
    faults.app.getSpec().ports.get(0).containerPort = 3001;
    faults.apply();
    world.run(Duration.ofMinutes(15));
    faults.untilReady();

    assertThat(targetGroup()).isNotEqualTo(before);
    assertThat(alarms().get(0).metrics())
        .filteredOn(query -> query.metricStat() != null)
        .hasSize(2)
        .allSatisfy(
            query ->
                assertThat(query.metricStat().metric().dimensions())
                    .extracting(Dimension::value)
                    .contains(targetGroup()));
    assertThat(world.awsWrites()).filteredOn("monitoring:PutMetricAlarm"::equals).hasSize(1);
  }

  @Test
  void anAlarmThatLeavesTheSpecIsDeletedAndTheOthersStay() {
    settle(alarm("cpu", AlarmMetric.CPU, 90), alarm("memory", AlarmMetric.MEMORY, 90));
    faults.app.getSpec().alarms.remove(0);
    faults.applyAndSettle();

    assertThat(alarms())
        .extracting(MetricAlarm::alarmName)
        .containsExactly("fargate/acme/default/web/memory");
    faults.app.getSpec().alarms.clear();
    faults.applyAndSettle();
    assertThat(alarms()).isEmpty();
    assertThat(faults.condition(ConditionType.ALARMS_QUIET)).isEmpty();
    assertThat(faults.stored().getStatus().alarms).isEmpty();
  }

  @Test
  void anAlarmOfOurNameWithoutOurTagsIsAConflictAndStaysAsItIs() {
    String name = "fargate/acme/default/web/cpu";
    put(name, 12);
    faults.environment.getSpec().defaults.topicArn = TOPIC;
    faults.environment();
    faults.app.getSpec().alarms.add(alarm("cpu", AlarmMetric.CPU, 90));
    faults.apply();
    world.run(SOON);

    assertThat(faults.condition(ConditionType.CONFLICT).orElseThrow().getMessage())
        .contains("MetricAlarm/cpu", "alarm:" + name);
    assertThat(alarms()).singleElement().matches(alarm -> alarm.threshold() == 12);
    assertThat(world.awsWrites())
        .filteredOn("monitoring:PutMetricAlarm"::equals)
        .as("the stranger's own")
        .hasSize(1);
  }

  @Test
  void whatAPersonChangesIsPutBackWithOneWriteAndKeepsItsState() {
    settle(alarm("cpu", AlarmMetric.CPU, 90));
    faults.script().cpu(95);
    until("False");
    put("fargate/acme/default/web/cpu", 99);
    world.forgetCalls();
    world.events.clear();
    world.run(Duration.ofMinutes(2));

    assertThat(world.awsWrites()).containsExactly("monitoring:PutMetricAlarm");
    assertThat(alarms().get(0).threshold()).isEqualTo(90);
    assertThat(alarms().get(0).alarmActions()).containsExactly(TOPIC);
    assertThat(world.events)
        .filteredOn(event -> event.reason().equals("Drifted"))
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains("threshold: 99.0 -> 90.0"));
  }

  @Test
  void aLostAnswerLeavesOneAlarmOfOurs() {
    world.aws.faults().on("monitoring:PutMetricAlarm").times(1).loseResponse();
    settle(alarm("cpu", AlarmMetric.CPU, 90));

    assertThat(alarms()).hasSize(1);
    assertThat(
            person
                .cloudWatch()
                .listTagsForResource(r -> r.resourceARN(alarms().get(0).alarmArn()))
                .tags())
        .isNotEmpty();
    world.run(SOON);
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void anAlarmGoesBeforeTheServiceSoThatNobodyIsWokenByADeletion() {
    settle(alarm("cpu", AlarmMetric.CPU, 90));
    world.delete("FargateApp", "web");
    world.runUntil(
        "the app is gone", Duration.ofMinutes(20), () -> !world.exists("FargateApp", "web"));

    assertThat(alarms()).isEmpty();
    assertThat(world.awsWrites())
        .containsSubsequence("monitoring:DeleteAlarms", "ecs:DeleteService");
  }

  @Test
  void aDatabaseHasAlarmsToo() {
    FargateDatabase database = Faults.read("database.yaml", FargateDatabase.class);
    database.getSpec().alarms.clear();
    database.getSpec().alarms.add(alarm("memory", AlarmMetric.MEMORY, 90));
    faults.environment.getSpec().defaults.topicArn = TOPIC;
    world.aws.scriptedTasks().image("mongo:7.0").memory(95);
    world.apply(faults.environment, database);
    world.runUntil(
        "the alarm is raised",
        Duration.ofMinutes(20),
        () ->
            world
                .condition("FargateDatabase", "phoenix-db", ConditionType.ALARMS_QUIET)
                .filter(condition -> condition.getReason().equals("AlarmRaised"))
                .isPresent());
    assertThat(world.ready("FargateDatabase", "phoenix-db")).isTrue();
    assertThat(alarms())
        .extracting(MetricAlarm::alarmName)
        .containsExactly("fargate/acme/default/phoenix-db/database/memory");
  }

  private String targetGroup() {
    return targetGroups().get(0);
  }

  /** As CloudWatch names them. */
  private List<String> targetGroups() {
    return person.elb().describeTargetGroups(r -> {}).targetGroups().stream()
        .map(group -> group.targetGroupArn())
        .map(arn -> arn.substring(arn.indexOf("targetgroup/")))
        .toList();
  }

  private void requests(String targetGroup, int all, int errors) {
    world.aws.metrics().sample("AWS/ApplicationELB", "RequestCount", targetGroup, all);
    world
        .aws
        .metrics()
        .sample("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", targetGroup, errors);
  }

  private void put(String name, double threshold) {
    person
        .cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName(name)
                    .namespace("AWS/ECS")
                    .metricName("CPUUtilization")
                    .statistic(Statistic.AVERAGE)
                    .period(60)
                    .evaluationPeriods(1)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                    .threshold(threshold));
  }
}
