package dev.fargate.operator.validate;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.Port;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.operator.plan.diff.Differs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the schema cannot say of a FargateApp: sums, and what must hold together. It also stands
 * behind the schema for objects stored before a rule was added, so the line never sees a null that
 * it cannot carry out.
 */
public final class AppValidation {
  /** Condition values of one rule, over hosts, paths and ranges (AWS-FACTS 6.4). */
  private static final int RULE_VALUES = 5;

  /** Wildcards of one rule (AWS-FACTS 6.4). */
  private static final int RULE_WILDCARDS = 6;

  private static final String UDP = "udp";

  /** A task definition may have 64 KiB in all; half of it for the environment leaves room. */
  private static final int ENVIRONMENT_BYTES = 32 * 1024;

  /** What suspending and resuming write: left to others, tasks would stay, or never come back. */
  private static final Set<String> SET_BY_SUSPEND =
      Set.of("Service.count", "ScalableTarget.minCapacity", "ScalableTarget.maxCapacity");

  private final List<Problem> problems = new ArrayList<>();

  private AppValidation() {}

  /** The problems of a spec, in the order of its fields; empty when it can be carried out. */
  public static List<Problem> check(FargateApp app) {
    AppValidation validation = new AppValidation();
    if (app.getSpec() == null) {
      return List.of(new Problem("spec", "is required"));
    }
    validation.spec(app.getSpec());
    return validation.problems;
  }

  private void spec(FargateAppSpec spec) {
    if (spec.image == null || spec.image.isBlank()) {
      problem("spec.image", "is required: registry/repository:tag or @sha256:digest");
    }
    int cpu = or(spec.cpu, FieldDefaults.CPU);
    int memory = or(spec.memoryMiB, FieldDefaults.MEMORY_MIB);
    if (!FargateSizes.exists(cpu, memory)) {
      problem(
          "spec.memoryMiB",
          memory + " MiB does not go with cpu " + cpu + "; " + FargateSizes.fix(cpu));
    }
    environment(spec.env);
    for (int i = 0; i < spec.ingresses.size(); i++) {
      ingress("spec.ingresses[" + i + "]", spec.ingresses.get(i), spec.ports);
    }
    autoscaling(spec);
    room(spec.rollout);
    problems.addAll(AlarmValidation.check(spec.alarms, !spec.ingresses.isEmpty()));
    ignored(spec);
    strategy(spec);
    rollbackAlarms(spec);
    if (spec.privateDns != null && spec.ingresses.isEmpty() && spec.healthCheck == null) {
      problem(
          "spec.healthCheck",
          "is required with privateDns and no ingress: without it AWS registers tasks under the name before they"
              + " answer");
    }
  }

  private void environment(List<EnvVar> variables) {
    int bytes = 0;
    for (int i = 0; i < variables.size(); i++) {
      EnvVar variable = variables.get(i);
      String field = "spec.env[" + i + "]";
      if (variable.value != null && variable.valueFrom != null) {
        problem(field, "has both value and valueFrom; keep one");
      }
      if (variable.value == null && variable.valueFrom == null) {
        problem(field, "has neither value nor valueFrom; set one");
      }
      if (variable.valueFrom != null && sources(variable) != 1) {
        problem(field + ".valueFrom", "needs exactly one source");
      }
      if (variable.value != null) {
        bytes += variable.value.getBytes(StandardCharsets.UTF_8).length;
      }
    }
    if (bytes > ENVIRONMENT_BYTES) {
      problem(
          "spec.env",
          "holds "
              + bytes
              + " bytes of values; at most "
              + ENVIRONMENT_BYTES
              + ": put large values into a secret or a file");
    }
  }

  private static int sources(EnvVar variable) {
    var from = variable.valueFrom;
    int sources = 0;
    for (Object source :
        new Object[] {
          from.secretKeyRef,
          from.configMapKeyRef,
          from.databaseRef,
          from.ssmParameterArn,
          from.secretsManagerArn
        }) {
      sources += source == null ? 0 : 1;
    }
    return sources;
  }

  private void ingress(String field, Ingress ingress, List<Port> ports) {
    port(field, ingress.portName, ports);
    int values = ingress.hosts.size() + ingress.paths.size() + ingress.allowedCidrs.size();
    if (values > RULE_VALUES) {
      problem(
          field,
          "has "
              + values
              + " hosts, paths and allowedCidrs together; AWS takes "
              + RULE_VALUES
              + " per rule: split it in two ingresses");
    }
    long wildcards =
        ingress.hosts.stream().flatMapToInt(String::chars).filter(c -> c == '*' || c == '?').count()
            + ingress.paths.stream()
                .flatMapToInt(String::chars)
                .filter(c -> c == '*' || c == '?')
                .count();
    if (wildcards > RULE_WILDCARDS) {
      problem(field, "has " + wildcards + " wildcards; AWS takes " + RULE_WILDCARDS + " per rule");
    }
  }

  private void port(String field, String name, List<Port> ports) {
    List<Port> meant =
        name == null ? ports : ports.stream().filter(port -> name.equals(port.name)).toList();
    if (ports.isEmpty()) {
      problem(field, "needs a port to send to: add spec.ports");
    } else if (name == null && ports.size() > 1) {
      problem(field + ".portName", "is required, since the app has " + ports.size() + " ports");
    } else if (meant.isEmpty()) {
      problem(field + ".portName", "names no port of spec.ports: " + name);
    } else if (UDP.equals(meant.get(0).protocol)) {
      problem(
          field + ".portName",
          "means " + meant.get(0).name + ", a udp port; ingresses send to tcp");
    }
  }

  private void strategy(FargateAppSpec spec) {
    if (spec.rollout == null || !RolloutStrategy.shiftsTraffic(spec.rollout.strategy)) {
      return;
    }
    if (spec.ingresses.size() != 1) {
      problem(
          "spec.rollout.strategy",
          spec.rollout.strategy
              + " needs exactly one ingress, and there are "
              + spec.ingresses.size());
    }
    if (spec.autoscaling != null && spec.autoscaling.requestsPerMinutePerTask != null) {
      problem(
          "spec.autoscaling.requestsPerMinutePerTask",
          "does not go with " + spec.rollout.strategy + ": scale by cpuPercent or memoryPercent");
    }
  }

  private void room(Rollout rollout) {
    if (rollout == null) {
      return;
    }
    int min = or(rollout.minHealthyPercent, FieldDefaults.MIN_HEALTHY_PERCENT);
    int max = or(rollout.maxPercent, FieldDefaults.MAX_PERCENT);
    if (min >= max) {
      problem(
          "spec.rollout",
          "leaves no room to replace a task: lower minHealthyPercent "
              + min
              + ", or raise maxPercent "
              + max);
    }
  }

  private static int or(Integer value, int absent) {
    return value == null ? absent : value;
  }

  private void rollbackAlarms(FargateAppSpec spec) {
    List<String> names = spec.rollout == null ? List.of() : spec.rollout.rollbackAlarms;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (spec.alarms.stream().noneMatch(alarm -> name.equals(alarm.name))) {
        problem(
            "spec.rollout.rollbackAlarms[" + i + "]",
            name + " is no alarm of spec.alarms: add it there, or correct the name");
      }
    }
  }

  private void autoscaling(FargateAppSpec spec) {
    var scaling = spec.autoscaling;
    if (scaling == null) {
      return;
    }
    int min = or(scaling.minReplicas, 1);
    if (scaling.maxReplicas == null) {
      problem("spec.autoscaling.maxReplicas", "is required");
    } else if (min > scaling.maxReplicas) {
      problem(
          "spec.autoscaling.minReplicas", min + " is more than maxReplicas " + scaling.maxReplicas);
    }
    if (scaling.requestsPerMinutePerTask != null && spec.ingresses.size() != 1) {
      problem(
          "spec.autoscaling.requestsPerMinutePerTask",
          "needs exactly one ingress, whose requests are counted, and there are "
              + spec.ingresses.size());
    }
    if (scaling.cpuPercent == null
        && scaling.memoryPercent == null
        && scaling.requestsPerMinutePerTask == null) {
      problem(
          "spec.autoscaling",
          "has nothing to scale by: set cpuPercent, memoryPercent or requestsPerMinutePerTask");
    }
  }

  private void ignored(FargateAppSpec spec) {
    Set<String> known = Differs.ignorable();
    for (int i = 0; i < spec.ignore.size(); i++) {
      String property = spec.ignore.get(i);
      if (!known.contains(property)) {
        problem(
            "spec.ignore[" + i + "]",
            property + " cannot be left to others; these can: " + String.join(", ", known));
      } else if (Boolean.TRUE.equals(spec.suspend) && SET_BY_SUSPEND.contains(property)) {
        problem(
            "spec.suspend",
            "cannot be carried out while spec.ignore leaves " + property + " to others");
      }
    }
  }

  private void problem(String field, String message) {
    problems.add(new Problem(field, message));
  }
}
