package dev.fargate.operator.status;

import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.Rollout.Target;
import dev.fargate.operator.plan.Rollout.TaskFailure;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.TargetGroup;
import dev.fargate.operator.stack.TargetGroup.HealthCheck;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a load balancer's health check found, in plain words. While the target is there its health
 * says so; when it is gone, ECS's event about its task still does (AWS-FACTS 4.5, 6.3).
 */
final class HealthCheckCauses {
  private static final Pattern EVENT =
      Pattern.compile(
          "\\(task (\\w+)\\) \\(port (\\d+)\\) is unhealthy in \\(target-group ([^)]+)\\) due to"
              + " \\(reason (.*)\\)\\.?$");

  private static final Pattern GROUP = Pattern.compile("\\(target-group ([^)]+)\\)");

  private static final Pattern CODES = Pattern.compile("codes: \\[([^]]*)]");

  private static final String TRAFFIC_PORT = "traffic-port";

  private final Observed observed;

  HealthCheckCauses(Observed observed) {
    this.observed = observed;
  }

  /** Of a task that ECS stopped for its failed checks. */
  Cause of(TaskFailure failure) {
    Matcher named = GROUP.matcher(failure.stoppedReason());
    String group = named.find() ? named.group(1) : null;
    for (String event : events()) {
      Matcher unhealthy = EVENT.matcher(event);
      if (unhealthy.find() && failure.taskArn().endsWith("/" + unhealthy.group(1))) {
        return found(unhealthy.group(3), Integer.parseInt(unhealthy.group(2)), unhealthy.group(4));
      }
    }
    return targets().stream()
        .filter(target -> target.targetGroupArn().equals(group) && isUnhealthy(target))
        .findFirst()
        .map(this::of)
        .orElseGet(() -> found(group, 0, failure.stoppedReason()));
  }

  Cause of(Target target) {
    return found(
        target.targetGroupArn(),
        target.port(),
        target.description() != null ? target.description() : target.reason());
  }

  /** The first target whose checks fail. */
  Optional<Target> unhealthy() {
    return targets().stream().filter(HealthCheckCauses::isUnhealthy).findFirst();
  }

  static boolean isUnhealthy(Target target) {
    return target.state().startsWith("unhealthy");
  }

  /**
   * @param words AWS's; @param targetPort 0 when not known
   */
  private Cause found(String targetGroupArn, int targetPort, String words) {
    HealthCheck check = check(targetGroupArn).orElse(null);
    String port =
        check != null && !TRAFFIC_PORT.equals(check.port())
            ? check.port()
            : targetPort == 0 ? null : String.valueOf(targetPort);
    String where =
        (check == null || check.path() == null ? "" : " on " + check.path())
            + (port == null ? "" : " port " + port);
    String text = String.valueOf(words).toLowerCase(Locale.ROOT);
    Matcher codes = CODES.matcher(String.valueOf(words));
    String plain;
    if (codes.find()) {
      plain =
          "The health check"
              + where
              + " answered "
              + codes.group(1)
              + (check == null ? "." : ", not " + check.successCodes() + ".");
    } else if (text.contains("timed out")) {
      plain =
          "The health check"
              + where
              + " got no answer"
              + (check == null ? "" : " within " + check.timeoutSeconds() + " s")
              + ": it is too slow, nothing listens there, or a security group keeps the load"
              + " balancer out.";
    } else if (text.contains("health checks failed")) {
      plain =
          "The health check"
              + where
              + " was refused: nothing listens there, or it does not speak "
              + (check == null ? "the check's protocol" : check.protocol())
              + ". The container has to listen on all addresses.";
    } else {
      plain = "The health check" + where + " failed.";
    }
    return Cause.of(Reason.HEALTH_CHECK_FAILED, plain, words);
  }

  private Optional<HealthCheck> check(String targetGroupArn) {
    return observed.resources().stream()
        .filter(resource -> resource.actual() instanceof TargetGroup)
        .filter(
            resource ->
                targetGroupArn != null && targetGroupArn.equals(resource.outputs().get(Output.ARN)))
        .map(resource -> ((TargetGroup) resource.actual()).healthCheck())
        .findFirst();
  }

  private List<String> events() {
    return observed.rollout() == null ? List.of() : observed.rollout().events();
  }

  private List<Target> targets() {
    return observed.rollout() == null ? List.of() : observed.rollout().targets();
  }
}
