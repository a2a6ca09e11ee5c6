package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.build.DatabaseRestore;
import dev.fargate.operator.stack.build.Place;
import java.util.Optional;

/** Looks at a recovery point before anything is done with it. */
final class RestoreLookups {
  private static final String WHOLE = "COMPLETED";

  private RestoreLookups() {}

  /**
   * Why what the spec asks for must not be brought back, for people; null where it may, where it is
   * under way or has been met, and where nothing is asked for. What AWS Backup has forgotten would
   * have to be asked for again.
   */
  static String refusal(Owner owner, FargateDatabase database, Place place, Cloud.Lookups lookups) {
    if (database.getSpec().restore == null || isMet(owner, database, lookups)) {
      return null;
    }
    if (DatabaseRestore.role(database.getSpec(), place.defaults()) == null) {
      return "there is no role that AWS Backup could bring it back as: name one that trusts"
          + " backup.amazonaws.com as spec.backup.roleArn, or as defaults.backupRoleArn of"
          + " FargateEnvironment "
          + place.environment()
          + ".";
    }
    String arn = database.getSpec().restore.recoveryPointArn;
    Optional<Cloud.KeptFileSystem> fileSystem = lookups.fileSystem(owner);
    if (fileSystem.isEmpty()) {
      return "this database has no file system yet that " + arn + " could be of. " + elsewhere();
    }
    Optional<Cloud.RecoveryPoint> point = lookups.recoveryPoint(owner, arn);
    if (point.isEmpty()) {
      return "AWS Backup has no recovery point "
          + arn
          + " of this database's file system "
          + fileSystem.get().fileSystemId()
          + ". "
          + elsewhere();
    }
    if (!WHOLE.equals(point.get().status())) {
      return arn + " is " + point.get().status() + "; only one that is COMPLETED is whole.";
    }
    if (!Ownership.owns(owner, point.get().tags())) {
      return "the tags of "
          + arn
          + " do not say that it is this database's: "
          + Ownership.OWNER_ID
          + " has to be "
          + owner.ownerId()
          + ", and "
          + Ownership.RESOURCE_OF
          + " "
          + owner.reference()
          + ".";
    }
    return null;
  }

  private static boolean isMet(Owner owner, FargateDatabase database, Cloud.Lookups lookups) {
    String token = DatabaseRestore.token(owner, database);
    return lookups
        .restore(owner)
        .filter(progress -> progress.token().equals(token) && !progress.isForgotten())
        .isPresent();
  }

  /** AWS brings a point back into the file system that it is of, or into a new one. */
  private static String elsewhere() {
    return "One of another file system cannot be brought back into this one: restore it into a new"
        + " file system with AWS Backup, and name that in storage.efs.fileSystemId of a new"
        + " database (docs/databases.md).";
  }
}
