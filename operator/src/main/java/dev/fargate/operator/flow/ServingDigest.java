package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.RevisionStatus;
import dev.fargate.api.v1alpha1.WorkloadStatus;
import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.build.Ids;
import dev.fargate.operator.status.Look;

/**
 * Which image a tag means in the deployment that serves. ECS resolves a tag once for each
 * deployment, so it is asked once for each, and the status remembers the answer.
 */
final class ServingDigest {
  private ServingDigest() {}

  /**
   * @param before the status as it is; null before the first look
   * @return null in a rollout, where the image names its digest, and where AWS does not tell
   */
  static String of(WorkloadStatus before, Observed observed, Cloud.Lookups lookups) {
    Rollout.Deployment deployment = Look.restingDeployment(observed.rollout()).orElse(null);
    if (deployment == null || deployment.image().contains("@")) {
      return null;
    }
    RevisionStatus known = before == null ? null : before.serving;
    if (known != null && known.digest != null && deployment.id().equals(known.deployment)) {
      return known.digest;
    }
    String service =
        observed.find(Ids.SERVICE).stream()
            .map(found -> ((Service) found.actual()).name())
            .findFirst()
            .orElse(null);
    if (service == null) {
      return null;
    }
    try {
      return lookups.imageDigest(service, deployment.id(), deployment.image()).orElse(null);
    } catch (AwsFailure unread) {
      // It is told beside what matters: the next look asks again.
      return null;
    }
  }
}
