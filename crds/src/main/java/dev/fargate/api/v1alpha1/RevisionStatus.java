package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import io.fabric8.generator.annotation.Size;

/** One revision of the tasks. */
@ApiObject
public class RevisionStatus {

  @Doc("The task definition with its revision.")
  @Size(max = 2048)
  public String taskDefinitionArn;

  @Doc("The main container's image.")
  @Size(max = 512)
  public String image;

  @Doc("The image's digest, where the spec names one; a tag may have moved since.")
  @Size(max = 128)
  public String digest;

  @Doc("The last part of the image with its tag or a short digest, for the IMAGE column.")
  @Size(max = 256)
  public String shortImage;
}
