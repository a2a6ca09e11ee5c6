package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Management;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;

/** The ECS cluster. */
@ApiObject
@ValidationRule(
    value =
        "self.management != 'Reference' || (!has(self.containerInsights) &&"
            + " !has(self.capacityProviders))",
    message =
        "a referenced cluster is never changed; remove containerInsights and capacityProviders",
    fieldPath = ".management")
public class Cluster {

  @Doc(
      value = "Name of the cluster.",
      example = "phoenix",
      aws = "Cluster.clusterName",
      edit = Edit.FORBIDDEN)
  @Required
  @Size(min = 1, max = 255)
  @Pattern("^[A-Za-z0-9_-]+$")
  public String name;

  @Doc(
      value =
          "Create: the operator creates the cluster and keeps it so. Reference: it exists, and is"
              + " never changed.",
      edit = Edit.OPERATOR_ONLY)
  @Values({Management.CREATE, Management.REFERENCE})
  @Default(Management.CREATE)
  public String management;

  @Doc(
      value = "CloudWatch Container Insights of the cluster. AWS charges for it.",
      absent = "Disabled",
      aws = "Cluster.settings containerInsights",
      edit = Edit.IN_PLACE)
  @Values({ContainerInsights.DISABLED, ContainerInsights.ENABLED, ContainerInsights.ENHANCED})
  public String containerInsights;

  @Doc(
      value = "Capacity providers that services of the cluster may use.",
      absent = "[FARGATE, FARGATE_SPOT]",
      aws = "Cluster.capacityProviders",
      edit = Edit.IN_PLACE)
  @Size(min = 1, max = 2)
  @Items(Items.Kind.SET)
  @Values({"FARGATE", "FARGATE_SPOT"})
  public List<@Size(max = 32) String> capacityProviders = new ArrayList<>();
}
