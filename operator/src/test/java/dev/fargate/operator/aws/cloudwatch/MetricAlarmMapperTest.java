package dev.fargate.operator.aws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ResourceId;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

class MetricAlarmMapperTest {
  private static final ResourceId ID = new ResourceId(Kind.METRIC_ALARM, "cpu");

  private static MetricAlarm.Builder plain() {
    return MetricAlarm.builder()
        .alarmName("cpu")
        .namespace("AWS/ECS")
        .metricName("CPUUtilization")
        .statistic(Statistic.MAXIMUM)
        .period(60)
        .evaluationPeriods(1)
        .threshold(80.0)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD);
  }

  @Test
  void aPlainAlarmIsReadTheSameWhetherItsListOfMetricsIsEmptyOrAbsent() {
    dev.fargate.operator.stack.MetricAlarm absent = MetricAlarmMapper.read(ID, plain().build());
    assertThat(absent.queries())
        .singleElement()
        .satisfies(query -> assertThat(query.metric().name()).isEqualTo("CPUUtilization"));
    assertThat(MetricAlarmMapper.read(ID, plain().metrics(List.of()).build())).isEqualTo(absent);
  }
}
