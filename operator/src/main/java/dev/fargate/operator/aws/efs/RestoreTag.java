package dev.fargate.operator.aws.efs;

import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Restore.Progress;
import dev.fargate.operator.stack.Restore.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an access point's tag remembers of a restore: {@code <stage> <token> <job> <outcome>
 * <directory>}, the outcome {@code -} where there is none. At most 9 + 11 + 37 + 7 + 128 of the 256
 * characters that AWS takes.
 */
final class RestoreTag {
  private static final String NO_OUTCOME = "-";

  private static final int PARTS = 5;

  private RestoreTag() {}

  static String of(Progress progress) {
    return String.join(
        " ",
        progress.stage().name().toLowerCase(Locale.ROOT),
        progress.token(),
        progress.jobId(),
        progress.outcome() == null ? NO_OUTCOME : progress.outcome(),
        progress.directory());
  }

  /** Empty without the tag, and where somebody has written into it what we never do. */
  static Optional<Progress> in(Map<String, String> tags) {
    String[] parts = tags.getOrDefault(Ownership.RESTORE, "").split(" ");
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    for (Stage stage : Stage.values()) {
      if (stage.name().toLowerCase(Locale.ROOT).equals(parts[0])) {
        String outcome = parts[3].equals(NO_OUTCOME) ? null : parts[3];
        return Optional.of(
            new Progress(stage, parts[1], parts[2], outcome, parts[4], null, List.of()));
      }
    }
    return Optional.empty();
  }
}
