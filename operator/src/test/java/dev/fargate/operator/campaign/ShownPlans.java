package dev.fargate.operator.campaign;

import dev.fargate.operator.aws.Unsigned;
import dev.fargate.operator.aws.clients.CallListener;
import dev.fargate.operator.aws.clients.ClientSettings;
import dev.fargate.operator.cli.manifest.Manifests;
import dev.fargate.operator.cli.preview.PlanReport;
import dev.fargate.operator.cli.preview.Previews;
import dev.fargate.operator.flow.Settings;
import io.fabric8.kubernetes.client.KubernetesClient;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What the plan command shows of files in a run's world, ids aside. */
final class ShownPlans {
  /** Nothing is written. */
  static final Settings SETTINGS = new Settings(Process.OWNER_ID, () -> false);

  private ShownPlans() {}

  /** The text of it. */
  static String live(CampaignWorld world, Manifests files) {
    if (!files.problems().isEmpty()) {
      throw new AssertionError("no files that anybody could apply: " + files.problems());
    }
    Previews.Result shown = previews(world, files);
    PlanReport report = PlanReport.of(files, shown);
    StringBuilder text = new StringBuilder(PlanReport.text(report, shown));
    report
        .errors()
        .forEach(
            error -> text.append(error.field()).append(": ").append(error.message()).append('\n'));
    return Account.anonymous(text.toString());
  }

  static Previews.Result previews(CampaignWorld world, Manifests files) {
    try (KubernetesClient client = InThreadHttp.client(world.cluster::answer)) {
      Previews previews = new Previews(SETTINGS, files, world.clock());
      return world.asPerson(() -> previews.live(client, aPerson(world)));
    }
  }

  private static ClientSettings aPerson(CampaignWorld world) {
    return new ClientSettings(
        world.aws::httpClient,
        StaticCredentialsProvider.create(AwsBasicCredentials.create("person", "any")),
        true,
        CallListener.none(),
        Unsigned::once);
  }
}
