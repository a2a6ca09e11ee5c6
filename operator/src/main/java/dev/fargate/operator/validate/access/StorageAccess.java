package dev.fargate.operator.validate.access;

import dev.fargate.api.v1alpha1.database.Storage;
import dev.fargate.operator.validate.Problem;
import java.util.List;

/** File systems of others: whoever may name one may read and fill it. */
final class StorageAccess {
  private StorageAccess() {}

  static void check(Storage storage, Grant grant, List<Problem> problems) {
    if (storage == null || storage.efs == null || storage.efs.fileSystemId == null) {
      return;
    }
    String id = storage.efs.fileSystemId;
    List<String> allowed = grant.access().fileSystemIds;
    if (allowed == null || !allowed.contains(Starts.EVERYTHING) && !allowed.contains(id)) {
      problems.add(grant.notListed("spec.storage.efs.fileSystemId", id, "fileSystemIds"));
    }
  }
}
