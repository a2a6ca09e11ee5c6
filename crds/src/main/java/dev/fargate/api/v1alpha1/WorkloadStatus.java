package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Items;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;

/** What is the same in the status of every kind that runs tasks in an environment. */
@ApiObject
public abstract class WorkloadStatus extends ObjectStatus {

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

  @Doc("The alarms of the spec that exist, and their states.")
  @Size(max = 10)
  @Items(Items.Kind.ATOMIC)
  public List<AlarmStatus> alarms = new ArrayList<>();

  @Doc("The environment that the object was last reconciled in.")
  public EnvironmentReference environment;

  @Doc(
      "What would be done in AWS, in this order; in mode Plan, and while approvedPlan is set. What"
          + " is left of it while an approved plan is being carried out.")
  public PlanStatus plan;

  @Doc("The plan that approvedPlan names, kept so that each pass can tell what was approved.")
  public ApprovalStatus approval;
}
