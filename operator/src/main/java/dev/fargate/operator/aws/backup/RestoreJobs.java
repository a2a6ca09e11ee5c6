package dev.fargate.operator.aws.backup;

import dev.fargate.operator.stack.Restore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.DescribeRestoreJobResponse;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;

/**
 * AWS Backup's part of a restore: it copies one directory of a recovery point into a new directory
 * of the file system that the point is of. It overwrites nothing of EFS.
 */
public final class RestoreJobs {
  /** What was begun a moment ago need not be shown yet; to take it for lost would copy twice. */
  private static final Duration NOT_SHOWN_YET = Duration.ofMinutes(15);

  private final BackupClient backup;
  private final Clock clock;

  /** Those that have ended: they never change again. */
  private final Map<String, Restore.Job> ended = new ConcurrentHashMap<>();

  /** Those that AWS Backup does not know, since when. */
  private final Map<String, Instant> unknown = new ConcurrentHashMap<>();

  public RestoreJobs(BackupClient backup, Clock clock) {
    this.backup = backup;
    this.clock = clock;
  }

  /**
   * Begins to copy, or names the job that does.
   *
   * @param token by which AWS Backup knows a repeated request again
   * @return the job's id
   */
  public String start(
      Restore.Wish wish, String fileSystemId, boolean encrypted, String mode, String token) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("file-system-id", fileSystemId);
    metadata.put("newFileSystem", "false");
    // AWS asks for these of a new file system, and wants to be told of any.
    metadata.put("Encrypted", String.valueOf(encrypted));
    metadata.put("PerformanceMode", mode);
    metadata.put("CreationToken", token);
    // Only that, and a directory that is not in the point fails here, where nothing has stopped.
    metadata.put("ItemsToRestore", "[\"" + wish.directory() + "\"]");
    return backup
        .startRestoreJob(
            request ->
                request
                    .recoveryPointArn(wish.recoveryPointArn())
                    .iamRoleArn(wish.roleArn())
                    .resourceType("EFS")
                    .idempotencyToken(token)
                    .metadata(metadata))
        .restoreJobId();
  }

  /** How far it is; empty where AWS Backup does not know it, and forgotten where that lasts. */
  public Optional<Restore.Job> get(String jobId) {
    Restore.Job known = ended.get(jobId);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      Restore.Job job = job(backup.describeRestoreJob(request -> request.restoreJobId(jobId)));
      unknown.remove(jobId);
      if (job.isGood() || job.isBad()) {
        ended.put(jobId, job);
      }
      return Optional.of(job);
    } catch (ResourceNotFoundException notKnown) {
      Instant now = clock.instant();
      Instant since = unknown.computeIfAbsent(jobId, id -> now);
      return now.isBefore(since.plus(NOT_SHOWN_YET))
          ? Optional.empty()
          : Optional.of(Restore.Job.forgotten());
    }
  }

  private static Restore.Job job(DescribeRestoreJobResponse job) {
    return new Restore.Job(
        job.statusAsString(),
        job.recoveryPointArn(),
        BackupVaultReader.time(job.creationDate()),
        BackupVaultReader.time(job.completionDate()),
        job.percentDone(),
        job.statusMessage());
  }
}
