package dev.fargate.operator.aws.backup;

import dev.fargate.operator.aws.reading.TagChanges;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;

/** Tags of vaults and plans: one call each. */
final class BackupTags {
  private BackupTags() {}

  /** ARN to its tags; what is gone meanwhile lacks. */
  static Map<String, Map<String, String>> of(BackupClient backup, List<String> arns) {
    Map<String, Map<String, String>> found = new HashMap<>();
    for (String arn : arns) {
      try {
        found.put(arn, backup.listTags(request -> request.resourceArn(arn)).tags());
      } catch (ResourceNotFoundException gone) {
        // Then it has none.
      }
    }
    return found;
  }

  static void write(BackupClient backup, String arn, TagChanges changes) {
    if (!changes.removed().isEmpty()) {
      backup.untagResource(request -> request.resourceArn(arn).tagKeyList(changes.removed()));
    }
    if (!changes.set().isEmpty()) {
      backup.tagResource(request -> request.resourceArn(arn).tags(changes.set()));
    }
  }
}
