package dev.fargate.local.aws.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fargate.local.aws.efs.FileSystems;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Brings a recovery point back into a file system that is there: into a directory of its own, since
 * AWS Backup overwrites nothing of EFS.
 */
final class RestoreJobCalls {
  /**
   * AWS documents {@code aws-backup-restore_datetime} and no more; people's file systems show this
   * form. Whether the time is that of the call is UNVERIFIED.
   */
  private static final DateTimeFormatter DIRECTORY =
      DateTimeFormatter.ofPattern("'aws-backup-restore_'yyyy-MM-dd'T'HH-mm-ss-SSS'Z'")
          .withZone(ZoneOffset.UTC);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final BackupState state;
  private final Scheduler scheduler;
  private final Timing timing;
  private final FileSystems fileSystems;
  private final Archive archive;
  private final Predicate<String> roles;

  /** How the next restores end, when they do not succeed; null when they do. */
  private String ending;

  private String why;

  RestoreJobCalls(
      BackupState state,
      Scheduler scheduler,
      Timing timing,
      FileSystems fileSystems,
      Archive archive,
      Predicate<String> roles) {
    this.state = state;
    this.scheduler = scheduler;
    this.timing = timing;
    this.fileSystems = fileSystems;
    this.archive = archive;
    this.roles = roles;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "StartRestoreJob", (input, caller) -> start(input),
        "DescribeRestoreJob", this::describe,
        "ListRestoreJobs", this::list,
        "ListRestoreJobsByProtectedResource", this::listOfResource);
  }

  /**
   * Restores that finish from now on do not succeed.
   *
   * @param status FAILED or ABORTED; null: they succeed again
   * @param message in AWS's words
   */
  void endWith(String status, String message) {
    ending = status;
    why = message;
  }

  /** All jobs until now; one that has not ended brings nothing back any more. */
  void forget() {
    state.restoreJobs.clear();
  }

  private Struct start(Struct input) {
    String token = input.string("IdempotencyToken").orElse(null);
    for (RestoreJob there : state.restoreJobs.values()) {
      if (token != null && token.equals(there.idempotencyToken)) {
        return Struct.of().with("RestoreJobId", there.id);
      }
    }
    RecoveryPoint point = state.point(input.required("RecoveryPointArn"));
    if (!point.status.equals("COMPLETED")) {
      throw BackupErrors.refused("Recovery point " + point.arn + " is " + point.status + ".");
    }
    Map<String, Object> metadata = input.map("Metadata");
    for (String key : List.of("file-system-id", "newFileSystem", "Encrypted", "PerformanceMode")) {
      if (!metadata.containsKey(key)) {
        throw BackupErrors.bad("Restore metadata lacks " + key + ".");
      }
    }
    if (metadata.containsKey("KmsKeyId") && !"true".equals(metadata.get("Encrypted"))) {
      throw BackupErrors.bad("Encrypted must be true when KmsKeyId is specified.");
    }
    if (!"false".equals(metadata.get("newFileSystem"))) {
      throw BackupErrors.bad(
          "a restore into a new file system is not supported by the local endpoint; set"
              + " newFileSystem to false.");
    }
    List<String> items = items(metadata);
    String role = input.string("IamRoleArn").orElse("");
    if (!roles.test(role)) {
      throw BackupErrors.role(role);
    }
    RestoreJob job = new RestoreJob(state.nextId(), point, role, scheduler.now(), token);
    state.restoreJobs.put(job.id, job);
    scheduler.after(
        timing.start(),
        "start restore job " + job.id,
        () -> {
          job.status = "RUNNING";
          scheduler.after(
              timing.restore(), "finish restore job " + job.id, () -> finish(job, metadata, items));
        });
    return Struct.of().with("RestoreJobId", job.id);
  }

  private void finish(RestoreJob job, Map<String, Object> metadata, List<String> items) {
    if (!state.restoreJobs.containsKey(job.id)) {
      return;
    }
    String target = String.valueOf(metadata.get("file-system-id"));
    Optional<String> absent =
        items.stream().filter(item -> !archive.has(job.point.id, item)).findFirst();
    if (ending != null) {
      job.end(ending, why, scheduler.now());
    } else if (!fileSystems.exists(target)) {
      job.end("FAILED", "File system " + target + " does not exist.", scheduler.now());
    } else if (!archive.has(job.point.id, "/")) {
      job.end("FAILED", "The recovery point was deleted.", scheduler.now());
    } else if (absent.isPresent()) {
      job.end(
          "FAILED",
          "The item " + absent.get() + " was not found in the recovery point.",
          scheduler.now());
    } else {
      archive.restore(job.point.id, items, directory(fileSystems.folder(target), job.createdAt));
      job.end("COMPLETED", null, scheduler.now());
      String source = job.point.job.resourceArn;
      job.createdResourceArn = source.substring(0, source.lastIndexOf('/') + 1) + target;
    }
  }

  /** Each restore has a directory of its own, also two of one moment. */
  private static Path directory(Path root, Instant created) {
    Instant at = created;
    while (Files.exists(root.resolve(DIRECTORY.format(at)))) {
      at = at.plusMillis(1);
    }
    return root.resolve(DIRECTORY.format(at));
  }

  /**
   * What of the recovery point is asked for; empty for all of it. A list of strings in JSON, inside
   * of a string, under a name that AWS's own pages write both ways. How AWS refuses another text is
   * UNVERIFIED; taking it for "all" would bring back what nobody has asked for.
   */
  private static List<String> items(Map<String, Object> metadata) {
    Object text = metadata.getOrDefault("ItemsToRestore", metadata.get("itemsToRestore"));
    if (text == null) {
      return List.of();
    }
    try {
      String[] items = JSON.readValue(text.toString(), String[].class);
      if (items != null && Stream.of(items).allMatch(RestoreJobCalls::isPath)) {
        return List.of(items);
      }
    } catch (JsonProcessingException notJson) {
      // Refused below, like what is JSON and no list of paths.
    }
    throw BackupErrors.bad(
        "ItemsToRestore must be a JSON array of paths that begin with /, such as [\"/db\"]: "
            + text);
  }

  private static boolean isPath(String item) {
    return item != null && item.startsWith("/") && item.indexOf('\0') < 0;
  }

  private Struct describe(Struct input, Caller caller) {
    String id = input.required("RestoreJobId");
    return Optional.ofNullable(state.restoreJobs.get(id))
        .orElseThrow(() -> BackupErrors.notFound("Cannot find restore job " + id))
        .described(caller.accountId());
  }

  private Struct list(Struct input, Caller caller) {
    List<RestoreJob> all =
        state.restoreJobs.values().stream()
            .filter(job -> BackupJobCalls.same(input, "ByStatus", job.status))
            .filter(
                job ->
                    BackupJobCalls.within(
                        input, "ByCreatedAfter", "ByCreatedBefore", job.createdAt))
            .toList();
    return page(input, all, caller);
  }

  private Struct listOfResource(Struct input, Caller caller) {
    String resource = input.required("ResourceArn");
    List<RestoreJob> all =
        state.restoreJobs.values().stream()
            .filter(job -> job.point.job.resourceArn.equals(resource))
            .filter(job -> BackupJobCalls.same(input, "ByStatus", job.status))
            .filter(
                job ->
                    BackupJobCalls.within(
                        input,
                        "ByRecoveryPointCreationDateAfter",
                        "ByRecoveryPointCreationDateBefore",
                        job.point.job.createdAt))
            .toList();
    return page(input, all, caller);
  }

  private static Struct page(Struct input, List<RestoreJob> all, Caller caller) {
    List<RestoreJob> page = VaultCalls.PAGES.slice(input, all, job -> job.id);
    Struct answer =
        Struct.of()
            .with(
                "RestoreJobs",
                page.stream().map(job -> job.described(caller.accountId())).toList());
    VaultCalls.PAGES.nextToken(all, page, job -> job.id, answer);
    return answer;
  }
}
