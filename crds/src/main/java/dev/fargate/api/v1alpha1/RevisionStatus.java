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

  @Doc(
      "The image's digest: the one in the image, else the one that ECS resolved the tag to. Of a"
          + " tag it is known once the revision's deployment has completed or one of its tasks has"
          + " failed. Absent while not known.")
  @Size(max = 128)
  public String digest;

  @Doc(
      "ECS's id of the deployment whose tasks told the digest; each deployment resolves a tag anew."
          + " Absent where the image names the digest.")
  @Size(max = 128)
  public String deployment;

  @Doc("The last part of the image with its tag or a short digest, for the IMAGE column.")
  @Size(max = 256)
  public String shortImage;
}
