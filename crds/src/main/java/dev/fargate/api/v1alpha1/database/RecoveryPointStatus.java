package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Size;

/** One copy of the data in the vault. */
@ApiObject
public class RecoveryPointStatus {

  @Doc("Its ARN.")
  @Size(max = 2048)
  public String arn;

  @Doc("When its backup began, RFC 3339: the data is of that time or a little later.")
  @Size(max = 64)
  public String time;

  @Doc("When AWS Backup deletes it, RFC 3339; absent for never.")
  @Size(max = 64)
  public String expires;

  @Doc("Its size in bytes.")
  public Long sizeBytes;
}
