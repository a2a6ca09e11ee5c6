package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.aws.reading.Batches;
import dev.fargate.operator.plan.Rollout.Shift;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.ecs.EcsClient;

/** How far ECS is with moving traffic, by service deployment, twenty per call. */
public final class ShiftReader {
  /** AWS's limit of DescribeServiceDeployments (AWS-FACTS 10). */
  private static final int DESCRIBED = 20;

  private final EcsClient ecs;

  public ShiftReader(EcsClient ecs) {
    this.ecs = ecs;
  }

  /** What ECS knows of these service deployments; one that it has forgotten is absent. */
  public Map<String, Shift> of(Collection<String> serviceDeploymentArns) {
    Map<String, Shift> shifts = new HashMap<>();
    for (var batch : Batches.of(serviceDeploymentArns, DESCRIBED)) {
      ecs.describeServiceDeployments(request -> request.serviceDeploymentArns(batch))
          .serviceDeployments()
          .forEach(
              deployment ->
                  shifts.put(
                      deployment.serviceDeploymentArn(),
                      new Shift(
                          deployment.serviceDeploymentArn(),
                          deployment.statusAsString(),
                          deployment.lifecycleStageAsString())));
    }
    return shifts;
  }
}
