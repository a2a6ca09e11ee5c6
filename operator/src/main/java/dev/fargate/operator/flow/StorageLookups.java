package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.database.EfsStorage;
import dev.fargate.api.v1alpha1.database.Storage;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.stack.FileSystem;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.build.DatabaseStorage;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.status.Reason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** What must be known of AWS before a database's storage can be planned. */
final class StorageLookups {
  private static final String FIELD = "spec.storage.efs.";

  private StorageLookups() {}

  /**
   * Of each zone that the task may stand in one subnet, the first by id: AWS gives a file system
   * one mount target per zone. Empty for ephemeral storage.
   *
   * @param missing what is not there, or is not what is asked for, is added
   */
  static SortedMap<String, String> subnetByZone(
      Owner owner, Storage storage, Place place, Cloud.Lookups lookups, List<Missing> missing) {
    SortedMap<String, String> subnetByZone = new TreeMap<>();
    if (storage.efs == null) {
      return subnetByZone;
    }
    check(owner, storage.efs, lookups, missing);
    Map<String, String> zones = lookups.zones(place.vpcId(), place.subnetIds());
    place.subnetIds().stream()
        .sorted()
        .filter(zones::containsKey)
        .forEach(subnet -> subnetByZone.putIfAbsent(zones.get(subnet), subnet));
    return subnetByZone;
  }

  private static void check(
      Owner owner, EfsStorage efs, Cloud.Lookups lookups, List<Missing> missing) {
    if (efs.fileSystemId != null) {
      if (!lookups.fileSystemExists(efs.fileSystemId)) {
        missing.add(
            new Missing(
                Reason.REFERENCE_MISSING,
                FIELD + "fileSystemId: there is no file system " + efs.fileSystemId + "."));
      }
      return;
    }
    FileSystem wanted = DatabaseStorage.wanted(owner, efs);
    lookups
        .fileSystem(owner)
        .ifPresent(
            kept -> {
              FileSystem there = kept.settings();
              String id = kept.fileSystemId();
              same(id, "encrypted", there.encrypted(), wanted.encrypted(), missing);
              same(
                  id,
                  "performanceMode",
                  there.performanceMode(),
                  wanted.performanceMode(),
                  missing);
            });
  }

  /**
   * A database that was deleted with Retain and applied again finds its file system. An empty one
   * with other settings instead of it would lose the data without a word.
   */
  private static void same(
      String id, String field, Object there, Object wanted, List<Missing> missing) {
    if (!Objects.equals(there, wanted)) {
      missing.add(
          new Missing(
              Reason.INVALID_SPEC,
              FIELD
                  + field
                  + ": the file system "
                  + id
                  + " that this database has kept was made with "
                  + there
                  + ", which AWS cannot change. Ask for that, or delete the file system, and the"
                  + " data in it, by hand."));
    }
  }
}
