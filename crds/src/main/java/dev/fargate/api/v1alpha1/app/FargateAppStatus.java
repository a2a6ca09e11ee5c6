package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Items;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.RevisionStatus;
import dev.fargate.api.v1alpha1.WorkloadStatus;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.ArrayList;
import java.util.List;

/** What is. A display: nothing that decides lives only here. */
@ApiObject
public class FargateAppStatus extends WorkloadStatus {

  @Doc("The first URL of the app.")
  @Size(max = 512)
  public String url;

  @Doc("All URLs of the app.")
  @Size(max = 25)
  @Items(Items.Kind.ATOMIC)
  public List<@Size(max = 512) String> urls = new ArrayList<>();

  @Doc("Tasks that run, for the scale subresource.")
  @StatusReplicas
  public Integer replicas;

  @Doc(
      "Label selector for the scale subresource. It selects nothing: there are no pods; autoscalers"
          + " need it not to be empty.")
  @LabelSelector
  @Size(max = 512)
  public String selector;

  @Doc("Family and number of the serving revision, for the REVISION column.")
  @Size(max = 300)
  public String revision;

  @Doc("The last revision that a rollout completed with.")
  public RevisionStatus lastGood;

  @Doc("The revision that failed, and is not tried again until the spec changes.")
  public FailedRevision failed;

  @Doc("ECS's deployments of the service, newest first.")
  @Size(max = 5)
  @Items(Items.Kind.ATOMIC)
  public List<DeploymentStatus> deployments = new ArrayList<>();

  @Doc("Health of the tasks as the load balancers see it.")
  public TargetsStatus targets;

  @Doc("With autoscaling: between which numbers AWS scales, and what is wanted now.")
  public AutoscalingStatus autoscaling;

  @Doc("The value of restartedAt that the last restart was for.")
  @Size(max = 64)
  public String observedRestartedAt;
}
