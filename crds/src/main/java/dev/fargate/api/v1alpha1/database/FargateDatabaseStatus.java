package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.EnvironmentReference;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.api.v1alpha1.RevisionStatus;
import dev.fargate.api.v1alpha1.TaskFailure;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;

/** What is, and what apps use: host, port, secret and security group. */
@ApiObject
public class FargateDatabaseStatus {

  public Long observedGeneration;

  public List<Condition> conditions = new ArrayList<>();

  public String host;

  public Integer port;

  public String databaseName;

  public String secretArn;

  public String securityGroupId;

  public String running;

  public RevisionStatus desired;

  public RevisionStatus serving;

  public List<TaskFailure> recentFailures = new ArrayList<>();

  public List<OwnedResource> resources = new ArrayList<>();

  public EnvironmentReference environment;

  public String lastObservedTime;
}
