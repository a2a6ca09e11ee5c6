package dev.fargate.api.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an API server refuses of alarms. */
class AlarmRulesTest {
  private static final String ALARM = "{name: a, metric: %s, thresholdPercent: 90%s}";

  private final CelRules app = CelRules.of(FargateApp.class);
  private final CelRules database = CelRules.of(FargateDatabase.class);

  private static String alarm(String metric, String more) {
    return ALARM.formatted(metric, more);
  }

  @Test
  void anAlarmNeedsNoMoreThanANameAMetricAndAThreshold() {
    assertThat(app.create("{image: a, alarms: [" + alarm("Cpu", "") + "]}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Cpu     | , periodSeconds: 90                             | multiple of 60
          Cpu     | , periodSeconds: 3600, evaluationPeriods: 25    | one day at most
          Cpu     | , evaluationPeriods: 1440, periodSeconds: 120   | one day at most
          Http5xx | , statistic: Average                            | has no statistic
          """)
  void whatCloudWatchWouldNotTakeIsRefusedWithTheFix(String metric, String more, String fix) {
    assertThat(
            app.create(
                "{image: a, ports: [{name: http, containerPort: 3000}], ingresses: [{name: web}],"
                    + " alarms: ["
                    + alarm(metric, more)
                    + "]}"))
        .singleElement()
        .asString()
        .contains(fix);
  }

  @Test
  void aWholeDayIsLookedBack() {
    assertThat(
            app.create(
                "{image: a, alarms: ["
                    + alarm("Cpu", ", periodSeconds: 3600, evaluationPeriods: 24")
                    + "]}"))
        .isEmpty();
    assertThat(
            app.create("{image: a, alarms: [" + alarm("Cpu", ", evaluationPeriods: 1440") + "]}"))
        .isEmpty();
  }

  @Test
  void serverErrorsAreCountedAtAnIngressOnly() {
    assertThat(app.create("{image: a, alarms: [" + alarm("Http5xx", "") + "]}"))
        .singleElement()
        .asString()
        .contains("needs an ingress");
    String base =
        "{engine: mongodb, version: '7.0', databaseName: d, storage: {ephemeral: {}},"
            + " privateDns: {name: db}, cpu: 512, memoryMiB: 1024, alarms: [";
    assertThat(database.create(base + alarm("Http5xx", "") + "]}"))
        .singleElement()
        .asString()
        .contains("use the metrics Cpu and Memory");
    assertThat(database.create(base + alarm("Memory", "") + "]}")).isEmpty();
  }
}
