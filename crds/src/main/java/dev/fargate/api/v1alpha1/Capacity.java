package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Values;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** A share of an app's tasks, and what it runs on. */
@ApiObject
public class Capacity {

  @Doc(
      value =
          "OnDemand: tasks that AWS does not take away. Spot: cheaper tasks that AWS may stop with"
              + " two minutes' notice; SIGTERM is that notice.",
      aws = "CapacityProviderStrategyItem.capacityProvider: FARGATE, FARGATE_SPOT",
      edit = Edit.NEW_DEPLOYMENT)
  @Required
  @Values({CapacityType.ON_DEMAND, CapacityType.SPOT})
  public String type;

  @Doc(
      value = "Its share of the tasks above base, beside the other's weight.",
      absent = "" + FieldDefaults.CAPACITY_WEIGHT,
      example = "4",
      aws = "CapacityProviderStrategyItem.weight",
      edit = Edit.NEW_DEPLOYMENT)
  @Min(0)
  @Max(1000)
  public Integer weight;

  @Doc(
      value = "How many tasks at least run on it, before weights count.",
      absent = "0",
      example = "1",
      aws = "CapacityProviderStrategyItem.base",
      edit = Edit.NEW_DEPLOYMENT)
  @Min(0)
  @Max(100000)
  public Integer base;
}
