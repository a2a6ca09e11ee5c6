package dev.fargate.operator.validate;

import dev.fargate.api.v1alpha1.database.Backup;
import dev.fargate.api.v1alpha1.database.FargateDatabaseSpec;
import dev.fargate.operator.stack.CronSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What must hold of a database's backup. */
public final class BackupValidation {
  private static final String FIELD = "spec.backup";

  private BackupValidation() {}

  /** By the spec alone. */
  static List<Problem> check(FargateDatabaseSpec spec) {
    List<Problem> problems = new ArrayList<>();
    Backup backup = spec.backup;
    if (backup == null) {
      return problems;
    }
    if (spec.storage == null || spec.storage.efs == null || spec.storage.efs.fileSystemId != null) {
      problems.add(
          new Problem(
              FIELD,
              "needs storage.efs without fileSystemId: AWS Backup copies whole file systems, and one"
                  + " of others is theirs to back up"));
    }
    try {
      CronSchedule schedule = CronSchedule.parse(String.valueOf(backup.schedule));
      if (!schedule.isAtMostHourly()) {
        problems.add(
            new Problem(
                FIELD + ".schedule",
                "comes more often than once an hour, which AWS Backup does not; give one minute"));
      }
      if (schedule.next(Instant.EPOCH, ZoneOffset.UTC).isEmpty()) {
        problems.add(
            new Problem(
                FIELD + ".schedule",
                "is of a day that never comes; give a day that the month has, for example 0 3 28 2 *"));
      }
    } catch (IllegalArgumentException wrong) {
      problems.add(new Problem(FIELD + ".schedule", wrong.getMessage()));
    }
    if (backup.timeZone != null && !ZoneId.getAvailableZoneIds().contains(backup.timeZone)) {
      problems.add(
          new Problem(
              FIELD + ".timeZone",
              "is \"" + backup.timeZone + "\", which is no IANA time zone, such as Europe/Berlin"));
    }
    return problems;
  }
}
