package dev.fargate.local.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The quickstart as the process that a person starts and ends. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuickstartProcessTest {
  private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

  /** Ends a wait for something that will not come; says nothing about how long it should take. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final List<Process> started = new ArrayList<>();

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (canResetSignals()) {
      // As the script does: what a shell starts in the background ignores INT.
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-Dquickstart.home=" + HOME,
            "-cp",
            System.getProperty("java.class.path"),
            Quickstart.class.getName()));
    command.addAll(List.of(arguments));
    Process quickstart = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(quickstart);
    return quickstart;
  }

  private static BufferedReader output(Process quickstart) {
    return new BufferedReader(
        new InputStreamReader(quickstart.getInputStream(), StandardCharsets.UTF_8));
  }

  private static boolean canResetSignals() {
    try {
      return new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void end() {
    for (Process quickstart : started) {
      quickstart.descendants().forEach(ProcessHandle::destroyForcibly);
      quickstart.destroyForcibly();
    }
  }

  private static void signal(Process quickstart, String name)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(quickstart.pid())).start().waitFor();
  }

  private static void endsWithAllItsChildren(Process quickstart, List<ProcessHandle> children)
      throws InterruptedException {
    assertThat(quickstart.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void thePageComesFirstThenTheExportsThenSixThingsAndCtrlCEndsAll() throws Exception {
    List<String> announced = new ArrayList<>();
    Process quickstart = start();
    BufferedReader output = output(quickstart);
    String line = output.readLine();
    while (line != null && !line.startsWith("Ctrl-C")) {
      announced.add(line);
      line = output.readLine();
    }
    assertThat(line).as("the last of %s", announced).isNotNull();
    int page = indexOf(announced, "http");
    assertThat(announced.get(page)).matches("http://(localhost|127\\.0\\.0\\.1):[0-9]+/");
    assertThat(announced.get(page + 1)).startsWith("export KUBECONFIG=");
    assertThat(announced.get(page + 2)).startsWith("export AWS_ENDPOINT_URL=http://127.0.0.1:");
    assertThat(announced.get(page + 3)).startsWith("export AWS_ACCESS_KEY_ID=");
    assertThat(announced.subList(page, announced.size()))
        .filteredOn(text -> text.matches("[1-6]\\. .*"))
        .hasSize(6);
    List<ProcessHandle> children = quickstart.descendants().toList();
    assertThat(children).hasSizeGreaterThanOrEqualTo(2);
    signal(quickstart, "INT");
    endsWithAllItsChildren(quickstart, children);
  }

  /** All start at once. */
  @Test
  void theChildrenEndWithItHoweverItEnds() throws Exception {
    Map<String, Process> runs = Map.of("TERM", start(), "HUP", start(), "KILL", start());
    for (Map.Entry<String, Process> run : runs.entrySet()) {
      Process quickstart = run.getValue();
      await().atMost(PATIENCE).until(() -> quickstart.descendants().count() >= 2);
      List<ProcessHandle> children = quickstart.descendants().toList();
      signal(quickstart, run.getKey());
      endsWithAllItsChildren(quickstart, children);
    }
  }

  @Test
  void helpNamesEveryOption() throws Exception {
    Process quickstart = start("--help");
    List<String> help = output(quickstart).lines().toList();
    assertThat(quickstart.waitFor()).isZero();
    assertThat(String.join("\n", help))
        .contains("--once", "--sample=DIR", "--lb-port=PORT", "--kube-port=PORT", "--aws-port=PORT")
        .doesNotContain("--record");
  }

  @Test
  void anOptionThatDoesNotExistIsRefused() throws Exception {
    Process quickstart = start("--port=80");
    List<String> answer = output(quickstart).lines().toList();
    assertThat(quickstart.waitFor()).isEqualTo(2);
    assertThat(answer).anyMatch(line -> line.contains("--port=80"));
  }

  private static int indexOf(List<String> lines, String text) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    throw new AssertionError(text + " is not in " + lines);
  }
}
