package dev.fargate.api.v1alpha1;

/** One revision of the tasks. */
@ApiObject
public class RevisionStatus {

  public String taskDefinitionArn;

  public String image;

  public String shortImage;
}
