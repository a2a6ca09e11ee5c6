package dev.fargate.operator.aws.backup;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagCache;
import dev.fargate.operator.stack.BackupPlan;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Value;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.BackupPlansListMember;
import software.amazon.awssdk.services.backup.model.BackupRule;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;

/**
 * The plans with our owner tag; a narrow read sees whoever has a wanted name. The list tells each
 * plan's version, so a plan that has not changed is not read again.
 */
public final class BackupPlanReader implements Reader {
  /** AWS's largest page. */
  private static final int PAGE = 1000;

  /** What AWS Backup takes where a rule says nothing (its developer guide). */
  private static final BackupPlan.Windows AWS_WINDOWS = new BackupPlan.Windows(480, 10080);

  /** Never: AWS writes no number. */
  private static final int FOR_EVER = 0;

  private final BackupClient backup;
  private final String ownerId;
  private final TagCache tags;

  /** By id; of each plan the version that was read last. */
  private final Map<String, Version> versions = new HashMap<>();

  private record Version(String id, List<BackupPlan.Rule> rules) {}

  public BackupPlanReader(BackupClient backup, String ownerId, Clock clock) {
    this.backup = backup;
    this.ownerId = ownerId;
    this.tags = new TagCache(clock, TagCache.TAGS, 1, arns -> BackupTags.of(backup, arns));
  }

  @Override
  public Kind kind() {
    return Kind.BACKUP_PLAN;
  }

  @Override
  public synchronized Part sweep(Known known) {
    List<BackupPlansListMember> plans = list();
    Map<String, Map<String, String>> tagged =
        tags.sweep(plans.stream().map(BackupPlansListMember::backupPlanArn).toList());
    List<BackupPlansListMember> ours =
        plans.stream().filter(plan -> isOurs(tagged.get(plan.backupPlanArn()))).toList();
    versions.keySet().retainAll(ours.stream().map(BackupPlansListMember::backupPlanId).toList());
    return new Part(seen -> isOurs(seen.tags()), seen(ours, tagged));
  }

  private boolean isOurs(Map<String, String> own) {
    return own != null && ownerId.equals(own.get(Ownership.OWNER_ID));
  }

  @Override
  public synchronized Part read(Need need) {
    Set<String> names = new TreeSet<>();
    need.wanted().forEach(wanted -> names.add(wanted.physicalName()));
    need.there().forEach(there -> names.add(there.actual().physicalName()));
    List<BackupPlansListMember> plans =
        list().stream().filter(plan -> names.contains(plan.backupPlanName())).toList();
    List<String> arns = plans.stream().map(BackupPlansListMember::backupPlanArn).toList();
    arns.forEach(tags::forget);
    return new Part(
        seen -> names.contains(seen.actual().physicalName()), seen(plans, tags.get(arns)));
  }

  @Override
  public void forget(String key) {
    tags.forgetAll(arn -> arn.endsWith(":" + key));
  }

  private List<BackupPlansListMember> list() {
    List<BackupPlansListMember> found = new ArrayList<>();
    backup
        .listBackupPlansPaginator(request -> request.maxResults(PAGE))
        .backupPlansList()
        .forEach(found::add);
    return found;
  }

  private List<Seen> seen(
      List<BackupPlansListMember> plans, Map<String, Map<String, String>> tagged) {
    List<Seen> seen = new ArrayList<>();
    for (BackupPlansListMember plan : plans) {
      Map<String, String> own = tagged.get(plan.backupPlanArn());
      List<BackupPlan.Rule> rules = own == null ? null : rules(plan);
      if (rules != null) {
        seen.add(
            Seen.active(
                plan.backupPlanId(),
                new BackupPlan(
                    Seen.id(Kind.BACKUP_PLAN, own),
                    plan.backupPlanName(),
                    rules,
                    BackupVaultReader.time(plan.creationDate())),
                Map.of(Output.ID, plan.backupPlanId(), Output.ARN, plan.backupPlanArn()),
                own));
      }
    }
    return seen;
  }

  /** Null when it is gone meanwhile. */
  private List<BackupPlan.Rule> rules(BackupPlansListMember plan) {
    Version known = versions.get(plan.backupPlanId());
    if (known != null && known.id().equals(plan.versionId())) {
      return known.rules();
    }
    try {
      var read = backup.getBackupPlan(request -> request.backupPlanId(plan.backupPlanId()));
      List<BackupPlan.Rule> rules =
          read.backupPlan().rules().stream().map(BackupPlanReader::rule).toList();
      versions.put(plan.backupPlanId(), new Version(read.versionId(), rules));
      return rules;
    } catch (ResourceNotFoundException gone) {
      return null;
    }
  }

  private static BackupPlan.Rule rule(BackupRule rule) {
    var lifecycle = rule.lifecycle();
    return new BackupPlan.Rule(
        rule.ruleName(),
        Value.known(rule.targetBackupVaultName()),
        rule.scheduleExpression(),
        rule.scheduleExpressionTimezone() == null ? "Etc/UTC" : rule.scheduleExpressionTimezone(),
        lifecycle == null || lifecycle.deleteAfterDays() == null
            ? FOR_EVER
            : lifecycle.deleteAfterDays().intValue(),
        new BackupPlan.Windows(
            minutes(rule.startWindowMinutes(), AWS_WINDOWS.start()),
            minutes(rule.completionWindowMinutes(), AWS_WINDOWS.completion())),
        new TreeMap<>(rule.recoveryPointTags()));
  }

  private static int minutes(Long minutes, int absent) {
    return minutes == null ? absent : minutes.intValue();
  }
}
