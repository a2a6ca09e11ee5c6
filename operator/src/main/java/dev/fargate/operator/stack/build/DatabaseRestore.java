package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.database.FargateDatabaseSpec;
import dev.fargate.api.v1alpha1.environment.Defaults;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.TaskDefinition.Container;
import dev.fargate.operator.stack.TaskDefinition.Mount;
import dev.fargate.operator.stack.TaskDefinition.Volume;
import dev.fargate.operator.stack.Value;
import java.util.List;
import java.util.TreeMap;

/** What a database's {@code restore} asks for, and the task that would carry it out. */
public final class DatabaseRestore {
  /** 40 bits: compared with the one before only. */
  private static final int TOKEN_DIGITS = 10;

  /** The smallest that Fargate has: it renames. */
  private static final int CPU = 256;

  private static final int MEMORY_MIB = 512;

  /** What it does at a TERM takes no time. */
  private static final int STOP_TIMEOUT_SECONDS = 30;

  /** The name of the container, and so of its log streams. */
  public static final String CONTAINER = "restore";

  private static final String VOLUME = "root";

  /** The root of a file system is root's. */
  private static final String ROOT = "0:0";

  private DatabaseRestore() {}

  /**
   * Null where the spec asks for nothing.
   *
   * @param refusal as {@link Restore.Wish#refusal}
   */
  static Restore.Wish wish(
      Owner owner, FargateDatabase database, Defaults defaults, String refusal) {
    var asked = database.getSpec().restore;
    return asked == null
        ? null
        : new Restore.Wish(
            token(owner, database),
            asked.recoveryPointArn,
            from(owner, database.getSpec()),
            role(database.getSpec(), defaults),
            refusal);
  }

  /** Tells what the spec asks for from anything else that was ever asked for. */
  public static String token(Owner owner, FargateDatabase database) {
    FargateDatabaseSpec spec = database.getSpec();
    String again = Annotations.valueOf(database, Annotations.RESTORE);
    return Names.sha256(
            spec.restore.recoveryPointArn
                + "\n"
                + from(owner, spec)
                + "\n"
                + (again == null ? "" : again))
        .substring(0, TOKEN_DIGITS);
  }

  /** The directory of the recovery point that holds the data. */
  private static String from(Owner owner, FargateDatabaseSpec spec) {
    return Absent.or(spec.restore.directory, DatabaseStorage.directory(owner));
  }

  /** As whom AWS Backup works; null where nobody has named a role. */
  public static String role(FargateDatabaseSpec spec, Defaults defaults) {
    if (spec.backup != null) {
      return DatabaseBackup.role(spec.backup, defaults);
    }
    return defaults == null ? null : defaults.backupRoleArn;
  }

  /**
   * The task that moves the data: the database's image, which has a shell, and the whole file
   * system; no role to act as, and no secret.
   */
  static Restore.Mover mover(
      Owner owner, FargateDatabaseSpec spec, Place place, MongoEngine engine) {
    TreeMap<String, String> environment = new TreeMap<>();
    environment.put(MoveScript.TO, DatabaseStorage.directory(owner));
    Container container =
        new Container(
            CONTAINER,
            engine.image(),
            true,
            MoveScript.command(MongoEngine.DATA_FILE, MongoEngine.LOCK_FILE),
            List.of(),
            ROOT,
            null,
            true,
            STOP_TIMEOUT_SECONDS,
            List.of(),
            environment,
            new TreeMap<>(),
            null,
            LogGroups.driver(owner, spec.logs, place),
            List.of(new Mount(VOLUME, MoveScript.MOUNT, false)));
    return new Restore.Mover(
        new TaskDefinition(
            Ids.MOVER,
            Names.readable(owner, Ids.MOVER),
            CPU,
            MEMORY_MIB,
            Roles.architecture(null, place.defaults()),
            null,
            Roles.of(spec.iam, place.defaults()).executionRoleArn(),
            null,
            List.of(container),
            List.of(new Volume(VOLUME, DatabaseStorage.fileSystem(spec.storage.efs), null))),
        Value.known(place.clusterArn()),
        TaskNetwork.of(spec.network, place));
  }
}
