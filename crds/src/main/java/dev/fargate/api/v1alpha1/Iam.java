package dev.fargate.api.v1alpha1;

/** Roles of the tasks. What is absent comes from the environment. */
@ApiObject
public class Iam {

  public String taskRoleArn;

  public String executionRoleArn;
}
