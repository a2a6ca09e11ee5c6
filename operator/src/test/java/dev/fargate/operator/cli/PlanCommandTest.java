package dev.fargate.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code fargate-operator plan} without AWS and without a cluster. */
class PlanCommandTest {
  private static final Path PHOENIX = Path.of("..", "samples", "phoenix");

  private static final String APP =
      """
      apiVersion: fargate.dev/v1alpha1
      kind: FargateApp
      metadata:
        name: web
      spec:
        image: web:1
        ports:
        - name: http
          containerPort: 8080
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int plan(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "plan";
    System.arraycopy(args, 0, all, 1, args.length);
    CommandLine command = FargateOperator.commandLine();
    // Both, since a subcommand has its own.
    for (CommandLine one : new CommandLine[] {command, command.getSubcommands().get("plan")}) {
      one.setOut(new PrintWriter(out));
      one.setErr(new PrintWriter(err));
    }
    return command.execute(all);
  }

  private int planOf(String yaml) throws IOException {
    Files.writeString(folder.resolve("app.yaml"), yaml);
    return plan("-f", folder.toString());
  }

  @Test
  void theSampleIsPlannedWithReferencesResolvedAmongTheFiles() {
    assertThat(plan("-f", PHOENIX.toString())).isEqualTo(2);
    assertThat(out.toString())
        .contains("Plan for FargateEnvironment/phoenix")
        .contains("Plan for FargateDatabase/default/phoenix-db")
        .contains("Plan for FargateApp/default/phoenix")
        .contains("(known after: Secret/credentials of FargateDatabase phoenix-db)")
        .contains("(known after: Listener/web-80 of FargateEnvironment phoenix)")
        .doesNotContain("taken to exist");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void toolsGetTheSameAsJson() throws IOException {
    assertThat(plan("-f", PHOENIX.toString(), "-o", "json")).isEqualTo(2);
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.get("result").asText()).isEqualTo("changes");
    assertThat(report.get("plans")).hasSize(3);
    assertThat(report.at("/plans/2/owner").asText()).isEqualTo("FargateApp/default/phoenix");
    assertThat(report.at("/plans/2/actions").findValuesAsText("resource"))
        .contains("Service/service");
    assertThat(report.get("errors")).isEmpty();
  }

  @Test
  void oneFileAloneIsPlannedAndWhatItNeedsIsSaid() throws IOException {
    assertThat(plan("-f", PHOENIX.resolve("app.yaml").toString())).isEqualTo(2);
    assertThat(out.toString())
        .contains("(known after: FargateEnvironment phoenix)")
        .contains("Not in the files, taken to exist: FargateEnvironment phoenix")
        .contains("Not in the files, taken to exist: FargateDatabase default/phoenix-db");
  }

  @Test
  void anAlarmIsPlannedThoughNobodyKnowsWhichTopicTheEnvironmentHas() throws IOException {
    assertThat(planOf(APP + "  alarms: [{name: cpu, metric: Cpu, thresholdPercent: 90}]\n"))
        .isEqualTo(2);
    assertThat(out.toString()).contains("MetricAlarm/cpu");
  }

  @Test
  void theSamePlanComesOutTwice() {
    plan("-f", PHOENIX.toString());
    String first = out.toString();
    out.getBuffer().setLength(0);
    plan("-f", PHOENIX.toString());
    assertThat(out).hasToString(first);
  }

  @Test
  void aMisspeltFieldIsNamedWithFileLineAndTheRightOne() throws IOException {
    assertThat(planOf(APP + "  replicsa: 2\n")).isEqualTo(1);
    assertThat(err.toString())
        .contains("app.yaml:10: spec.replicsa: is no field here; did you mean replicas?");
  }

  @Test
  void aWrongTypeIsNamedWithTheRightOne() throws IOException {
    assertThat(planOf(APP + "  replicas: \"2\"\n")).isEqualTo(1);
    assertThat(err.toString())
        .contains(":10: spec.replicas: must be a whole number, without quotes, but is \"2\"");
  }

  @Test
  void aWrongValueIsNamedWithTheOnesThatGo() throws IOException {
    assertThat(planOf(APP + "  cpu: 300\n")).isEqualTo(1);
    assertThat(err.toString()).contains(":10: spec.cpu: is 300; use one of 256, 512, 1024");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws IOException {
    assertThat(planOf(APP.replace("image: web:1", "imag: web:1") + "  cpu: 300\n")).isEqualTo(1);
    assertThat(err.toString())
        .contains("app.yaml:6: spec.imag: is no field here; did you mean image?")
        .contains("spec.image: is required, for example")
        .contains("app.yaml:10: spec.cpu: is 300");
  }

  @Test
  void whatTheSchemaCannotSayIsSaidWithItsLineToo() throws IOException {
    assertThat(planOf(APP + "  cpu: 1024\n  memoryMiB: 512\n")).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "app.yaml:11: spec.memoryMiB: Fargate has no such size; choose memoryMiB for the cpu");
    err.getBuffer().setLength(0);
    assertThat(planOf(APP + "  suspend: true\n  ignore: [Service.count]\n")).isEqualTo(1);
    assertThat(err.toString())
        .contains("app.yaml:10: spec.suspend: cannot be carried out while spec.ignore");
  }

  @Test
  void theRulesOfTheSchemaAreCheckedAtEveryLevel() throws IOException {
    Files.writeString(
        folder.resolve("environment.yaml"),
        Files.readString(PHOENIX.resolve("environment.yaml"))
            .replace("protocol: HTTP", "protocol: HTTP\n          redirect: HTTPS"));
    assertThat(plan("-f", folder.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("spec.loadBalancers[0]")
        .contains(
            "redirect: HTTPS needs a listener with protocol HTTPS; add one or remove redirect");
  }

  @Test
  void whatIsNoYamlIsNamedWithItsLine() throws IOException {
    assertThat(planOf(APP + "  tags: {a: b\n")).isEqualTo(1);
    assertThat(err.toString()).contains("app.yaml:1").contains("is not YAML");
  }

  @Test
  void aNameTwiceInAListIsRefusedAsTheApiServerDoes() throws IOException {
    assertThat(planOf(APP + "  - name: http\n    containerPort: 8081\n")).isEqualTo(1);
    assertThat(err.toString()).contains(":10: spec.ports[1].name: is \"http\" a second time");
  }

  @Test
  void aReferenceThatIsInTheFilesButDoesNotFitIsAnError() throws IOException {
    Files.copy(PHOENIX.resolve("environment.yaml"), folder.resolve("environment.yaml"));
    assertThat(
            planOf(
                APP
                    + "  environment: phoenix\n"
                    + "  ingresses:\n"
                    + "  - name: web\n"
                    + "    listenerPort: 8443\n"))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains("app.yaml:13: spec.ingresses[0].listenerPort: load balancer web has no listener");
  }

  @Test
  void anotherVersionOfTheApiIsRefused() throws IOException {
    assertThat(planOf(APP.replace("v1alpha1", "v9"))).isEqualTo(1);
    assertThat(err.toString()).contains("app.yaml:1: apiVersion: is not known");
  }

  @Test
  void whatIsNoObjectOfOursIsLeftAsideAndSaid() throws IOException {
    assertThat(
            planOf(APP + "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: other}\n"))
        .isEqualTo(2);
    assertThat(out.toString()).contains("Not planned: ").contains("Deployment other");
  }

  @Test
  void withoutAnObjectOfOursThereIsNothingToPlan() throws IOException {
    assertThat(planOf("")).isEqualTo(1);
    assertThat(err.toString()).contains("holds no object of fargate.dev/v1alpha1");
  }

  @Test
  void whatKubectlPrintsAsAListIsReadWithItsLines() throws IOException {
    String list =
        "apiVersion: v1\nkind: List\nitems:\n- " + APP.indent(2).strip() + "\n    cpu: 300\n";
    assertThat(planOf(list)).isEqualTo(1);
    assertThat(err.toString()).contains("app.yaml:13: spec.cpu: is 300");
  }

  @Test
  void standardInputIsAFileToo() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(APP.getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(plan("-f", "-")).isEqualTo(2);
    } finally {
      System.setIn(before);
    }
    assertThat(out.toString()).contains("Plan for FargateApp/default/web");
  }

  @Test
  void aFileThatDoesNotExistIsAnError() {
    assertThat(plan("-f", folder.resolve("none.yaml").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("none.yaml: does not exist");
  }

  @Test
  void aWrongOptionIsAnErrorAndNotAChange() {
    assertThat(plan("--nonsense")).isEqualTo(1);
    assertThat(plan("-f", PHOENIX.toString(), "--live")).isEqualTo(1);
    assertThat(err.toString()).contains("--live needs --owner-id");
  }

  @Test
  void noSecretIsInAPlan() throws IOException {
    Files.writeString(
        folder.resolve("secret.yaml"),
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: tokens}
        stringData: {token: canary-4711}
        """);
    assertThat(
            planOf(
                APP
                    + """
                      env:
                      - name: TOKEN
                        valueFrom: {secretKeyRef: {name: tokens, key: token}}
                    """))
        .isEqualTo(2);
    assertThat(out.toString()).contains("TOKEN").doesNotContain("canary-4711");
  }
}
