package dev.fargate.local.aws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class AlarmsTest {
  private final AwsEndpoint aws = AwsEndpoint.builder().build();
  private final CloudWatchClient cloudWatch = Clients.inThread(aws, CloudWatchClient.builder());

  @AfterEach
  void close() {
    aws.close();
  }

  private static Consumer<PutMetricAlarmRequest.Builder> cpu(String name) {
    return r ->
        r.alarmName(name)
            .namespace("AWS/ECS")
            .metricName("CPUUtilization")
            .dimensions(dimension("ClusterName", "main"), dimension("ServiceName", "web"))
            .statistic(Statistic.MAXIMUM)
            .period(60)
            .evaluationPeriods(1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .threshold(90.0);
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  private void put(Consumer<PutMetricAlarmRequest.Builder> alarm) {
    cloudWatch.putMetricAlarm(alarm);
  }

  private void measure(double... values) {
    for (double value : values) {
      aws.metrics().sample("AWS/ECS", "CPUUtilization", "main/web", value);
    }
    aws.clock().advance(Duration.ofMinutes(1));
  }

  private void silence(int minutes) {
    aws.clock().advance(Duration.ofMinutes(minutes));
  }

  private MetricAlarm alarm(String name) {
    return cloudWatch.describeAlarms(r -> r.alarmNames(name)).metricAlarms().get(0);
  }

  @Test
  void onePeakOfOneTaskRaisesIt() {
    put(cpu("peak"));
    assertThat(alarm("peak").stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);
    measure(3, 95);

    MetricAlarm raised = alarm("peak");
    assertThat(raised.stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(raised.stateReason())
        .isEqualTo(
            "Threshold Crossed: 1 out of the last 1 datapoints [95.0 (01/01/26 00:00:00)] was"
                + " greater than or equal to the threshold (90.0) (minimum 1 datapoint for OK ->"
                + " ALARM transition).");
    measure(3, 4);
    assertThat(alarm("peak").stateValue()).isEqualTo(StateValue.OK);
    silence(2);
    assertThat(alarm("peak").stateValue()).as("data may be late").isEqualTo(StateValue.OK);
    silence(1);
    assertThat(alarm("peak").stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);
  }

  @Test
  void severalPeriodsInARowAreNeeded() {
    put(
        r -> {
          cpu("long").accept(r);
          r.evaluationPeriods(3);
        });
    measure(95);
    measure(95);
    assertThat(alarm("long").stateValue()).isNotEqualTo(StateValue.ALARM);
    measure(95);
    assertThat(alarm("long").stateValue()).isEqualTo(StateValue.ALARM);
  }

  @ParameterizedTest
  @CsvSource({
    "missing,INSUFFICIENT_DATA",
    "breaching,ALARM",
    "notBreaching,OK",
    "ignore,ALARM",
  })
  void withoutDataItIsWhatItWasToldToBe(String treatment, StateValue state) {
    put(
        r -> {
          cpu("a").accept(r);
          r.treatMissingData(treatment);
        });
    measure(95);
    assertThat(alarm("a").stateValue()).isEqualTo(StateValue.ALARM);
    silence(3);
    assertThat(alarm("a").stateValue()).isEqualTo(state);
  }

  @Test
  void puttingItAgainReplacesAllButItsStateAndItsTags() {
    put(
        r -> {
          cpu("a").accept(r);
          r.alarmDescription("first").tags(t -> t.key("team").value("web"));
        });
    measure(95);
    put(
        r -> {
          cpu("a").accept(r);
          r.threshold(99.0).tags(t -> t.key("team").value("other"));
        });

    MetricAlarm alarm = alarm("a");
    assertThat(alarm.alarmDescription()).isNull();
    assertThat(alarm.threshold()).isEqualTo(99);
    assertThat(alarm.stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(cloudWatch.listTagsForResource(r -> r.resourceARN(alarm.alarmArn())).tags())
        .extracting(tag -> tag.value())
        .containsExactly("web");
    cloudWatch.tagResource(
        r -> r.resourceARN(alarm.alarmArn()).tags(t -> t.key("cost").value("42")));
    cloudWatch.untagResource(r -> r.resourceARN(alarm.alarmArn()).tagKeys("team"));
    assertThat(cloudWatch.listTagsForResource(r -> r.resourceARN(alarm.alarmArn())).tags())
        .extracting(tag -> tag.key())
        .containsExactly("cost");
  }

  @Test
  void theyAreListedByPrefixInPagesAndDeletedByName() {
    for (int i = 0; i < 5; i++) {
      put(cpu("web/" + i));
    }
    put(cpu("other"));

    assertThat(
            cloudWatch
                .describeAlarmsPaginator(r -> r.alarmNamePrefix("web/").maxRecords(2))
                .metricAlarms())
        .extracting(MetricAlarm::alarmName)
        .containsExactly("web/0", "web/1", "web/2", "web/3", "web/4");
    cloudWatch.deleteAlarms(r -> r.alarmNames("web/0", "no such", "web/1"));
    assertThat(cloudWatch.describeAlarms().metricAlarms()).hasSize(4);
    assertThatThrownBy(
            () ->
                cloudWatch.listTagsForResource(
                    r -> r.resourceARN("arn:aws:cloudwatch:eu-central-1:123456789012:alarm:web/0")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void aStateThatSomebodySetsHoldsUntilTheNextLook() {
    put(cpu("a"));
    measure(5);
    cloudWatch.setAlarmState(
        r -> r.alarmName("a").stateValue(StateValue.ALARM).stateReason("a drill"));
    assertThat(alarm("a").stateReason()).isEqualTo("a drill");
    measure(5);
    assertThat(alarm("a").stateValue()).isEqualTo(StateValue.OK);
    assertThat(
            cloudWatch
                .describeAlarmHistory(
                    r -> r.alarmName("a").historyItemType(HistoryItemType.STATE_UPDATE))
                .alarmHistoryItems())
        .extracting(AlarmHistoryItem::historySummary)
        .containsExactly(
            "Alarm updated from ALARM to OK",
            "Alarm updated from OK to ALARM",
            "Alarm updated from INSUFFICIENT_DATA to OK");
  }

  @Test
  void aTopicThatIsMissingIsAFailedActionInItsHistory() {
    put(
        r -> {
          cpu("a").accept(r);
          r.alarmActions("arn:aws:sns:eu-central-1:123456789012:no-such-topic");
        });
    measure(95);

    assertThat(
            cloudWatch
                .describeAlarmHistory(r -> r.alarmName("a").historyItemType(HistoryItemType.ACTION))
                .alarmHistoryItems())
        .singleElement()
        .satisfies(
            item ->
                assertThat(item.historySummary())
                    .startsWith("Failed to execute action arn:aws:sns:")
                    .contains("Topic does not exist"));
  }

  @Test
  void theTopicHearsOfItAndAQueueReadsIt() throws Exception {
    SqsClient sqs = Clients.inThread(aws, SqsClient.builder());
    String queue = sqs.getQueueUrl(r -> r.queueName("fargate-operator-alarms")).queueUrl();
    put(
        r -> {
          cpu("web/peak").accept(r);
          r.alarmDescription("cpu of web")
              .alarmActions("arn:aws:sns:eu-central-1:123456789012:fargate-operator-alarms")
              .okActions("arn:aws:sns:eu-central-1:123456789012:fargate-operator-alarms");
        });
    measure(95);
    measure(96);
    measure(5);

    List<JsonNode> heard = new ArrayList<>();
    for (Message message :
        sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10)).messages()) {
      heard.add(new ObjectMapper().readTree(message.body()));
    }
    assertThat(heard)
        .as("once when it is raised and once when it is over")
        .extracting(envelope -> envelope.get("Subject").textValue())
        .containsExactly("ALARM: \"web/peak\" in eu-central-1", "OK: \"web/peak\" in eu-central-1");
    JsonNode told = new ObjectMapper().readTree(heard.get(0).get("Message").textValue());
    assertThat(told.get("AlarmName").textValue()).isEqualTo("web/peak");
    assertThat(told.get("AlarmDescription").textValue()).isEqualTo("cpu of web");
    assertThat(told.get("NewStateValue").textValue()).isEqualTo("ALARM");
    assertThat(told.get("OldStateValue").textValue()).isEqualTo("INSUFFICIENT_DATA");
    assertThat(told.get("NewStateReason").textValue()).contains("95.0");
    assertThat(told.at("/Trigger/MetricName").textValue()).isEqualTo("CPUUtilization");
  }

  @Test
  void whatCannotBeEvaluatedHereIsRefusedLoudly() {
    assertThatThrownBy(
            () ->
                put(
                    r -> {
                      cpu("a").accept(r);
                      r.statistic((Statistic) null).extendedStatistic("p99");
                    }))
        .isInstanceOf(CloudWatchException.class)
        .hasMessageContaining("does not evaluate percentiles");
    assertThatThrownBy(
            () ->
                put(
                    r -> {
                      cpu("a").accept(r);
                      r.alarmActions("arn:aws:lambda:eu-central-1:123456789012:function:f");
                    }))
        .hasMessageContaining("actions of lambda (only sns)");
    assertThatThrownBy(() -> put(r -> math(r, "RATE(requests)")))
        .hasMessageContaining("metric math function RATE");
  }

  @ParameterizedTest
  @CsvSource({
    "61,1,Period must be 10",
    "60,1441,Metrics cannot be checked across more than a day",
  })
  void whatAwsRefusesIsRefused(int period, int periods, String message) {
    assertThatThrownBy(
            () ->
                put(
                    r -> {
                      cpu("a").accept(r);
                      r.period(period).evaluationPeriods(periods);
                    }))
        .isInstanceOf(CloudWatchException.class)
        .hasMessageContaining(message);
  }

  private static void math(PutMetricAlarmRequest.Builder r, String expression) {
    r.alarmName("math")
        .evaluationPeriods(1)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
        .threshold(10.0)
        .metrics(
            query("requests"), MetricDataQuery.builder().id("e").expression(expression).build());
  }

  private static MetricDataQuery query(String id) {
    return MetricDataQuery.builder()
        .id(id)
        .returnData(false)
        .metricStat(
            s ->
                s.stat("Maximum")
                    .period(60)
                    .metric(
                        m ->
                            m.namespace("AWS/ECS")
                                .metricName("CPUUtilization")
                                .dimensions(
                                    dimension("ClusterName", "main"),
                                    dimension("ServiceName", "web"))))
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "100 * requests / 4, 50.0",
    "(requests + 2) * -1, -4.0",
    "'FILL(requests, 7)', 2.0",
    "2 - 1 - 1 + requests, 2.0",
  })
  void expressionsAreWorkedOutPerPeriod(String expression, double value) {
    var start = aws.clock().now();
    measure(2);
    assertThat(data(expression, start))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.values()).containsExactly(value);
              assertThat(result.timestamps()).containsExactly(start);
            });
  }

  private List<MetricDataResult> data(String expression, java.time.Instant start) {
    return cloudWatch
        .getMetricData(
            r ->
                r.startTime(start)
                    .endTime(aws.clock().now())
                    .metricDataQueries(
                        query("requests"),
                        MetricDataQuery.builder().id("e").expression(expression).build()))
        .metricDataResults();
  }

  @Test
  void whatIsMeasuredIsListedAndRead() {
    var start = aws.clock().now();
    measure(2, 4, 9);
    assertThat(cloudWatch.listMetrics(r -> r.namespace("AWS/ECS")).metrics())
        .singleElement()
        .satisfies(
            metric ->
                assertThat(metric.dimensions())
                    .containsExactly(
                        dimension("ClusterName", "main"), dimension("ServiceName", "web")));
    Datapoint point =
        cloudWatch
            .getMetricStatistics(
                r ->
                    r.namespace("AWS/ECS")
                        .metricName("CPUUtilization")
                        .dimensions(
                            dimension("ClusterName", "main"), dimension("ServiceName", "web"))
                        .statistics(Statistic.MAXIMUM, Statistic.AVERAGE)
                        .period(60)
                        .startTime(start)
                        .endTime(aws.clock().now()))
            .datapoints()
            .get(0);
    assertThat(point.maximum()).isEqualTo(9);
    assertThat(point.average()).isEqualTo(5);
    assertThat(point.timestamp()).isEqualTo(start);
  }
}
