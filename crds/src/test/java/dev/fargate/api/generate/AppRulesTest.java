package dev.fargate.api.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that an API server evaluates for a FargateApp, by the same expressions. */
class AppRulesTest {

  private static final String WEB =
      """
      image: a:1
      ports: [{name: http, containerPort: 3000}]
      ingresses: [{name: web}]
      """;

  private final CelRules app = CelRules.of(FargateApp.class);

  @Test
  void rollbackAlarmsAreAlarmsOfTheSpec() {
    String rollout = "rollout: {rollbackAlarms: [cpu]}";
    assertThat(app.create("{image: a, " + rollout + "}")).hasSize(1);
    assertThat(
            app.create(
                "{image: a, alarms: [{name: cpu, metric: Cpu, thresholdPercent: 90}], "
                    + rollout
                    + "}"))
        .isEmpty();
  }

  @Test
  void theSmallestAppIsAccepted() {
    assertThat(app.create("image: a:1")).isEmpty();
    assertThat(app.create(WEB)).isEmpty();
    assertThat(app.change("image: a:1", "image: a:2")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{type: Spot}]",
        "[{type: OnDemand, base: 2, weight: 0}, {type: Spot, weight: 4}]",
        "[{type: OnDemand, base: 0}, {type: Spot, base: 1}]"
      })
  void capacityThatCanPlaceTasksIsAccepted(String capacity) {
    assertThat(app.create("{image: a, capacity: %s}".formatted(capacity))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{type: OnDemand, weight: 0}, {type: Spot, weight: 0}] | give one a weight above 0
          [{type: OnDemand, base: 1}, {type: Spot, base: 1}]     | only one kind of capacity
          """)
  void capacityThatAwsRefusesIsRefusedWithTheFix(String capacity, String fix) {
    assertThat(app.create("{image: a, capacity: %s}".formatted(capacity)))
        .singleElement()
        .asString()
        .contains(fix);
  }

  @Test
  void aSharedLogGroupHasNoSettingsOfTheApps() {
    assertThat(app.create("{image: a, logs: {group: web, streamPrefix: a, inStatus: true}}"))
        .isEmpty();
    assertThat(app.create("{image: a, logs: {group: web, keepOnDelete: false}}")).isEmpty();
    assertThat(app.create("{image: a, logs: {group: web, retentionDays: 7}}"))
        .singleElement()
        .asString()
        .contains("remove retentionDays, or group");
    assertThat(app.create("{image: a, logs: {group: web, keepOnDelete: true}}"))
        .singleElement()
        .asString()
        .contains("remove keepOnDelete, or group");
  }

  /** The table of AWS-FACTS 3.1, written out independently of the rule. */
  @Test
  void exactlyFargates74SizesAreAccepted() {
    Set<String> expected = new TreeSet<>();
    for (int memory : new int[] {512, 1024, 2048}) {
      expected.add("256/" + memory);
    }
    addSizes(expected, 512, 1024, 4096, 1024);
    addSizes(expected, 1024, 2048, 8192, 1024);
    addSizes(expected, 2048, 4096, 16384, 1024);
    addSizes(expected, 4096, 8192, 30720, 1024);
    addSizes(expected, 8192, 16384, 61440, 4096);
    addSizes(expected, 16384, 32768, 122880, 8192);
    assertThat(expected).hasSize(74);

    Set<String> accepted = new TreeSet<>();
    for (int cpu : new int[] {256, 512, 1024, 2048, 4096, 8192, 16384}) {
      for (int step = 0; step <= 131072; step += 512) {
        for (int memory = step - 1; memory <= step + 1; memory++) {
          if (app.create("{image: a, cpu: %d, memoryMiB: %d}".formatted(cpu, memory)).isEmpty()) {
            accepted.add(cpu + "/" + memory);
          }
        }
      }
    }
    assertThat(accepted).isEqualTo(expected);
  }

  @Test
  void aDatabaseHasTheSameSizes() {
    CelRules database = CelRules.of(FargateDatabase.class);
    String spec =
        "{engine: mongodb, version: '7.0', databaseName: d, storage: {ephemeral: {}}, cpu: 512,"
            + " memoryMiB: %d}";
    assertThat(database.create(spec.formatted(1024))).isEmpty();
    assertThat(database.create(spec.formatted(512)))
        .singleElement()
        .asString()
        .contains("512: 1024 to 4096");
  }

  @Test
  void theEnvironmentCannotChange() {
    assertThat(app.change("{image: a, environment: one}", "{image: a, environment: two}"))
        .singleElement()
        .asString()
        .startsWith("environment cannot change");
    assertThat(app.change("{image: a, environment: one}", "{image: a}"))
        .singleElement()
        .asString()
        .startsWith("environment cannot change");
  }

  @ParameterizedTest
  @CsvSource({"2, 3, refused", "2, 2, accepted", "2, 1, accepted"})
  void underAutoscalingTheCountIsNotChangedByHand(int from, int to, String answer) {
    String scaled = "{image: a, replicas: %d, autoscaling: {maxReplicas: 4, cpuPercent: 70}}";
    assertThat(app.change(scaled.formatted(from), scaled.formatted(to)))
        .hasSize(answer.equals("refused") ? 1 : 0);
  }

  @Test
  void withoutAutoscalingTheCountIsFree() {
    assertThat(app.change("{image: a, replicas: 2}", "{image: a, replicas: 5}")).isEmpty();
    assertThat(
            app.change(
                "{image: a, replicas: 2}",
                "{image: a, replicas: 5, autoscaling: {maxReplicas: 9, cpuPercent: 70}}"))
        .isEmpty();
    assertThat(
            app.change(
                "{image: a, replicas: 2, autoscaling: {maxReplicas: 9, cpuPercent: 70}}",
                "{image: a, replicas: 5}"))
        .isEmpty();
  }

  @Test
  void autoscalingNeedsBoundsInOrderAndSomethingToScaleBy() {
    assertThat(
            app.create(
                "{image: a, autoscaling: {minReplicas: 4, maxReplicas: 4, memoryPercent: 80}}"))
        .isEmpty();
    assertThat(
            app.create("{image: a, autoscaling: {minReplicas: 5, maxReplicas: 4, cpuPercent: 70}}"))
        .singleElement()
        .asString()
        .startsWith("minReplicas is larger than maxReplicas");
    assertThat(app.create("{image: a, autoscaling: {maxReplicas: 4}}"))
        .singleElement()
        .asString()
        .startsWith("nothing to scale by");
  }

  @Test
  void scalingByRequestsNeedsOneIngress() {
    String scaled = "autoscaling: {maxReplicas: 4, requestsPerMinutePerTask: 600}\n";
    assertThat(app.create(WEB + scaled)).isEmpty();
    assertThat(app.create("image: a\n" + scaled))
        .singleElement()
        .asString()
        .contains("exactly one ingress");
    assertThat(app.create(WEB.replace("{name: web}", "{name: web}, {name: api}") + scaled))
        .singleElement()
        .asString()
        .contains("exactly one ingress");
  }

  @Test
  void twoPortsOfTheSameNumberAreRefusedUnlessTheirProtocolsDiffer() {
    String ports =
        "{image: a, ports: [{name: x, containerPort: 53}, {name: y, containerPort: 53, protocol:"
            + " %s}]}";
    assertThat(app.create(ports.formatted("udp"))).isEmpty();
    assertThat(app.create(ports.formatted("tcp")))
        .singleElement()
        .asString()
        .startsWith("two ports have the same");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{image: a, ingresses: [{name: web}]}",
        "{image: a, ports: [{name: http, containerPort: 80}], ingresses: [{name: web, portName:"
            + " htp}]}",
        "{image: a, ports: [{name: a, containerPort: 1}, {name: b, containerPort: 2}], ingresses:"
            + " [{name: web}]}",
        "{image: a, ports: [{name: a, containerPort: 1, protocol: udp}], ingresses: [{name: web}]}",
        "{image: a, ports: [{name: a, containerPort: 1, protocol: udp}], ingresses: [{name: web,"
            + " portName: a}]}"
      })
  void anIngressWithoutItsTcpPortIsRefused(String spec) {
    assertThat(app.create(spec)).singleElement().asString().startsWith("every ingress sends to");
  }

  @Test
  void anIngressMayChooseAmongPorts() {
    assertThat(
            app.create(
                "{image: a, ports: [{name: a, containerPort: 1}, {name: b, containerPort: 2}],"
                    + " ingresses: [{name: web, portName: b}]}"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', true",
    "'{intervalSeconds: 10, timeoutSeconds: 5}', true",
    "'{intervalSeconds: 10, timeoutSeconds: 10}', false",
    "'{intervalSeconds: 5}', false",
    "'{intervalSeconds: 6}', true",
    "'{timeoutSeconds: 15}', false",
    "'{timeoutSeconds: 14}', true"
  })
  void aHealthCheckEndsBeforeTheNextBegins(String check, boolean accepted) {
    assertThat(app.create(WEB.replace("{name: web}", "{name: web, healthCheck: " + check + "}")))
        .hasSize(accepted ? 0 : 1)
        .allMatch(message -> message.startsWith("timeoutSeconds (5 when absent)"));
  }

  @Test
  void anIngressHasAtMostFiveValuesPerRule() {
    String values = "{name: web, hosts: [a.b, c.d], paths: [/a, /b], allowedCidrs: [%s]}";
    assertThat(app.create(WEB.replace("{name: web}", values.formatted("10.0.0.0/8")))).isEmpty();
    assertThat(app.create(WEB.replace("{name: web}", values.formatted("10.0.0.0/8, 11.0.0.0/8"))))
        .singleElement()
        .asString()
        .startsWith("AWS takes five values per rule");
  }

  @ParameterizedTest
  @CsvSource({
    "slowStartSeconds: 0, 0",
    "slowStartSeconds: 30, 0",
    "slowStartSeconds: 29, 1",
    "'slowStartSeconds: 30, algorithm: round_robin', 0",
    "'slowStartSeconds: 30, algorithm: weighted_random', 1",
    "'slowStartSeconds: 0, algorithm: weighted_random', 0"
  })
  void aSlowStartIsOffOrLongEnoughAndRoundRobin(String fields, int refusals) {
    assertThat(app.create(WEB.replace("{name: web}", "{name: web, " + fields + "}")))
        .hasSize(refusals);
  }

  @ParameterizedTest
  @CsvSource({
    "'{name: A, value: \"\"}', 0",
    "'{name: A, valueFrom: {ssmParameterArn: x}}', 0",
    "'{name: A}', 1",
    "'{name: A, value: x, valueFrom: {ssmParameterArn: x}}', 1"
  })
  void aVariableHasOneSource(String variable, int refusals) {
    assertThat(app.create("{image: a, env: [" + variable + "]}")).hasSize(refusals);
  }

  @ParameterizedTest
  @CsvSource({
    "'[CMD, /bin/check, -q]', 0",
    "'[CMD-SHELL, wget -q x]', 0",
    "'[CMD-SHELL, wget, x]', 1",
    "'[/bin/check, -q]', 1"
  })
  void aContainerHealthCheckSaysHowItIsRun(String command, int refusals) {
    assertThat(app.create("{image: a, healthCheck: {command: " + command + "}}")).hasSize(refusals);
  }

  @ParameterizedTest
  @CsvSource({
    "'{strategy: Recreate}', 0",
    "'{strategy: Recreate, maxPercent: 150}', 1",
    "'{strategy: Rolling, minHealthyPercent: 50, maxPercent: 100}', 0",
    "'{minHealthyPercent: 100, maxPercent: 100}', 1",
    "'{maxPercent: 100}', 1",
    "'{circuitBreaker: {enabled: false}}', 0",
    "'{circuitBreaker: {enabled: false, rollback: true}}', 1",
    "'{circuitBreaker: {rollback: true}}', 0",
    "'{healthCheckGracePeriodSeconds: 60}', 1"
  })
  void aRolloutThatCannotMoveIsRefused(String rollout, int refusals) {
    assertThat(app.create("{image: a, rollout: " + rollout + "}")).hasSize(refusals);
  }

  @ParameterizedTest
  @CsvSource({
    "'{strategy: BlueGreen}', 0",
    "'{strategy: BlueGreen, bakeTimeMinutes: 1440}', 0",
    "'{strategy: Linear, linear: {stepPercent: 25, stepBakeMinutes: 1}}', 0",
    "'{strategy: Canary, canary: {percent: 1, bakeMinutes: 0}}', 0",
    "'{strategy: Canary, linear: {}}', 1",
    "'{strategy: Linear, canary: {}}', 1",
    "'{linear: {}}', 1",
    "'{canary: {}}', 1",
    "'{bakeTimeMinutes: 1}', 1",
    "'{strategy: Recreate, bakeTimeMinutes: 1}', 1",
    "'{strategy: BlueGreen, maxPercent: 150}', 1",
    "'{strategy: Linear, minHealthyPercent: 50}', 1",
    "'{strategy: Canary, circuitBreaker: {enabled: true}}', 1"
  })
  void whatAStrategyHasNoUseForIsRefused(String rollout, int refusals) {
    assertThat(app.create(WEB + "rollout: " + rollout)).hasSize(refusals);
  }

  @ParameterizedTest
  @CsvSource({"BlueGreen", "Linear", "Canary"})
  void movingTrafficNeedsOneIngressAndNoScalingByRequests(String strategy) {
    String rollout = "rollout: {strategy: " + strategy + "}";
    assertThat(app.create("{image: a, " + rollout + "}")).hasSize(1);
    assertThat(
            app.create(
                "{image: a, ports: [{name: http, containerPort: 80}], ingresses: [{name: a}, {name:"
                    + " b}], "
                    + rollout
                    + "}"))
        .hasSize(1);
    assertThat(app.create(WEB + "autoscaling: {maxReplicas: 2, cpuPercent: 50}\n" + rollout))
        .isEmpty();
    assertThat(
            app.create(
                WEB + "autoscaling: {maxReplicas: 2, requestsPerMinutePerTask: 9}\n" + rollout))
        .hasSize(1);
  }

  @Test
  void aGracePeriodNeedsAnIngress() {
    assertThat(app.create(WEB + "rollout: {healthCheckGracePeriodSeconds: 60}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"team, 0", "'aws:x', 1", "'AWS:x', 1", "fargate.dev/owner, 1"})
  void tagsOfAwsAndOfTheOperatorAreNotForUsers(String key, int refusals) {
    assertThat(app.create("{image: a, tags: {\"" + key + "\": x}}")).hasSize(refusals);
  }

  private static void addSizes(Set<String> sizes, int cpu, int from, int to, int step) {
    for (int memory = from; memory <= to; memory += step) {
      sizes.add(cpu + "/" + memory);
    }
  }
}
