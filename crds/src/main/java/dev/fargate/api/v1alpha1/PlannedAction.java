package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Items;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;

/** One action of a plan. */
@ApiObject
public class PlannedAction {

  @Doc("What is approved: verb, resource, name, and a digest of what it leads to.")
  @Size(max = 512)
  public String id;

  @Doc(
      "Create, Adopt (taken over by a write of tags), Change, Replace (created anew, the old one goes by a Delete) or Delete.")
  @Size(max = 16)
  public String action;

  @Doc("Kind and name of the resource within the object, such as TargetGroup/http.")
  @Size(max = 256)
  public String resource;

  @Doc("Its name in AWS.")
  @Size(max = 512)
  public String name;

  @Doc("Each field that changes, as: field: before -> after.")
  @Size(max = 10)
  @Items(Items.Kind.ATOMIC)
  public List<@Size(max = 256) String> changes = new ArrayList<>();

  @Doc("What AWS must finish first.")
  @Size(max = 256)
  public String waitsFor;

  @Doc("Whether it replaces the running tasks.")
  public Boolean startsDeployment;

  @Doc("Whether data is lost that cannot be made again.")
  public Boolean losesData;

  @Doc("Why, where the changes do not say it.")
  @Size(max = 256)
  public String why;
}
