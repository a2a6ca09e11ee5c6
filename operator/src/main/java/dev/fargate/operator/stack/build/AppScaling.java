package dev.fargate.operator.stack.build;

import static dev.fargate.operator.stack.build.Absent.or;

import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.app.Autoscaling;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ScalableTarget;
import dev.fargate.operator.stack.ScalingPolicy;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;

/** Target tracking: one policy per metric; AWS takes the largest of their answers. */
final class AppScaling {
  private AppScaling() {}

  static List<Resource> build(Owner owner, AppSpecView view) {
    Autoscaling scaling = view.spec().autoscaling;
    if (scaling == null) {
      return List.of();
    }
    Value service =
        Value.joined(
            Value.known("service/" + view.place().clusterName() + "/"),
            Value.ref(Ids.SERVICE, Output.NAME));
    List<Resource> resources = new ArrayList<>();
    // Suspended: bounds of zero take the tasks away at once, and the spec remembers the real
    // bounds.
    resources.add(
        new ScalableTarget(
            Ids.SCALABLE_TARGET,
            service,
            view.suspended() ? 0 : or(scaling.minReplicas, 1),
            view.suspended() ? 0 : scaling.maxReplicas,
            false));
    if (scaling.cpuPercent != null) {
      resources.add(
          policy(
              owner,
              "cpu",
              service,
              "ECSServiceAverageCPUUtilization",
              null,
              scaling.cpuPercent,
              scaling));
    }
    if (scaling.memoryPercent != null) {
      resources.add(
          policy(
              owner,
              "memory",
              service,
              "ECSServiceAverageMemoryUtilization",
              null,
              scaling.memoryPercent,
              scaling));
    }
    if (scaling.requestsPerMinutePerTask != null) {
      // Validation has seen that there is an ingress; the first one counts.
      Ingress ingress = view.spec().ingresses.get(0);
      Value label =
          Value.joined(
              Value.known(view.loadBalancer(ingress).arnSuffix() + "/"),
              Value.ref(Ids.targetGroup(ingress.name), Output.ARN_SUFFIX));
      resources.add(
          policy(
              owner,
              "requests",
              service,
              "ALBRequestCountPerTarget",
              label,
              scaling.requestsPerMinutePerTask,
              scaling));
    }
    return resources;
  }

  private static ScalingPolicy policy(
      Owner owner,
      String metric,
      Value service,
      String predefined,
      Value label,
      int target,
      Autoscaling scaling) {
    return new ScalingPolicy(
        Ids.policy(metric),
        Names.readable(owner, Ids.policy(metric)),
        service,
        predefined,
        label,
        target,
        or(scaling.scaleInCooldownSeconds, FieldDefaults.SCALE_IN_COOLDOWN_SECONDS),
        or(scaling.scaleOutCooldownSeconds, FieldDefaults.SCALE_OUT_COOLDOWN_SECONDS),
        Boolean.TRUE.equals(scaling.disableScaleIn));
  }
}
