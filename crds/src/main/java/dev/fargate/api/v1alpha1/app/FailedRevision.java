package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.RevisionStatus;
import io.fabric8.generator.annotation.Size;

/** A revision that failed, and why. */
@ApiObject
public class FailedRevision extends RevisionStatus {

  @Doc("Why it failed, a word as in conditions.")
  @Size(max = 64)
  public String cause;

  @Doc("The same in a sentence, then AWS's own words.")
  @Size(max = 2048)
  public String message;
}
