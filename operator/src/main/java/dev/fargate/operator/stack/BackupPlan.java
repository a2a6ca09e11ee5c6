package dev.fargate.operator.stack;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A plan of AWS Backup: when recovery points are made and how long they stay.
 *
 * @param rules one where it is ours; somebody may have added others
 * @param since when it was made, RFC 3339; null in what is wanted, and never compared
 */
public record BackupPlan(ResourceId id, String name, List<Rule> rules, String since)
    implements Resource {
  public BackupPlan {
    rules = List.copyOf(rules);
  }

  @Override
  public String physicalName() {
    return name;
  }

  /**
   * @param schedule AWS's six fields, {@code cron(...)}
   * @param tags of the recovery points: whose they are, and where in the file system the data lies
   */
  public record Rule(
      String name,
      Value vaultName,
      String schedule,
      String timeZone,
      int retentionDays,
      Windows windows,
      SortedMap<String, String> tags) {
    public Rule {
      tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }
  }

  /** In minutes: until a backup has to begin, and until it has to be done. */
  public record Windows(int start, int completion) {}
}
