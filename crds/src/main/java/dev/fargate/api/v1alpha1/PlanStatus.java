package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Items;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;

/** What would be done in AWS. */
@ApiObject
public class PlanStatus {

  @Doc("What approvedPlan has to name: 16 hexadecimal digits over all actions, in any order.")
  @Size(max = 16)
  public String hash;

  @Doc("How many actions there are, such as 2 to create, 1 to change, 0 to delete.")
  @Size(max = 256)
  public String summary;

  @Doc("The actions in the order in which they can be carried out.")
  @Size(max = 50)
  @Items(Items.Kind.ATOMIC)
  public List<PlannedAction> actions = new ArrayList<>();

  @Doc("What differs and stays as it is, since spec.ignore leaves it to others; at most 20.")
  @Size(max = 20)
  @Items(Items.Kind.ATOMIC)
  public List<@Size(max = 256) String> ignored = new ArrayList<>();

  @Doc("True when the plan has more actions or changes than are listed. The hash covers them all.")
  public Boolean truncated;
}
