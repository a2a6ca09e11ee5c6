package dev.fargate.operator.status;

import static dev.fargate.operator.status.Scene.NOW;
import static dev.fargate.operator.status.Scene.ONE;
import static dev.fargate.operator.status.Scene.TWO;
import static dev.fargate.operator.status.Scene.deployment;
import static dev.fargate.operator.status.Scene.exit;
import static dev.fargate.operator.status.Scene.failed;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.ObjectStatus;
import dev.fargate.api.v1alpha1.database.Backup;
import dev.fargate.api.v1alpha1.database.EfsStorage;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.BackupPlan;
import dev.fargate.operator.stack.BackupVault;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.build.Ids;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What may be said of a database, by name: each scene with what there is in AWS. */
final class DatabaseStatuses {
  private DatabaseStatuses() {}

  static Map<String, Supplier<ObjectStatus>> all() {
    Map<String, Supplier<ObjectStatus>> scenes = new LinkedHashMap<>();
    database(scenes, "at rest", () -> durable(), s -> {});
    database(
        scenes,
        "nothing is there yet",
        () -> durable(),
        s -> {
          s.actions.add(s.action(Verb.CREATE, Ids.CREDENTIALS));
          s.brandNew();
        });
    database(
        scenes,
        "its task is being replaced",
        () -> durable().then(),
        s -> s.rollout(deployment("PRIMARY", TWO, 1, 0, "COMPLETED")));
    database(
        scenes,
        "its task stops again and again",
        () -> durable().then(),
        s -> {
          for (int i = 1; i <= 3; i++) {
            s.failures.add(exit("t" + i, NOW.minusSeconds(60L * i), 1));
          }
        });
    database(
        scenes,
        "denied, and what runs goes on",
        () -> durable().then(),
        s -> {
          s.actions.add(s.action(Verb.UPDATE, Ids.SERVICE));
          s.outcomes.add(failed(s.actions.get(0), ErrorClass.DENIED, "AccessDenied", "no"));
        });
    database(
        scenes,
        "denied for another revision",
        () -> durable().then(),
        s -> {
          s.requested = ONE;
          s.actions.add(s.action(Verb.UPDATE, Ids.SERVICE));
          s.outcomes.add(failed(s.actions.get(0), ErrorClass.DENIED, "AccessDenied", "no"));
        });
    database(
        scenes,
        "it is stopped for a restore",
        () -> durable(),
        s -> {
          s.rollout(deployment("PRIMARY", TWO, 0, 0, "COMPLETED"));
        });
    database(
        scenes,
        "without a name it cannot be reached",
        () -> durable().without(Ids.DISCOVERY),
        s -> {});
    database(scenes, "in storage that goes with its task", () -> Scene.database(), s -> {});
    database(
        scenes,
        "AWS Backup cannot act as its role",
        () -> durable(),
        s ->
            s.outcomes.add(
                failed(
                    s.action(Verb.CREATE, Ids.BACKUP_SELECTION),
                    ErrorClass.INVALID,
                    "InvalidParameterValue",
                    "the role cannot be assumed")));
    backups(scenes);
    restores(scenes);
    return scenes;
  }

  private static void database(
      Map<String, Supplier<ObjectStatus>> scenes,
      String name,
      Supplier<Scene> before,
      Consumer<Scene> change) {
    scenes.put(
        name,
        () -> {
          Scene scene = before.get();
          change.accept(scene);
          return scene.databaseStatus();
        });
  }

  /** Every night at three, UTC. */
  private static Scene durable() {
    return durable(database -> {});
  }

  private static Scene durable(Consumer<FargateDatabase> change) {
    return Scene.database(
            database -> {
              database.getSpec().storage.ephemeral = null;
              database.getSpec().storage.efs = new EfsStorage();
              database.getSpec().backup = new Backup();
              database.getSpec().backup.schedule = "0 3 * * *";
              database.getSpec().backup.roleArn = "arn:aws:iam::123456789012:role/backup";
              change.accept(database);
            })
        .changed(
            Ids.BACKUP_PLAN,
            one -> {
              BackupPlan plan = (BackupPlan) one.actual();
              return Scene.actually(
                  new BackupPlan(plan.id(), plan.name(), plan.rules(), "2026-11-20T12:00:00Z"),
                  one);
            });
  }

  private static Scene vault(Scene scene, List<BackupVault.Point> points, BackupVault.Job... jobs) {
    return scene.changed(
        Ids.BACKUP_VAULT,
        one -> {
          BackupVault vault = (BackupVault) one.actual();
          return Scene.actually(
              new BackupVault(
                  vault.id(),
                  // The plan refers to it by what AWS answered.
                  Scene.outputs(vault.id()).get(Output.NAME),
                  null,
                  new BackupVault.State(points, List.of(jobs))),
              one);
        });
  }

  private static BackupVault.Point point(String status, String created) {
    return new BackupVault.Point("arn:" + created, status, created, "2027-01-01T00:00:00Z", 4096);
  }

  private static void backups(Map<String, Supplier<ObjectStatus>> scenes) {
    BackupVault.Point today = point("COMPLETED", "2026-11-21T03:20:00Z");
    BackupVault.Point yesterday = point("COMPLETED", "2026-11-20T03:20:00Z");
    BackupVault.Job bad =
        new BackupVault.Job("FAILED", "2026-11-21T03:10:00Z", "Insufficient privileges");
    database(
        scenes,
        "its backup is being set up",
        () -> durable().without(Ids.BACKUP_SELECTION),
        s -> {});
    database(scenes, "there is no vault yet", () -> durable().without(Ids.BACKUP_VAULT), s -> {});
    database(
        scenes,
        "the first backup is to come",
        () -> vault(durable(), List.of(point("PARTIAL", "2026-11-21T02:00:00Z"))),
        s -> {});
    database(scenes, "backed up", () -> vault(durable(), List.of(yesterday, today)), s -> {});
    database(
        scenes, "backed up, seen again", () -> vault(durable(), List.of(today)).then(), s -> {});
    database(
        scenes, "the last backup failed", () -> vault(durable(), List.of(yesterday), bad), s -> {});
    database(
        scenes,
        "no backup has ever come",
        () ->
            vault(
                durable(), List.of(), new BackupVault.Job("EXPIRED", "2026-11-21T04:00:00Z", null)),
        s -> {});
    database(
        scenes,
        "a newer backup is good, or under way",
        () ->
            vault(
                durable(),
                List.of(today),
                bad,
                new BackupVault.Job("RUNNING", "2026-11-21T09:00:00Z", null)),
        s -> {});
    database(
        scenes,
        "the backup of last night has not come",
        () ->
            vault(
                durable(database -> database.getSpec().backup.schedule = "30 1 * * *"),
                List.of(yesterday)),
        s -> {});
    database(
        scenes,
        "a new schedule counts from now on",
        () -> vault(durable(), List.of(yesterday)).then(),
        s -> s.edit(database -> database.getSpec().backup.schedule = "0 1 * * *"));
    database(
        scenes,
        "backed up in a time zone, in which a day is not there",
        () ->
            vault(
                durable(
                    database -> {
                      database.getSpec().backup.timeZone = "America/New_York";
                      database.getSpec().backup.schedule = "0 3 30 2 *";
                    }),
                List.of(today)),
        s -> {});
    database(
        scenes,
        "backups that are no longer asked for are shown",
        () -> vault(durable(), List.of(today)),
        s -> s.edit(database -> database.getSpec().backup = null));
  }

  // Restores

  private static final Restore.Wish WISH =
      new Restore.Wish("token", "arn:point", "/fargate/old", "arn:role", null);

  private static Scene restoring(Restore.Progress progress) {
    Scene scene =
        durable(database -> database.getSpec().backup = null)
            .changed(
                Ids.ACCESS_POINT,
                one ->
                    Scene.actually(
                        ((AccessPoint) one.actual()).with(new Restore(null, progress, null)), one));
    scene.wish = WISH;
    return scene;
  }

  private static Restore.Progress progress(Restore.Stage stage, String outcome, Restore.Job job) {
    return new Restore.Progress(stage, "token", "job-1", outcome, "/fargate/old", job, List.of());
  }

  private static Restore.Job job(String percent, String message) {
    return new Restore.Job("RUNNING", "arn:point-of-the-job", null, null, percent, message);
  }

  private static void restores(Map<String, Supplier<ObjectStatus>> scenes) {
    for (String percent : List.of("47.3%", "7", "odd")) {
      database(
          scenes,
          "AWS Backup copies: " + percent,
          () -> restoring(progress(Restore.Stage.COPYING, null, job(percent, null))),
          s -> {});
    }
    database(
        scenes,
        "AWS Backup copies, of which nothing is known yet",
        () -> restoring(progress(Restore.Stage.COPYING, null, null)),
        s -> {});
    database(
        scenes,
        "the data is being moved",
        () -> restoring(progress(Restore.Stage.MOVING, null, job(null, null))),
        s -> {});
    database(
        scenes,
        "the data is being moved, of a job that AWS has forgotten",
        () -> restoring(progress(Restore.Stage.MOVING, null, null)),
        s -> {});
    database(scenes, "restored", () -> restoring(progress(Restore.Stage.DONE, "0", null)), s -> {});
    database(
        scenes,
        "restored, seen again",
        () -> restoring(progress(Restore.Stage.DONE, "0", null)).then(),
        s -> {});
    database(
        scenes,
        "restored, and no longer asked for",
        () -> restoring(progress(Restore.Stage.DONE, "0", null)).then(),
        s -> s.wish = null);
    for (String outcome : List.of("job", "start", "65", "66", "69", "75", "1")) {
      database(
          scenes,
          "a restore failed: " + outcome,
          () -> restoring(progress(Restore.Stage.FAILED, outcome, job(null, "Access denied"))),
          s -> {});
    }
    database(
        scenes,
        "a restore failed, and AWS does not say why",
        () -> restoring(progress(Restore.Stage.FAILED, "job", null)),
        s -> {});
    database(
        scenes,
        "a restore of something else failed",
        () ->
            restoring(
                new Restore.Progress(
                    Restore.Stage.FAILED, "other", "job-0", "65", "/x", null, List.of())),
        s -> {});
    database(
        scenes,
        "a restore is refused",
        () -> restoring(null),
        s -> s.wish = new Restore.Wish("token", "arn:point", "/", null, "It is of others."));
    database(
        scenes,
        "a restore is refused while another revision rolls out",
        () -> restoring(null),
        s -> {
          s.rollout(deployment("PRIMARY", TWO, 1, 0, "IN_PROGRESS"));
          s.wish = new Restore.Wish("token", "arn:point", "/", null, "It is of others.");
        });
    database(
        scenes,
        "a restore failed, which is paused",
        () -> restoring(progress(Restore.Stage.COPYING, null, null)),
        s -> {
          s.halt = new Halt(Reason.PAUSED, "It is paused.");
          s.actions.add(s.action(Verb.UPDATE, Ids.ACCESS_POINT));
        });
  }
}
