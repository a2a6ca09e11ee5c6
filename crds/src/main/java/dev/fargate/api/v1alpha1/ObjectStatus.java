package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Items;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;

/** What is the same in the status of every kind. */
@ApiObject
public abstract class ObjectStatus {

  @Doc("The metadata.generation that this status is about.")
  public Long observedGeneration;

  @Doc(
      "Where the object stands; Ready, Reconciling, Stalled and Synced on every object, others"
          + " where they apply.")
  @Size(max = 16)
  @Items(value = Items.Kind.MAP, key = "type")
  public List<Condition> conditions = new ArrayList<>();

  @Doc("AWS resources of the object, at most 60.")
  @Size(max = 60)
  @Items(Items.Kind.ATOMIC)
  public List<OwnedResource> resources = new ArrayList<>();

  @Doc(
      "Digest of what was wanted when AWS last equalled it. It tells a change made in AWS by others"
          + " (Drifted) from a change of what is wanted (PlanPending).")
  @Size(max = 64)
  public String syncedDigest;

  @Doc(
      "The value of the annotation fargate.dev/reconcile that the last look asked for has answered:"
          + " AWS was read anew for it, and the rest of this status is from then.")
  @Size(max = 64)
  public String observedReconcile;

  @Doc(
      "When the present content was first seen, RFC 3339. A look that finds nothing new does not"
          + " touch it.")
  @Size(max = 64)
  public String lastObservedTime;
}
