package dev.fargate.operator.campaign;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.fargate.api.v1alpha1.Adoption;
import dev.fargate.operator.Golden;
import dev.fargate.operator.cli.manifest.Manifests;
import dev.fargate.operator.cli.preview.PlanReport;
import dev.fargate.operator.cli.preview.Previews;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the plan command shows of whole files, to people and to tools, before there is anything of
 * them in AWS, when some of it differs, and when something must not be touched.
 */
class ShownPlansTest {
  private static final Path EVERYTHING = Path.of("src/test/resources/campaign/everything");

  @Test
  void offlineEverythingIsNew() throws IOException {
    try (CampaignWorld world = new CampaignWorld(new Disturbance(null))) {
      Manifests files = files("made");
      assertShown(
          "made-offline", files, new Previews(ShownPlans.SETTINGS, files, world.clock()).offline());
    }
  }

  @Test
  void liveOnlyWhatDiffersIsShown() throws IOException {
    try (CampaignWorld world = new CampaignWorld(new Disturbance(null))) {
      Stage stage = new Stage(world);
      Workloads.named("everything").steps().accept(stage);
      stage.settle();
      assertLive("made-live", world, files("made"));
      assertLive("changed-live", world, files("changed"));
    }
  }

  @Test
  void whatIsLeftToOthersIsShownAsIgnored(@TempDir Path folder) throws IOException {
    try (CampaignWorld world = new CampaignWorld(new Disturbance(null))) {
      Stage stage = given("ignored", world);
      stage.settle();
      stage.asPerson(() -> Person.changesWhatIsIgnored(world.person));
      assertLive("ignored", world, files(folder, stage.environment, stage.app));
    }
  }

  @Test
  void whatMayBeTakenOverAndWhatMayNotIsShown(@TempDir Path folder) throws IOException {
    try (CampaignWorld world = new CampaignWorld(new Disturbance(null))) {
      Stage stage = given("adopt-all", world);
      stage.environment.getSpec().adoption = Adoption.IF_TAGGED;
      stage.app.getSpec().adoption = Adoption.NEVER;
      assertLive("adopt", world, files(folder, stage.environment, stage.app));
    }
  }

  private static Stage given(String workload, CampaignWorld world) {
    Stage stage = new Stage(world);
    Workloads.named(workload).given().accept(stage);
    return stage;
  }

  /** The objects, as a folder holds them. */
  private static Manifests files(Path folder, CustomResource<?, ?>... objects) throws IOException {
    for (CustomResource<?, ?> object : objects) {
      Files.writeString(folder.resolve(object.getKind() + ".yaml"), Serialization.asYaml(object));
    }
    return Manifests.read(List.of(folder), "default");
  }

  private static Manifests files(String name) {
    return Manifests.read(List.of(EVERYTHING.resolve(name + ".yaml")), "default");
  }

  private static void assertLive(String name, CampaignWorld world, Manifests files)
      throws IOException {
    assertShown(name, files, ShownPlans.previews(world, files));
  }

  private static void assertShown(String name, Manifests files, Previews.Result shown)
      throws IOException {
    PlanReport report = PlanReport.of(files, shown);
    assertGolden(name + ".txt", PlanReport.text(report, shown));
    // Everything in its longest form is told once.
    if (name.equals("made-offline")) {
      return;
    }
    assertGolden(
        name + ".json",
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report)
            + "\n");
  }

  private static void assertGolden(String file, String text) {
    Golden.assertText("campaign/plans/" + file, Account.anonymous(text));
  }
}
