package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Items;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.EnvironmentReference;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.api.v1alpha1.RevisionStatus;
import dev.fargate.api.v1alpha1.TaskFailure;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;

/** What is, and what apps use: host, port, secret and security group. */
@ApiObject
public class FargateDatabaseStatus {

  @Doc("The metadata.generation that this status is about.")
  public Long observedGeneration;

  @Doc(
      "Where the object stands; Ready, Reconciling, Stalled and Synced on every object, others"
          + " where they apply.")
  @Size(max = 16)
  @Items(value = Items.Kind.MAP, key = "type")
  public List<Condition> conditions = new ArrayList<>();

  @Doc("The private DNS name.")
  @Size(max = 255)
  public String host;

  @Doc("The port.")
  public Integer port;

  @Doc("The database's name inside the engine.")
  @Size(max = 64)
  public String databaseName;

  @Doc("The Secrets Manager secret with the keys connectionString, username and password.")
  @Size(max = 2048)
  public String secretArn;

  @Doc("The security group of the task, which apps with a databaseRef open for themselves.")
  @Size(max = 64)
  public String securityGroupId;

  @Doc("Running and wanted tasks, such as 2/2.")
  @Size(max = 32)
  public String running;

  @Doc("The revision that the spec asks for.")
  public RevisionStatus desired;

  @Doc("The revision whose tasks answer.")
  public RevisionStatus serving;

  @Doc("The last tasks that stopped although nobody asked them to, newest first.")
  @Size(max = 10)
  @Items(Items.Kind.ATOMIC)
  public List<TaskFailure> recentFailures = new ArrayList<>();

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
