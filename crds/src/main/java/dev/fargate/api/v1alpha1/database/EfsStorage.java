package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A file system that outlives the task: one made for the database, or one that exists. */
@ApiObject
@ValidationRule(
    value =
        "!has(self.fileSystemId) || !(has(self.encrypted) || has(self.kmsKeyId) ||"
            + " has(self.performanceMode) || has(self.throughputMode))",
    message =
        "a file system that exists is used as it is: drop encrypted, kmsKeyId, performanceMode and"
            + " throughputMode, or drop fileSystemId",
    fieldPath = ".fileSystemId")
@ValidationRule(
    value = "!has(self.kmsKeyId) || !has(self.encrypted) || self.encrypted",
    message = "kmsKeyId is the key of an encrypted file system: drop it, or encrypted: false",
    fieldPath = ".kmsKeyId")
@ValidationRule(
    value =
        "!has(self.performanceMode) || self.performanceMode != 'maxIO' ||"
            + " (has(self.throughputMode) && self.throughputMode == 'bursting')",
    message = "AWS gives maxIO only with throughputMode: bursting",
    fieldPath = ".performanceMode")
@ValidationRule(
    value =
        "has(self.fileSystemId) == has(oldSelf.fileSystemId) && (!has(self.fileSystemId) ||"
            + " self.fileSystemId == oldSelf.fileSystemId)",
    message =
        "fileSystemId cannot change: the data stays where it is; create a new database and move the"
            + " data",
    fieldPath = ".fileSystemId")
@ValidationRule(
    value =
        "(!has(self.encrypted) || self.encrypted) == (!has(oldSelf.encrypted) ||"
            + " oldSelf.encrypted)",
    message =
        "encrypted cannot change: AWS encrypts a file system only as it is made; create a new"
            + " database and move the data",
    fieldPath = ".encrypted")
@ValidationRule(
    value =
        "has(self.kmsKeyId) == has(oldSelf.kmsKeyId) && (!has(self.kmsKeyId) || self.kmsKeyId =="
            + " oldSelf.kmsKeyId)",
    message =
        "kmsKeyId cannot change: AWS takes the key only as the file system is made; create a new"
            + " database and move the data",
    fieldPath = ".kmsKeyId")
@ValidationRule(
    value =
        "(has(self.performanceMode) ? self.performanceMode : 'generalPurpose') =="
            + " (has(oldSelf.performanceMode) ? oldSelf.performanceMode : 'generalPurpose')",
    message = "performanceMode cannot change: create a new database and move the data",
    fieldPath = ".performanceMode")
public class EfsStorage {

  @Doc(
      value =
          "A file system that exists and that others own. It is never changed or deleted: the"
              + " database gets a directory and an access point of its own in it. Where it has a"
              + " mount target in a zone of the task, that one is used as it is, and its security"
              + " group must let the task in on port 2049; in other zones one is made.",
      absent = "one is made for the database",
      example = "fs-0123456789abcdef0",
      aws = "EFSVolumeConfiguration.fileSystemId",
      edit = Edit.FORBIDDEN)
  @Size(max = 43)
  @Pattern("^fs-[0-9a-f]{8,40}$")
  public String fileSystemId;

  @Doc(
      value = "Whether the file system is encrypted at rest. In transit it always is.",
      absent = "true",
      aws = "FileSystem.Encrypted",
      edit = Edit.FORBIDDEN)
  public Boolean encrypted;

  @Doc(
      value = "The key that encrypts the file system: a key's id or ARN, or an alias.",
      absent = "AWS's own key for EFS",
      example = "alias/databases",
      aws = "FileSystem.KmsKeyId",
      edit = Edit.FORBIDDEN)
  @Size(max = 2048)
  @Pattern(Syntax.KMS_KEY)
  public String kmsKeyId;

  @Doc(
      value =
          "generalPurpose answers fastest, which is what a database needs. maxIO answers later and"
              + " serves thousands of clients.",
      absent = FieldDefaults.EFS_PERFORMANCE_MODE,
      aws = "FileSystem.PerformanceMode",
      edit = Edit.FORBIDDEN)
  @Values({"generalPurpose", "maxIO"})
  public String performanceMode;

  @Doc(
      value =
          "elastic follows the load and is paid by what is read and written. bursting grows with"
              + " what is stored, and a small file system is slow once its credits are used up.",
      absent = FieldDefaults.EFS_THROUGHPUT_MODE,
      aws = "FileSystem.ThroughputMode",
      edit = Edit.IN_PLACE)
  @Values({"elastic", "bursting"})
  public String throughputMode;
}
