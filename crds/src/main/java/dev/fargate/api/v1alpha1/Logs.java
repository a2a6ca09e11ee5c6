package dev.fargate.api.v1alpha1;

/** Where the containers' standard output goes. */
@ApiObject
public class Logs {

  public Integer retentionDays;

  public String streamPrefix;

  public Boolean keepOnDelete;
}
