package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Items;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.EnvironmentReference;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.api.v1alpha1.RevisionStatus;
import dev.fargate.api.v1alpha1.TaskFailure;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.ArrayList;
import java.util.List;

/** What is. A display: nothing that decides lives only here. */
@ApiObject
public class FargateAppStatus {

  @Doc("The metadata.generation that this status is about.")
  public Long observedGeneration;

  @Doc(
      "Where the object stands; Ready, Reconciling, Stalled and Synced on every object, others"
          + " where they apply.")
  @Size(max = 16)
  @Items(value = Items.Kind.MAP, key = "type")
  public List<Condition> conditions = new ArrayList<>();

  @Doc("The first URL of the app.")
  @Size(max = 512)
  public String url;

  @Doc("All URLs of the app.")
  @Size(max = 25)
  @Items(Items.Kind.ATOMIC)
  public List<@Size(max = 512) String> urls = new ArrayList<>();

  @Doc("Running and wanted tasks, such as 2/2.")
  @Size(max = 32)
  public String running;

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

  @Doc("The revision that the spec asks for.")
  public RevisionStatus desired;

  @Doc("The revision whose tasks answer.")
  public RevisionStatus serving;

  @Doc("The last revision that a rollout completed with.")
  public RevisionStatus lastGood;

  @Doc("The revision that failed, and is not tried again until the spec changes.")
  public RevisionStatus failed;

  @Doc("ECS's deployments of the service, newest first.")
  @Size(max = 5)
  @Items(Items.Kind.ATOMIC)
  public List<DeploymentStatus> deployments = new ArrayList<>();

  @Doc("Health of the tasks as the load balancers see it.")
  public TargetsStatus targets;

  @Doc("The last tasks that stopped although nobody asked them to, newest first.")
  @Size(max = 10)
  @Items(Items.Kind.ATOMIC)
  public List<TaskFailure> recentFailures = new ArrayList<>();

  @Doc("The value of restartedAt that the last restart was for.")
  @Size(max = 64)
  public String observedRestartedAt;

  @Doc("AWS resources of the object, at most 60.")
  @Size(max = 60)
  @Items(Items.Kind.ATOMIC)
  public List<OwnedResource> resources = new ArrayList<>();

  @Doc("The environment that the object was last reconciled in.")
  public EnvironmentReference environment;

  @Doc(
      "When the present content was first seen, RFC 3339. A look that finds nothing new does not"
          + " touch it.")
  @Size(max = 64)
  public String lastObservedTime;
}
