package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.database.RestoreStatus;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.Restore.Job;
import dev.fargate.operator.stack.Restore.Progress;
import dev.fargate.operator.stack.Restore.Stage;
import dev.fargate.operator.stack.Restore.Wish;
import dev.fargate.operator.stack.build.MoveScript;
import java.time.Instant;
import java.util.Objects;

/** How far a database's restore is, in words and as status. Pure. */
public final class RestoreHealth {
  private static final String FIELD = "spec.restore: ";

  /** Steps of the percentage that is shown: a status is not written for each look. */
  private static final int PERCENT_STEP = 10;

  private static final int MESSAGE_LIMIT = 400;

  private RestoreHealth() {}

  /** Why the data is not that of the recovery point; null when it is, or nothing is asked for. */
  public static Cause cause(Look look) {
    Wish wish = look.restore();
    Progress progress = progress(look);
    if (progress != null && progress.stage() == Stage.MOVING) {
      return new Cause(
          Reason.RESTORING,
          "A task puts the data of "
              + (progress.job() == null ? "the recovery point" : progress.job().recoveryPointArn())
              + " into its place; the database is stopped until then.");
    }
    if (wish == null) {
      return null;
    }
    if (wish.refusal() != null) {
      return new Cause(
          Reason.RESTORE_REFUSED,
          "spec.restore.recoveryPointArn: " + wish.refusal() + " Nothing has been changed.");
    }
    if (progress == null || !progress.isOf(wish)) {
      return null;
    }
    if (progress.isForgotten()) {
      return new Cause(
          Reason.RESTORING,
          "AWS Backup no longer knows job "
              + progress.jobId()
              + ", which copied "
              + wish.recoveryPointArn()
              + ", so nobody can tell how it ended. Nothing has been moved: it is asked to copy"
              + " once more, and what the first one may have copied stays in a directory"
              + " aws-backup-restore_... of the file system.");
    }
    return switch (progress.stage()) {
      case COPYING ->
          new Cause(
              Reason.RESTORING,
              "AWS Backup copies "
                  + wish.recoveryPointArn()
                  + percent(progress.job())
                  + "; the database runs until that is done.");
      case FAILED -> new Cause(Reason.RESTORE_FAILED, FIELD + failure(progress));
      case MOVING, DONE -> null;
    };
  }

  /** {@code , 40 %}; empty where AWS tells none. */
  private static String percent(Job job) {
    if (job == null || job.percent() == null || !job.percent().matches("[0-9]{1,3}([.,%].*)?")) {
      return "";
    }
    int percent = Integer.parseInt(job.percent().split("[.,%]")[0]);
    return ", " + percent / PERCENT_STEP * PERCENT_STEP + " %";
  }

  private static String failure(Progress progress) {
    return why(progress)
        + " The data is as it was. To try again, annotate the object with fargate.dev/restore and"
        + " any new value.";
  }

  private static String why(Progress progress) {
    String outcome = String.valueOf(progress.outcome());
    if (outcome.equals(Progress.JOB_FAILED)) {
      return "AWS Backup did not copy the recovery point"
          + (progress.job() == null || progress.job().message() == null
              ? "."
              : ": " + sentence(progress.job().message()));
    } else if (outcome.equals(Progress.NOT_STARTED)) {
      return "ECS could not start the task that moves the data; it needs what the database's task"
          + " needs: the image, the execution role, the network, the mount target.";
    } else if (outcome.equals(String.valueOf(MoveScript.NO_DATABASE))) {
      return "there is no database in " + progress.directory() + " of the recovery point.";
    } else if (outcome.equals(String.valueOf(MoveScript.NOTHING_RESTORED))) {
      return "what AWS Backup has restored was not found in the file system.";
    } else if (outcome.equals(String.valueOf(MoveScript.SEVERAL))) {
      return "several directories aws-backup-restore_... of the file system hold "
          + progress.directory()
          + ": move away those that are not meant.";
    } else if (outcome.equals(String.valueOf(MoveScript.HELD))) {
      return "another task held the data for 270 s.";
    }
    return "the task that moves the data ended with exit code "
        + outcome
        + "; the log of its container restore says more.";
  }

  private static String sentence(String words) {
    String line = OneLine.of(words);
    String said = line.length() <= MESSAGE_LIMIT ? line : line.substring(0, MESSAGE_LIMIT) + "...";
    return said.endsWith(".") ? said : said + ".";
  }

  /**
   * What the status shows; null where there never was a restore.
   *
   * @param before what it showed; may be null
   */
  static RestoreStatus shown(Look look, RestoreStatus before, Instant now) {
    Progress progress = progress(look);
    if (progress == null) {
      return null;
    }
    RestoreStatus status = new RestoreStatus();
    status.state =
        switch (progress.stage()) {
          case COPYING -> RestoreStatus.COPYING;
          case MOVING -> RestoreStatus.MOVING;
          case DONE -> RestoreStatus.DONE;
          case FAILED -> RestoreStatus.FAILED;
        };
    status.recoveryPointArn =
        progress.job() != null && !progress.isForgotten()
            ? progress.job().recoveryPointArn()
            : progress.isOf(look.restore())
                ? look.restore().recoveryPointArn()
                : before == null ? null : before.recoveryPointArn;
    boolean same =
        before != null
            && status.state.equals(before.state)
            && Objects.equals(status.recoveryPointArn, before.recoveryPointArn);
    status.time = same ? before.time : SameStatus.time(now);
    return status;
  }

  private static Progress progress(Look look) {
    return look.observed().resources().stream()
        .filter(resource -> resource.ownership() == Ownership.OURS)
        .map(ObservedResource::actual)
        .filter(AccessPoint.class::isInstance)
        .map(actual -> ((AccessPoint) actual).progress())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
