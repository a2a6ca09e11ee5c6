package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.efs.FileSystems;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** AWS Backup of EFS file systems: a recovery point really holds a copy of the files. */
public final class Backup implements ServiceBehaviour {
  private final Map<String, Operation> operations = new HashMap<>();
  private final Archive archive = new Archive();
  private final BackupRuns runs;
  private final RestoreJobCalls restores;

  /**
   * @param roles whether AWS Backup may act as the role of this ARN
   */
  public Backup(
      Scheduler scheduler, FileSystems fileSystems, Predicate<String> roles, Timing timing) {
    BackupState state = new BackupState();
    runs = new BackupRuns(state, scheduler, timing, fileSystems, archive);
    operations.putAll(new VaultCalls(state, scheduler).operations());
    operations.putAll(new PlanCalls(state, scheduler, runs).operations());
    operations.putAll(new SelectionCalls(state, scheduler, roles).operations());
    operations.putAll(new BackupJobCalls(state, scheduler, runs, roles).operations());
    operations.putAll(new RecoveryPointCalls(state, runs).operations());
    restores = new RestoreJobCalls(state, scheduler, timing, fileSystems, archive, roles);
    operations.putAll(restores.operations());
    operations.putAll(new TagCalls(state).operations());
  }

  @Override
  public String signingName() {
    return "backup";
  }

  @Override
  public Set<String> operations() {
    return Set.copyOf(operations.keySet());
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return operations.get(operation).run(input, caller);
  }

  /**
   * Backups that finish from now on fail, as when AWS Backup cannot read the file system.
   *
   * @param why in AWS's words; null: they succeed again
   */
  public void fail(String why) {
    runs.fail(why);
  }

  /**
   * Restores that finish from now on do not succeed.
   *
   * @param status FAILED or ABORTED; null: they succeed again
   * @param why in AWS's words
   */
  public void endRestores(String status, String why) {
    restores.endWith(status, why);
  }

  /** All restore jobs until now are so old that nobody knows them any more. */
  public void forgetRestores() {
    restores.forget();
  }

  /** Deletes all files. */
  public void close() {
    archive.close();
  }
}
