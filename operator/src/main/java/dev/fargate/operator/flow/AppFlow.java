package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.operator.apply.Clouds;
import java.time.Instant;

/** The whole line for a FargateApp; see {@link WorkloadFlow}. */
public final class AppFlow {
  private final Settings settings;
  private final WorkloadFlow line;

  public AppFlow(Settings settings, Clouds clouds) {
    this.settings = settings;
    this.line = new WorkloadFlow(settings, clouds);
  }

  /** One pass over a living object. */
  public Pass<FargateAppStatus> run(FargateApp app, Related related, Instant now) {
    return line.run(new AppWorkload(app, settings.ownerId()), related, now);
  }

  /** What the object would do in AWS now; reads only. */
  public Preview<FargateAppStatus> preview(FargateApp app, Related related, Instant now) {
    Preview<FargateAppStatus> preview =
        line.preview(new AppWorkload(app, settings.ownerId()), related, now);
    if (preview.status() != null) {
      Foreseen.in(app, preview.status());
    }
    return preview;
  }

  /** One pass over an object that is being deleted; needs no valid spec. */
  public Pass<FargateAppStatus> delete(FargateApp app, Related related, Instant now) {
    return line.delete(new AppWorkload(app, settings.ownerId()), related, now);
  }
}
