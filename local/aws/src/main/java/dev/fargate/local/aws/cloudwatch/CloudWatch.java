package dev.fargate.local.aws.cloudwatch;

import dev.fargate.local.aws.ecs.Alarms;
import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * CloudWatch: the metrics that this endpoint measures, and alarms on them that notify topics.
 * Composite alarms, anomaly detection, percentiles, dashboards and own metrics are refused. The
 * alarms of target tracking are Application Auto Scaling's own affair and not in these lists.
 */
public final class CloudWatch implements ServiceBehaviour, Alarms {
  private interface Operation {
    Struct run(Struct in, Caller caller);
  }

  private final Map<String, Operation> operations = new TreeMap<>();
  private final AlarmBook book = new AlarmBook();

  /**
   * @param loadBalancerOf which load balancer ({@code app/name/id}) forwards to a target group
   *     ({@code targetgroup/name/id})
   */
  public CloudWatch(
      Scheduler scheduler,
      Metrics metrics,
      Function<String, Optional<String>> loadBalancerOf,
      Notifications notifications) {
    Measured measured = new Measured(loadBalancerOf::apply);
    AlarmEngine engine = new AlarmEngine(book, measured, metrics, notifications, scheduler);
    AlarmCalls alarms = new AlarmCalls(book, engine, scheduler);
    operations.put("PutMetricAlarm", alarms::put);
    operations.put("DescribeAlarms", alarms::describe);
    operations.put("DeleteAlarms", alarms::delete);
    operations.put("SetAlarmState", alarms::setState);
    operations.put("DescribeAlarmHistory", alarms::history);
    operations.put("TagResource", alarms::tag);
    operations.put("UntagResource", alarms::untag);
    operations.put("ListTagsForResource", alarms::listTags);
    MetricReads reads = new MetricReads(measured, metrics);
    operations.put("ListMetrics", reads::list);
    operations.put("GetMetricStatistics", reads::statistics);
    operations.put("GetMetricData", reads::data);
    engine.begin();
  }

  @Override
  public boolean isRaised(String name) {
    return book.find(name).filter(alarm -> alarm.state == AlarmState.ALARM).isPresent();
  }

  @Override
  public Duration window(String name) {
    return book.find(name).map(Alarm::window).orElse(Duration.ZERO);
  }

  @Override
  public String signingName() {
    return "monitoring";
  }

  @Override
  public Set<String> operations() {
    return operations.keySet();
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return operations.get(operation).run(input, caller);
  }
}
