package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.WorkloadStatus;
import io.fabric8.generator.annotation.Size;

/** What is, and what apps use: host, port, secret and security group. */
@ApiObject
public class FargateDatabaseStatus extends WorkloadStatus {

  @Doc("The private DNS name.")
  @Size(max = 255)
  public String host;

  @Doc("The port.")
  public Integer port;

  @Doc("The database's name inside the engine.")
  @Size(max = 64)
  public String databaseName;

  @Doc("The Secrets Manager secret with the keys connectionString, username and password.")
  @Size(max = 2048)
  public String secretArn;

  @Doc("The security group of the task, which apps with a databaseRef open for themselves.")
  @Size(max = 64)
  public String securityGroupId;

  @Doc("When the newest good backup began, RFC 3339.")
  @Size(max = 64)
  public String lastBackupTime;

  @Doc("What AWS Backup has of the database; absent without a vault.")
  public BackupStatus backup;

  @Doc("The newest restore; absent where there was none.")
  public RestoreStatus restore;
}
