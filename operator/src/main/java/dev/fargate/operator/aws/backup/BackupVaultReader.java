package dev.fargate.operator.aws.backup;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagCache;
import dev.fargate.operator.stack.BackupVault;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.BackupJob;
import software.amazon.awssdk.services.backup.model.BackupVaultListMember;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;

/**
 * The vaults with our owner tag, each with its recovery points and jobs; a narrow read sees whoever
 * has a wanted name. A vault is never described by name: AWS denies the look at one that is absent.
 */
public final class BackupVaultReader implements Reader {
  /** AWS's largest page. */
  private static final int PAGE = 1000;

  /** AWS Backup keeps a job in its list for 30 days. */
  private static final Duration JOBS = Duration.ofDays(30);

  private final BackupClient backup;
  private final String ownerId;
  private final Clock clock;
  private final TagCache tags;
  private final Kept<BackupVault.State> states;

  public BackupVaultReader(BackupClient backup, String ownerId, Clock clock) {
    this.backup = backup;
    this.ownerId = ownerId;
    this.clock = clock;
    this.tags = new TagCache(clock, TagCache.TAGS, 1, arns -> BackupTags.of(backup, arns));
    this.states = new Kept<>(clock, this::state, BackupVaultReader::isSettled);
  }

  private static boolean isSettled(BackupVault.State state) {
    return state.jobs().stream().noneMatch(BackupVault.Job::isOpen)
        && state.points().stream().noneMatch(point -> point.status().equals("DELETING"));
  }

  @Override
  public Kind kind() {
    return Kind.BACKUP_VAULT;
  }

  @Override
  public Part sweep(Known known) {
    List<BackupVaultListMember> vaults = list();
    Map<String, Map<String, String>> tagged =
        tags.sweep(vaults.stream().map(BackupVaultListMember::backupVaultArn).toList());
    List<BackupVaultListMember> ours =
        vaults.stream().filter(vault -> isOurs(tagged.get(vault.backupVaultArn()))).toList();
    Set<String> names = new TreeSet<>();
    ours.forEach(vault -> names.add(vault.backupVaultName()));
    states.sweep(names);
    return new Part(seen -> isOurs(seen.tags()), seen(ours, tagged));
  }

  private boolean isOurs(Map<String, String> own) {
    return own != null && ownerId.equals(own.get(Ownership.OWNER_ID));
  }

  @Override
  public Part read(Need need) {
    Set<String> names = new TreeSet<>();
    need.wanted().forEach(wanted -> names.add(wanted.physicalName()));
    need.there().forEach(there -> names.add(there.actual().physicalName()));
    List<BackupVaultListMember> vaults =
        list().stream().filter(vault -> names.contains(vault.backupVaultName())).toList();
    List<String> arns = vaults.stream().map(BackupVaultListMember::backupVaultArn).toList();
    arns.forEach(tags::forget);
    names.forEach(states::forget);
    return new Part(
        seen -> names.contains(seen.actual().physicalName()), seen(vaults, tags.get(arns)));
  }

  @Override
  public void forget(String key) {
    states.forget(key);
    tags.forgetAll(arn -> arn.endsWith(":backup-vault:" + key));
  }

  private List<BackupVaultListMember> list() {
    List<BackupVaultListMember> found = new ArrayList<>();
    backup
        .listBackupVaultsPaginator(request -> request.maxResults(PAGE))
        .backupVaultList()
        .forEach(found::add);
    return found;
  }

  private List<Seen> seen(
      List<BackupVaultListMember> vaults, Map<String, Map<String, String>> tagged) {
    List<Seen> seen = new ArrayList<>();
    for (BackupVaultListMember vault : vaults) {
      Map<String, String> own = tagged.get(vault.backupVaultArn());
      if (own == null) {
        continue;
      }
      String name = vault.backupVaultName();
      String asked = own.get(Ownership.BACKUP_ASKED);
      seen.add(
          Seen.active(
              name,
              new BackupVault(
                  Seen.id(Kind.BACKUP_VAULT, own),
                  name,
                  asked == null ? null : new BackupVault.Request(asked, null, null, 0),
                  isOurs(own) ? states.get(name) : null),
              Map.of(Output.ARN, vault.backupVaultArn(), Output.NAME, name),
              own));
    }
    return seen;
  }

  private BackupVault.State state(String vault) {
    List<BackupVault.Point> points = new ArrayList<>();
    List<BackupVault.Job> jobs = new ArrayList<>();
    try {
      backup
          .listRecoveryPointsByBackupVaultPaginator(
              request -> request.backupVaultName(vault).maxResults(PAGE))
          .recoveryPoints()
          .stream()
          .distinct()
          .forEach(point -> points.add(point(point)));
      Instant since = clock.instant().minus(JOBS);
      backup
          .listBackupJobsPaginator(
              request -> request.byBackupVaultName(vault).byCreatedAfter(since).maxResults(PAGE))
          .backupJobs()
          .stream()
          .distinct()
          .forEach(job -> jobs.add(job(job)));
    } catch (ResourceNotFoundException gone) {
      // With all that was in it.
    }
    points.sort(
        Comparator.comparing(BackupVault.Point::created)
            .thenComparing(BackupVault.Point::arn)
            .reversed());
    jobs.sort(
        Comparator.comparing(BackupVault.Job::created)
            .thenComparing(BackupVault.Job::state)
            .reversed());
    return new BackupVault.State(points, jobs);
  }

  private static BackupVault.Point point(RecoveryPointByBackupVault point) {
    var lifecycle = point.calculatedLifecycle();
    return new BackupVault.Point(
        point.recoveryPointArn(),
        point.statusAsString(),
        time(point.creationDate()),
        lifecycle == null ? null : time(lifecycle.deleteAt()),
        point.backupSizeInBytes() == null ? 0 : point.backupSizeInBytes());
  }

  private static BackupVault.Job job(BackupJob job) {
    return new BackupVault.Job(job.stateAsString(), time(job.creationDate()), job.statusMessage());
  }

  /** Whole seconds, all equally long, so that texts sort as times do. */
  static String time(Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
