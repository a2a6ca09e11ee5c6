package dev.fargate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.PublicZone;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the team of Phoenix built by hand, made by the operator and read with the AWS CLI: each
 * value as the table of its system says it.
 */
@Tag("foreign-clients")
class AwsCliReadsPhoenixTest {
  private final World world = new World();
  private AwsCli cli;

  @BeforeEach
  void comeUp() {
    world.applyPhoenix();
    FargateEnvironment environment = world.environments.values().iterator().next();
    PublicZone zone = new PublicZone();
    zone.domain = "example.com";
    zone.hostedZoneId = "Z00000000EXAMPLECOM";
    environment.getSpec().publicZones.add(zone);
    world.app("phoenix").getSpec().ingresses.get(0).hosts.add("app.example.com");
    world.untilAllReady();
    world.goOn(Duration.ofMinutes(2));
    cli = new AwsCli(world.aws.start(0), world.aws.world().region());
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everyRowOfItsTableIsThere() {
    JsonNode services = cli.ask("ecs list-services --cluster phoenix").get("serviceArns");
    assertThat(services).hasSize(2);
    for (JsonNode service : services) {
      JsonNode described =
          cli.ask("ecs describe-services --cluster phoenix --services " + service.asText())
              .at("/services/0");
      assertThat(described.get("runningCount").asInt()).isEqualTo(1);
      assertThat(described.get("launchType").asText()).isEqualTo("FARGATE");
    }
    assertThat(cli.ask("ecs list-task-definitions").get("taskDefinitionArns")).hasSize(2);

    JsonNode group = cli.ask("elbv2 describe-target-groups").at("/TargetGroups/0");
    assertThat(group.get("TargetType").asText()).isEqualTo("ip");
    assertThat(group.get("Port").asInt()).isEqualTo(3000);
    assertThat(
            cli.ask(
                    "elbv2 describe-target-health --target-group-arn "
                        + group.get("TargetGroupArn").asText())
                .at("/TargetHealthDescriptions/0/TargetHealth/State")
                .asText())
        .isEqualTo("healthy");
    String balancer =
        cli.ask("elbv2 describe-load-balancers").at("/LoadBalancers/0/DNSName").asText();
    assertThat(balancer).isNotEmpty();

    JsonNode policies =
        cli.ask("application-autoscaling describe-scaling-policies --service-namespace ecs")
            .get("ScalingPolicies");
    assertThat(policies.findValuesAsText("PredefinedMetricType"))
        .containsExactlyInAnyOrder("ECSServiceAverageCPUUtilization", "ALBRequestCountPerTarget");
    assertThat(policies.findValues("TargetValue").stream().map(JsonNode::asDouble))
        .containsExactlyInAnyOrder(70.0, 600.0);

    JsonNode logs = cli.ask("logs describe-log-groups").get("logGroups");
    assertThat(logs.findValues("retentionInDays").stream().map(JsonNode::asInt))
        .containsExactly(7, 7);

    assertThat(cli.ask("servicediscovery list-namespaces").at("/Namespaces/0/Name").asText())
        .isEqualTo("phoenix.internal");
    assertThat(cli.ask("servicediscovery list-services").at("/Services/0/Name").asText())
        .isEqualTo("phoenix-db");
    assertThat(cli.ask("secretsmanager list-secrets").get("SecretList")).isNotEmpty();

    JsonNode records =
        cli.ask("route53 list-resource-record-sets --hosted-zone-id Z00000000EXAMPLECOM")
            .get("ResourceRecordSets");
    assertThat(records.findValuesAsText("Name")).contains("app.example.com.");
    assertThat(records.findValuesAsText("DNSName")).anyMatch(name -> name.contains(balancer));
  }

  @Test
  void soAreItsFilesTheirBackupAndItsAlarms() {
    JsonNode system = cli.ask("efs describe-file-systems").at("/FileSystems/0");
    assertThat(system.get("Encrypted").asBoolean()).isTrue();
    assertThat(system.get("NumberOfMountTargets").asInt()).isEqualTo(2);
    JsonNode point = cli.ask("efs describe-access-points").at("/AccessPoints/0");
    assertThat(point.at("/PosixUser/Uid").asInt()).isEqualTo(999);

    String plan =
        cli.ask("backup list-backup-plans").at("/BackupPlansList/0/BackupPlanId").asText();
    JsonNode rule =
        cli.ask("backup get-backup-plan --backup-plan-id " + plan).at("/BackupPlan/Rules/0");
    assertThat(rule.get("ScheduleExpression").asText()).isEqualTo("cron(0 3 * * ? *)");
    assertThat(rule.at("/Lifecycle/DeleteAfterDays").asInt()).isEqualTo(7);
    String selection =
        cli.ask("backup list-backup-selections --backup-plan-id " + plan)
            .at("/BackupSelectionsList/0/SelectionId")
            .asText();
    assertThat(
            cli.ask(
                    "backup get-backup-selection --backup-plan-id "
                        + plan
                        + " --selection-id "
                        + selection)
                .at("/BackupSelection/Resources/0")
                .asText())
        .isEqualTo(system.get("FileSystemArn").asText());

    JsonNode alarms = cli.ask("cloudwatch describe-alarms").get("MetricAlarms");
    assertThat(alarms).hasSize(3);
    String topic = cli.ask("sns list-topics").at("/Topics/0/TopicArn").asText();
    for (JsonNode alarm : alarms) {
      assertThat(alarm.at("/AlarmActions/0").asText()).isEqualTo(topic);
    }
  }
}
