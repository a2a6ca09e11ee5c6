package dev.fargate.operator.aws.efs;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.aws.backup.RestoreJobs;
import dev.fargate.operator.aws.ecs.MoveTasks;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.Restore.Progress;
import dev.fargate.operator.stack.Restore.Stage;
import dev.fargate.operator.stack.build.Ids;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.FileSystemDescription;
import software.amazon.awssdk.services.efs.model.Tag;

/**
 * The steps of a restore, each of which may be repeated, and how far they are. What says how far is
 * a tag of the access point: it outlives operator, cluster and custom resource.
 */
public final class Restores {
  /** AWS takes no longer token. */
  private static final int TOKEN_DIGITS = 40;

  private final EfsClient efs;
  private final RestoreJobs jobs;
  private final MoveTasks tasks;

  public Restores(EfsClient efs, RestoreJobs jobs, MoveTasks tasks) {
    this.efs = efs;
    this.jobs = jobs;
    this.tasks = tasks;
  }

  /** Null where an access point's tags tell of no restore. */
  Restore of(Map<String, String> tags) {
    return RestoreTag.in(tags).map(tagged -> new Restore(null, read(tagged), null)).orElse(null);
  }

  /** Of one that is done only the tag matters any more. */
  private Progress read(Progress tagged) {
    if (tagged.stage() == Stage.DONE) {
      return tagged;
    }
    return new Progress(
        tagged.stage(),
        tagged.token(),
        tagged.jobId(),
        tagged.outcome(),
        tagged.directory(),
        job(tagged),
        tagged.stage() == Stage.MOVING ? tasks.of(tagged.jobId()) : List.of());
  }

  /** Once it has copied, how it ended is told by the stage. */
  private Restore.Job job(Progress tagged) {
    return jobs.get(tagged.jobId())
        .filter(job -> tagged.stage() == Stage.COPYING || !job.isForgotten())
        .orElse(null);
  }

  /** Takes the step that the action asks for. */
  void step(Owner owner, Action action, AccessPoint wanted) {
    Restore restore = wanted.restore();
    Progress before = ((AccessPoint) action.observed().actual()).progress();
    String id = action.observed().outputs().get(Output.ID);
    switch (restore.progress().stage()) {
      case COPYING -> copy(owner, id, wanted, before);
      case MOVING -> {
        // The tag comes first: a task that runs must never be unknown.
        if (before.stage() != Stage.MOVING) {
          remember(id, restore.progress());
        }
        move(owner, restore);
      }
      case DONE, FAILED -> {
        tasks.clean(Names.readable(owner, Ids.MOVER));
        remember(id, restore.progress());
      }
    }
  }

  /** Another token than for what the directory has now, so that the same can be asked for again. */
  private void copy(Owner owner, String id, AccessPoint wanted, Progress before) {
    Restore.Wish wish = wanted.restore().wish();
    String token =
        Names.sha256(
                owner.ownerId()
                    + "\n"
                    + owner.reference()
                    + "\n"
                    + wish.token()
                    + "\n"
                    + (before == null ? "" : before.jobId()))
            .substring(0, TOKEN_DIGITS);
    String fileSystemId = wanted.fileSystemId().toString();
    FileSystemDescription there =
        efs.describeFileSystemsPaginator(request -> request.fileSystemId(fileSystemId))
            .fileSystems()
            .iterator()
            .next();
    String job =
        jobs.start(
            wish,
            fileSystemId,
            Boolean.TRUE.equals(there.encrypted()),
            there.performanceModeAsString(),
            token);
    remember(
        id,
        new Progress(Stage.COPYING, wish.token(), job, null, wish.directory(), null, List.of()));
  }

  private void move(Owner owner, Restore restore) {
    SortedMap<String, String> tags = new TreeMap<>();
    tags.put(Ownership.OWNER_ID, owner.ownerId());
    tags.put(Ownership.RESOURCE_OF, owner.reference());
    tags.put(Ownership.RESOURCE_ID, Ids.MOVER.toString());
    try {
      tasks.run(restore.mover(), restore.progress(), tags);
    } catch (MoveTasks.NotRun failure) {
      throw new AwsFailure(ErrorClass.TRANSIENT, "RunTask", failure.getMessage(), null, failure);
    }
  }

  private void remember(String accessPointId, Progress progress) {
    efs.tagResource(
        request ->
            request
                .resourceId(accessPointId)
                .tags(Tag.builder().key(Ownership.RESTORE).value(RestoreTag.of(progress)).build()));
  }
}
