package dev.fargate.local.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.quickstart.check.Inventory;
import dev.fargate.local.quickstart.progress.Phases;
import dev.fargate.local.quickstart.sample.FreePorts;
import dev.fargate.local.quickstart.sample.ListenerPorts;
import dev.fargate.local.quickstart.sample.Sample;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job in real time with real processes: what {@code ./quickstart --once} does. */
class PhoenixTest {
  private static final Home HOME = new Home(Path.of("../..").toAbsolutePath().normalize());

  @TempDir Path temporary;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final Sample sample = Sample.read(HOME.defaultSample());
  private final Terminal terminal =
      new Terminal(new PrintStream(shown, true, StandardCharsets.UTF_8), 0, 0, System.nanoTime());
  private final FreePorts ports = new FreePorts();
  private Platform platform;
  private Workspace workspace;
  private Run run;

  @BeforeEach
  void start() {
    ListenerPorts.write(sample, OptionalInt.of(0), ports);
    workspace = Workspace.create(temporary);
    platform = new Platform(new Options(HOME.defaultSample(), OptionalInt.of(0), 0, 0), HOME);
    run = new Run(platform, workspace, sample, terminal);
  }

  @AfterEach
  void end() {
    platform.close();
    ports.close();
    workspace.close();
  }

  @Test
  void phoenixComesUpAnswersWithItsDatabaseAndLeavesNothing() {
    Phases phases = new Phases(terminal::sinceStart);
    Set<String> before;
    try (Inventory inventory = platform.inventory()) {
      before = inventory.list();
    }
    run.apply();
    run.apply();
    run.showUntilReady("", phases, Run.READY_LIMIT);
    run.checkPage();

    assertThat(run.page())
        .map(URI::getHost)
        .hasValueSatisfying(host -> assertThat(host).isIn("localhost", "127.0.0.1"));
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .containsSubsequence("FargateEnvironment phoenix", "Waiting", "Service", "Ready 1/1")
        .doesNotContain("http");
    assertThat(phases.table())
        .contains("FargateEnvironment phoenix", "FargateDatabase default/phoenix-db", "FargateApp");

    run.delete();
    run.checkNothingLeft(before);

    assertThat(run.states()).isEmpty();
  }
}
