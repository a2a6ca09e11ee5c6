package dev.fargate.operator.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.operator.stack.build.Phoenix;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the operator says of specs that it cannot carry out, whole: the schema refuses most of them
 * already, but an object may be older than its schema.
 */
class RefusedSpecsTest {
  private static final ObjectMapper YAML = Serialization.yamlMapper();

  private static final String ENVIRONMENT =
      """
      metadata: {name: phoenix}
      spec:
        region: eu-central-1
        network: {vpcId: vpc-0123456789abcdef0}
        loadBalancers: [{name: web, scheme: Internal, listeners: [{port: 80, protocol: HTTP}]}]
      """;

  /** The problems of a spec that is good but for this change. */
  private static List<Problem> problems(String kind, String change) {
    try {
      ObjectNode changed = (ObjectNode) YAML.readTree(change);
      return switch (kind) {
        case "app" ->
            AppValidation.check(merged(YAML.valueToTree(Phoenix.app()), changed, FargateApp.class));
        case "database" ->
            DatabaseValidation.check(
                merged(YAML.valueToTree(Phoenix.database()), changed, FargateDatabase.class));
        default ->
            EnvironmentValidation.check(
                merged(YAML.readTree(ENVIRONMENT), changed, FargateEnvironment.class));
      };
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(change, e);
    }
  }

  private static <T> T merged(JsonNode object, ObjectNode change, Class<T> type)
      throws JsonProcessingException {
    merge((ObjectNode) object.get("spec"), change);
    return YAML.treeToValue(object, type);
  }

  private static void merge(ObjectNode target, ObjectNode change) {
    change
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getValue() instanceof ObjectNode inner
                  && target.get(field.getKey()) instanceof ObjectNode there) {
                merge(there, inner);
              } else {
                target.set(field.getKey(), field.getValue());
              }
            });
  }

  private static String told(String kind, String change) {
    return problems(kind, change).stream().map(Problem::toString).collect(Collectors.joining("; "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {ports: []} | spec.ingresses[0]: needs a port to send to: add spec.ports
          {ports: [{name: a, containerPort: 1}, {name: b, containerPort: 2}], ingresses: [{name: web}]} | spec.ingresses[0].portName: is required, since the app has 2 ports
          {ingresses: [{name: web, portName: http, hosts: [a.example.com], paths: [/a, /b], allowedCidrs: [10.0.0.0/8, 11.0.0.0/8, 12.0.0.0/8]}]} | spec.ingresses[0]: has 6 hosts, paths and allowedCidrs together; AWS takes 5 per rule: split it in two ingresses
          {rollout: {strategy: Canary}, autoscaling: null, ingresses: []} | spec.rollout.strategy: Canary needs exactly one ingress, and there are 0
          {rollout: {strategy: Linear}} | spec.autoscaling.requestsPerMinutePerTask: does not go with Linear: scale by cpuPercent or memoryPercent
          {rollout: {rollbackAlarms: [busy, bsy]}, alarms: [{name: busy, metric: Cpu, thresholdPercent: 80}]} | spec.rollout.rollbackAlarms[1]: bsy is no alarm of spec.alarms: add it there, or correct the name
          {autoscaling: {maxReplicas: null}} | spec.autoscaling.maxReplicas: is required
          {suspend: true, ignore: [Service.count]} | spec.suspend: cannot be carried out while spec.ignore leaves Service.count to others
          {alarms: [{metric: Cpu, thresholdPercent: 80}]} | spec.alarms[0]: needs name and thresholdPercent
          {alarms: [{name: busy, metric: Cpu}]} | spec.alarms[0]: needs name and thresholdPercent
          {alarms: [{name: busy, metric: Disk, thresholdPercent: 80}]} | spec.alarms[0].metric: is "Disk"; this version knows Cpu, Memory and Http5xx
          {alarms: [{name: bad, metric: Http5xx, thresholdPercent: 1}], ingresses: [], autoscaling: null} | spec.alarms[0].metric: Http5xx needs an ingress whose requests are counted
          """)
  void anApp(String change, String told) {
    assertThat(told("app", change)).isEqualTo(told);
  }

  @Test
  void whatCannotBeLeftToOthersNamesWhatCan() {
    assertThat(told("app", "{ignore: [Service.count, Service.cluster]}"))
        .startsWith("spec.ignore[1]: Service.cluster cannot be left to others; these can: ")
        .contains("Service.count");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ingresses: [{name: web}]}",
        "{rollout: {strategy: Canary}, autoscaling: {requestsPerMinutePerTask: null}}",
        "{rollout: {strategy: Canary}, autoscaling: null}",
        "{rollout: {strategy: Rolling}}",
        "{ignore: [Service.count]}",
        "{suspend: true, ignore: [TargetGroup.healthCheck.path]}",
        "{suspend: false, ignore: [Service.count]}",
        "{alarms: [{name: bad, metric: Http5xx, thresholdPercent: 1}]}",
        "{alarms: [{name: busy, metric: Cpu, thresholdPercent: 80}], ingresses: [], autoscaling:"
            + " null}"
      })
  void anAppThatIsTaken(String change) {
    assertThat(problems("app", change)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {engine: mysql} | spec.engine: is "mysql"; this version knows mongodb
          {databaseName: null} | spec.databaseName: is required
          {databaseName: " "} | spec.databaseName: is required
          {privateDns: null} | spec.privateDns.name: is required: it is the one way to reach the database
          {privateDns: {name: null}} | spec.privateDns.name: is required: it is the one way to reach the database
          {storage: null} | spec.storage: is required: exactly one of {efs: {}} and {ephemeral: {}}
          {storage: {ephemeral: null}} | spec.storage: is required: exactly one of {efs: {}} and {ephemeral: {}}
          {storage: {efs: {}}} | spec.storage: is required: exactly one of {efs: {}} and {ephemeral: {}}
          {cpu: 256, memoryMiB: 4096} | spec.memoryMiB: 4096 MiB does not go with cpu 256; use one of [512, 1024, 2048]
          {cpu: 300, memoryMiB: 4096} | spec.memoryMiB: 4096 MiB does not go with cpu 300; cpu is one of [256, 512, 1024, 2048, 4096, 8192, 16384]
          {alarms: [{name: bad, metric: Http5xx, thresholdPercent: 1}]} | spec.alarms[0].metric: Http5xx needs an ingress whose requests are counted
          """)
  void aDatabase(String change, String told) {
    assertThat(told("database", change)).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ephemeral: {} | schedule: 0 3 * * * | spec.backup: needs storage.efs without fileSystemId: AWS Backup copies whole file systems, and one of others is theirs to back up
          efs: {fileSystemId: fs-1} | schedule: 0 3 * * * | spec.backup: needs storage.efs without fileSystemId: AWS Backup copies whole file systems, and one of others is theirs to back up
          efs: {} | schedule: "0,30 3 * * *" | spec.backup.schedule: comes more often than once an hour, which AWS Backup does not; give one minute
          efs: {} | schedule: daily | spec.backup.schedule: has 1 fields; minute, hour, day of month, month, day of week are 5
          efs: {} | {schedule: 0 3 * * *, timeZone: Mars/Olympus} | spec.backup.timeZone: is "Mars/Olympus", which is no IANA time zone, such as Europe/Berlin
          """)
  void aBackup(String storage, String backup, String told) {
    assertThat(told("database", stored(storage, "backup", backup))).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ephemeral: {} | recoveryPointArn: arn:aws:backup:eu-central-1:123456789012:recovery-point:1f | spec.restore: needs storage.efs without fileSystemId: in a file system of others there is more than this database's data
          efs: {fileSystemId: fs-1} | recoveryPointArn: arn:aws:backup:eu-central-1:123456789012:recovery-point:1f | spec.restore: needs storage.efs without fileSystemId: in a file system of others there is more than this database's data
          efs: {} | {} | spec.restore.recoveryPointArn: is required: the ARN of a recovery point, arn:aws:backup:...:recovery-point:..., as status.backup lists them
          efs: {} | recoveryPointArn: arn:aws:s3:::bucket | spec.restore.recoveryPointArn: is required: the ARN of a recovery point, arn:aws:backup:...:recovery-point:..., as status.backup lists them
          efs: {} | {recoveryPointArn: "arn:aws:backup:eu-central-1:123456789012:recovery-point:1f", directory: /a/../b} | spec.restore.directory: is no absolute path of names without a dot at their beginning, such as /fargate/db
          """)
  void aRestore(String storage, String restore, String told) {
    assertThat(told("database", stored(storage, "restore", restore))).isEqualTo(told);
  }

  @Test
  void withoutStorageThereIsNothingToBackUpOrToRestoreInto() {
    assertThat(
            problems(
                "database",
                "{storage: null, backup: {schedule: 0 3 * * *}, restore: {recoveryPointArn:"
                    + " 'arn:aws:backup:eu-central-1:123456789012:recovery-point:1f'}}"))
        .extracting(Problem::field)
        .containsExactly("spec.storage", "spec.backup", "spec.restore");
  }

  /** In the place of the sample's storage. */
  private static String stored(String storage, String field, String value) {
    String braced = value.startsWith("{") ? value : "{" + value + "}";
    return (storage.startsWith("efs") ? "{storage: {ephemeral: null, " : "{storage: {")
        + storage
        + "}, "
        + field
        + ": "
        + braced
        + "}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{cpu: 256}",
        "{memoryMiB: 4096}",
        "{cpu: 256, memoryMiB: 512}",
        "{storage: {ephemeral: null, efs: {}}, backup: {schedule: 0 3 * * *}}",
        "{storage: {ephemeral: null, efs: {}}, backup: {schedule: 0 3 * * *, timeZone:"
            + " Europe/Berlin}}",
        "{storage: {ephemeral: null, efs: {}}, restore: {recoveryPointArn:"
            + " 'arn:aws:backup:eu-central-1:123456789012:recovery-point:1f', directory:"
            + " /fargate/db}}",
        "{storage: {ephemeral: null, efs: {fileSystemId: fs-1}}}"
      })
  void aDatabaseThatIsTaken(String change) {
    assertThat(problems("database", change)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {region: null} | spec.region: is required, for example eu-central-1
          {region: " "} | spec.region: is required, for example eu-central-1
          {network: null} | spec.network.vpcId: is required
          {network: {vpcId: null}} | spec.network.vpcId: is required
          {loadBalancers: [{name: a, scheme: Internal, listeners: [{port: 80}]}, {name: web, scheme: Internal}]} | spec.loadBalancers[1].listeners: needs at least one, for example {port: 80, protocol: HTTP}
          {loadBalancers: [{name: web, existing: {arn: "arn:lb"}, listeners: [{port: 80}]}]} | spec.loadBalancers[0].existing: is used as it is, never changed: remove scheme, subnets, listeners and allowedCidrs
          {loadBalancers: [{name: web, scheme: Internal, listeners: [{port: 80}, {port: 443, protocol: HTTPS}]}]} | spec.loadBalancers[0].listeners[1].certificateArns: is required for HTTPS: the ARN of an ACM certificate
          {loadBalancers: [{name: web, scheme: Internal, listeners: [{port: 443, protocol: HTTPS, certificateArns: ["arn:c"], redirect: HTTPS}]}]} | spec.loadBalancers[0].listeners[0].redirect: cannot redirect HTTPS to HTTPS; remove it
          """)
  void anEnvironment(String change, String told) {
    assertThat(told("environment", change)).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{loadBalancers: []}",
        "{loadBalancers: [{name: web, existing: {arn: 'arn:lb'}}]}",
        "{loadBalancers: [{name: web, scheme: Internal, listeners: [{port: 80, protocol: HTTP, redirect: HTTPS}, {port:"
            + " 443, protocol: HTTPS, certificateArns: ['arn:c']}]}]}"
      })
  void anEnvironmentThatIsTaken(String change) {
    assertThat(problems("environment", change)).isEmpty();
  }

  @Test
  void anObjectWithoutASpecIsToldSo() {
    List<Problem> required = List.of(new Problem("spec", "is required"));
    assertThat(AppValidation.check(new FargateApp())).isEqualTo(required);
    assertThat(DatabaseValidation.check(new FargateDatabase())).isEqualTo(required);
    assertThat(EnvironmentValidation.check(new FargateEnvironment())).isEqualTo(required);
  }
}
