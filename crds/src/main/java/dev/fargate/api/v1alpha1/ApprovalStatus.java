package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Items;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;

/** A plan that a person has approved. */
@ApiObject
public class ApprovalStatus {

  @Doc("The hash of the plan.")
  @Size(max = 16)
  public String hash;

  @Doc("The ids of its actions, all of them.")
  @Size(max = 200)
  @Items(Items.Kind.ATOMIC)
  public List<@Size(max = 512) String> actions = new ArrayList<>();
}
