package dev.fargate.operator.aws.backup;

import dev.fargate.operator.apply.Cloud;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.RecoveryPointByResource;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;

/**
 * Looks for a recovery point among those of one file system, in whatever vault it is: by its ARN
 * alone AWS finds none, and one of another file system is not to be found here.
 */
public final class RecoveryPoints {
  /** AWS's largest page. */
  private static final int PAGE = 1000;

  private final BackupClient backup;

  public RecoveryPoints(BackupClient backup) {
    this.backup = backup;
  }

  /** Empty where the file system has none of this ARN. */
  public Optional<Cloud.RecoveryPoint> find(String fileSystemArn, String arn) {
    try {
      return backup
          .listRecoveryPointsByResourcePaginator(
              request -> request.resourceArn(fileSystemArn).maxResults(PAGE))
          .recoveryPoints()
          .stream()
          .filter(point -> arn.equals(point.recoveryPointArn()))
          .findFirst()
          .map(this::seen);
    } catch (ResourceNotFoundException neverBackedUp) {
      return Optional.empty();
    }
  }

  private Cloud.RecoveryPoint seen(RecoveryPointByResource point) {
    Map<String, String> tags =
        backup.listTags(request -> request.resourceArn(point.recoveryPointArn())).tags();
    return new Cloud.RecoveryPoint(point.statusAsString(), tags == null ? Map.of() : tags);
  }
}
