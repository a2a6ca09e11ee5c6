package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.EnvironmentReference;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.api.v1alpha1.RevisionStatus;
import dev.fargate.api.v1alpha1.TaskFailure;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;

/** What is. A display: nothing that decides lives only here. */
@ApiObject
public class FargateAppStatus {

  public Long observedGeneration;

  public List<Condition> conditions = new ArrayList<>();

  public String url;

  public List<String> urls = new ArrayList<>();

  public String running;

  public Integer replicas;

  public String selector;

  public String revision;

  public RevisionStatus desired;

  public RevisionStatus serving;

  public RevisionStatus lastGood;

  public RevisionStatus failed;

  public List<DeploymentStatus> deployments = new ArrayList<>();

  public TargetsStatus targets;

  public List<TaskFailure> recentFailures = new ArrayList<>();

  public List<OwnedResource> resources = new ArrayList<>();

  public String observedRestartedAt;

  public EnvironmentReference environment;

  public String lastObservedTime;
}
