package dev.fargate.local.aws.autoscaling;

import dev.fargate.local.aws.ecs.ServiceCounts;
import dev.fargate.local.aws.elb.TargetGroups;
import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Application Auto Scaling for the desired count of ECS services, by target tracking on CPU, memory
 * and requests per target. Other namespaces, step, predictive and scheduled scaling are refused.
 */
public final class AutoScaling implements ServiceBehaviour {
  private interface Call {
    Struct run(Struct in, Caller caller);
  }

  private final Map<String, Call> calls = new TreeMap<>();

  public AutoScaling(
      Scheduler scheduler, ServiceCounts services, TargetGroups targetGroups, Metrics metrics) {
    AutoScalingState state = new AutoScalingState();
    TargetCalls targets = new TargetCalls(state, services, scheduler);
    calls.put("RegisterScalableTarget", targets::register);
    calls.put("DescribeScalableTargets", targets::describe);
    calls.put("DeregisterScalableTarget", targets::deregister);
    calls.put("TagResource", targets::tag);
    calls.put("UntagResource", targets::untag);
    calls.put("ListTagsForResource", targets::listTags);
    PolicyCalls policies = new PolicyCalls(state, targetGroups, scheduler);
    calls.put("PutScalingPolicy", policies::put);
    calls.put("DescribeScalingPolicies", policies::describe);
    calls.put("DeleteScalingPolicy", policies::delete);
    calls.put("DescribeScalingActivities", policies::activities);
    new ScalingEngine(scheduler, services, metrics, state).begin();
  }

  @Override
  public String signingName() {
    return "application-autoscaling";
  }

  @Override
  public Set<String> operations() {
    return calls.keySet();
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return calls.get(operation).run(input, caller);
  }
}
