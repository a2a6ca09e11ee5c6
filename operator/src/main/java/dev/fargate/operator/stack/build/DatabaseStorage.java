package dev.fargate.operator.stack.build;

import static dev.fargate.operator.stack.build.Absent.or;

import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.database.EfsStorage;
import dev.fargate.api.v1alpha1.database.FargateDatabaseSpec;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.FileSystem;
import dev.fargate.operator.stack.MountTarget;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.SecurityGroup;
import dev.fargate.operator.stack.TaskDefinition.Volume;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Where a database's data lies: a file system (its own or one that others own), a directory in it
 * that belongs to the engine's user, and a way in for each zone that opens to the task alone.
 */
public final class DatabaseStorage {
  /** Network File System, the protocol of EFS. */
  private static final int NFS_PORT = 2049;

  private static final String VOLUME = "data";

  /** Nobody but the engine's user has business in its directory. */
  private static final String PERMISSIONS = "0700";

  private DatabaseStorage() {}

  static boolean isDurable(FargateDatabaseSpec spec) {
    return spec.storage != null && spec.storage.efs != null;
  }

  /**
   * @param subnetByZone one subnet for each zone that the task may stand in: AWS gives a file
   *     system one mount target per zone
   * @param restore what is to be brought back into the directory; null for nothing, ever
   */
  static List<Resource> build(
      Owner owner,
      EfsStorage efs,
      String vpcId,
      SortedMap<String, String> subnetByZone,
      Restore restore) {
    List<Resource> resources = new ArrayList<>();
    Value fileSystem = fileSystem(efs);
    Value group = Value.ref(Ids.STORAGE_GROUP, Output.ID);
    resources.add(
        new SecurityGroup(
            Ids.STORAGE_GROUP,
            Names.readable(owner, Ids.STORAGE_GROUP, vpcId),
            "Storage of " + owner.reference() + ", made by fargate-operator",
            vpcId));
    resources.add(
        AppSecurityGroups.rule(
            "storage", group, "tcp", NFS_PORT, Value.ref(Ids.TASK_GROUP, Output.ID)));
    if (efs.fileSystemId == null) {
      resources.add(wanted(owner, efs));
    }
    resources.add(
        new AccessPoint(
            Ids.ACCESS_POINT,
            Names.token(owner, Ids.ACCESS_POINT, or(efs.fileSystemId, "own")),
            fileSystem,
            directory(owner),
            MongoEngine.UID,
            MongoEngine.UID,
            PERMISSIONS,
            restore));
    subnetByZone.forEach(
        (zone, subnet) ->
            resources.add(
                new MountTarget(Ids.mountTarget(zone), fileSystem, zone, subnet, List.of(group))));
    return resources;
  }

  /** Where in its file system a database's data lies. */
  public static String directory(Owner owner) {
    return "/fargate/" + Names.compact(owner, Ids.ACCESS_POINT);
  }

  /** The file system that a spec without a fileSystemId asks for. */
  public static FileSystem wanted(Owner owner, EfsStorage efs) {
    return new FileSystem(
        Ids.FILE_SYSTEM,
        Names.token(owner, Ids.FILE_SYSTEM),
        or(efs.encrypted, true),
        efs.kmsKeyId,
        or(efs.performanceMode, FieldDefaults.EFS_PERFORMANCE_MODE),
        or(efs.throughputMode, FieldDefaults.EFS_THROUGHPUT_MODE));
  }

  static Volume volume(EfsStorage efs) {
    return new Volume(VOLUME, fileSystem(efs), Value.ref(Ids.ACCESS_POINT, Output.ID));
  }

  static Value fileSystem(EfsStorage efs) {
    return efs.fileSystemId != null
        ? Value.known(efs.fileSystemId)
        : Value.ref(Ids.FILE_SYSTEM, Output.ID);
  }
}
