package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Items;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;

/** What AWS Backup has of the database. */
@ApiObject
public class BackupStatus {

  @Doc("The vault that holds the recovery points.")
  @Size(max = 64)
  public String vaultName;

  @Doc("The schedule and time zone that backups are judged by.")
  @Size(max = 255)
  public String schedule;

  @Doc(
      "Since when the schedule is so, as far as the operator has seen, RFC 3339: no backup before is missed.")
  @Size(max = 64)
  public String since;

  @Doc("How many recovery points the vault has.")
  public Integer count;

  @Doc("The newest recovery points, newest first.")
  @Size(max = 10)
  @Items(Items.Kind.ATOMIC)
  public List<RecoveryPointStatus> recoveryPoints = new ArrayList<>();
}
