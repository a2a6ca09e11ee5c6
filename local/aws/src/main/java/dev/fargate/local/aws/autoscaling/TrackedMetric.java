package dev.fargate.local.aws.autoscaling;

import dev.fargate.local.aws.elb.TargetGroups;
import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The predefined metric that a policy follows, and its values by minute. */
sealed interface TrackedMetric {
  Duration PERIOD = Duration.ofMinutes(1);

  /** The last whole periods, oldest first; empty where there is no data. */
  List<OptionalDouble> last(Metrics metrics, int periods);

  /** CPU or memory of the service, percent. */
  record Utilization(String name, String dimension) implements TrackedMetric {
    @Override
    public List<OptionalDouble> last(Metrics metrics, int periods) {
      return metrics.averages("AWS/ECS", name, dimension, PERIOD, periods);
    }
  }

  /**
   * Requests per minute and task. A minute without requests counts as zero while there are tasks,
   * as the load balancer then reports it; the tasks are those of that minute.
   */
  record RequestsPerTask(String targetGroup, String dimension) implements TrackedMetric {
    @Override
    public List<OptionalDouble> last(Metrics metrics, int periods) {
      List<OptionalDouble> requests =
          metrics.sums("AWS/ApplicationELB", "RequestCount", targetGroup, PERIOD, periods);
      List<OptionalDouble> tasks =
          metrics.averages(RUNNING_NAMESPACE, RUNNING, dimension, PERIOD, periods);
      List<OptionalDouble> perTask = new ArrayList<>();
      for (int i = 0; i < periods; i++) {
        perTask.add(perTask(requests.get(i), tasks.get(i)));
      }
      return perTask;
    }

    private static OptionalDouble perTask(OptionalDouble requests, OptionalDouble tasks) {
      if (tasks.orElse(0) > 0) {
        return OptionalDouble.of(requests.orElse(0) / tasks.getAsDouble());
      }
      return requests;
    }
  }

  /** The count of running tasks, which the scaling engine notes for itself. */
  String RUNNING_NAMESPACE = "ECS/ContainerInsights";

  String RUNNING = "RunningTaskCount";

  /** Reads and checks the metric of a target tracking configuration. */
  static TrackedMetric of(Struct configuration, TargetKey key, TargetGroups targetGroups) {
    if (configuration.has("CustomizedMetricSpecification")) {
      throw AutoScalingError.unsupported(
          "CustomizedMetricSpecification", "use PredefinedMetricSpecification.");
    }
    Struct predefined =
        configuration
            .struct("PredefinedMetricSpecification")
            .orElseThrow(
                () -> AutoScalingError.invalid("PredefinedMetricSpecification is required."));
    Optional<String> label = predefined.string("ResourceLabel");
    String type = predefined.required("PredefinedMetricType");
    return switch (type) {
      case "ECSServiceAverageCPUUtilization" -> utilization("CPUUtilization", key, label);
      case "ECSServiceAverageMemoryUtilization" -> utilization("MemoryUtilization", key, label);
      case "ALBRequestCountPerTarget" ->
          new RequestsPerTask(
              targetGroup(
                  label.orElseThrow(
                      () -> AutoScalingError.invalid("ResourceLabel is required for " + type)),
                  key,
                  targetGroups),
              key.dimension());
      default ->
          throw AutoScalingError.invalid(
              "Unsupported predefined metric for service namespace ecs: " + type);
    };
  }

  private static TrackedMetric utilization(String name, TargetKey key, Optional<String> label) {
    if (label.isPresent()) {
      throw AutoScalingError.invalid(
          "ResourceLabel must not be given for a metric of the service itself.");
    }
    return new Utilization(name, key.dimension());
  }

  /** {@code app/<lb>/<id>/targetgroup/<tg>/<id>}, where the group must hang on that balancer. */
  private static String targetGroup(String label, TargetKey key, TargetGroups targetGroups) {
    Matcher matcher = Pattern.compile("(app/[^/]+/[^/]+)/(targetgroup/[^/]+/[^/]+)").matcher(label);
    if (!matcher.matches()) {
      throw AutoScalingError.invalid("Invalid ResourceLabel: " + label);
    }
    String prefix = "arn:aws:elasticloadbalancing:" + key.region() + ":" + key.accountId() + ":";
    String balancer = prefix + "loadbalancer/" + matcher.group(1);
    boolean attached =
        targetGroups
            .find(prefix + matcher.group(2))
            .flatMap(TargetGroups.TargetGroup::loadBalancerArn)
            .filter(balancer::equals)
            .isPresent();
    if (!attached) {
      throw AutoScalingError.invalid(
          "The target group of the ResourceLabel is not attached to its load balancer: " + label);
    }
    return matcher.group(2);
  }
}
