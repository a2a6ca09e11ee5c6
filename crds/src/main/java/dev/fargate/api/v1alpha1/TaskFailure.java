package dev.fargate.api.v1alpha1;

/** One stopped task that should not have stopped. */
@ApiObject
public class TaskFailure {

  public String taskArn;

  public String time;

  public String reason;

  public String stopCode;

  public Integer exitCode;

  public String container;

  public Boolean outOfMemory;
}
