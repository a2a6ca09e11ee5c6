package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.database.FargateDatabaseStatus;
import dev.fargate.operator.apply.Clouds;
import java.time.Instant;

/** The whole line for a FargateDatabase; see {@link WorkloadFlow}. */
public final class DatabaseFlow {
  private final Settings settings;
  private final WorkloadFlow line;

  public DatabaseFlow(Settings settings, Clouds clouds) {
    this.settings = settings;
    this.line = new WorkloadFlow(settings, clouds);
  }

  /** One pass over a living object. */
  public Pass<FargateDatabaseStatus> run(FargateDatabase database, Related related, Instant now) {
    return line.run(new DatabaseWorkload(database, settings.ownerId()), related, now);
  }

  /** What the object would do in AWS now; reads only. */
  public Preview<FargateDatabaseStatus> preview(
      FargateDatabase database, Related related, Instant now) {
    Preview<FargateDatabaseStatus> preview =
        line.preview(new DatabaseWorkload(database, settings.ownerId()), related, now);
    if (preview.status() != null) {
      Foreseen.in(database, preview.status());
    }
    return preview;
  }

  /** One pass over an object that is being deleted; needs no valid spec. */
  public Pass<FargateDatabaseStatus> delete(
      FargateDatabase database, Related related, Instant now) {
    return line.delete(new DatabaseWorkload(database, settings.ownerId()), related, now);
  }
}
