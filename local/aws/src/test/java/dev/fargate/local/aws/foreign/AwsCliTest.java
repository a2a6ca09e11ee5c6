package dev.fargate.local.aws.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fargate.local.aws.AwsEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The unmodified AWS CLI against the endpoint, service by service. */
@Tag("foreign-clients")
class AwsCliTest {
  private static final String VPC = "vpc-0123456789abcdef0";
  private static final String SUBNET_A = "subnet-0aaa0000000000001";
  private static final String SUBNET_B = "subnet-0aaa0000000000002";
  private static final String BACKUP_ROLE =
      "arn:aws:iam::123456789012:role/fargate-operator-backup";

  private final AwsEndpoint endpoint = AwsEndpoint.builder().build();
  private final Program cli = new Program(endpoint.start(0));

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  void stsTellsWhoCalls() {
    assertThat(cli.aws("sts", "get-caller-identity").get("Account").asText())
        .isEqualTo("123456789012");
    assertThat(
            cli.aws(
                    "sts",
                    "assume-role",
                    "--role-arn",
                    "arn:aws:iam::123456789012:role/fargate-operator",
                    "--role-session-name",
                    "cli")
                .at("/AssumedRoleUser/Arn")
                .asText())
        .endsWith("assumed-role/fargate-operator/cli");
  }

  @Test
  void logGroupsAreMadeFoundTaggedAndRead() {
    cli.aws("logs", "create-log-group", "--log-group-name", "/a/b", "--tags", "owner=me");
    cli.aws("logs", "put-retention-policy", "--log-group-name", "/a/b", "--retention-in-days", "7");
    assertThat(cli.aws("logs", "describe-log-groups").at("/logGroups/0/retentionInDays").asInt())
        .isEqualTo(7);
    endpoint.logs().append("/a/b", "s", endpoint.clock().now(), "hello");
    assertThat(
            cli.aws("logs", "filter-log-events", "--log-group-name", "/a/b")
                .at("/events/0/message")
                .asText())
        .isEqualTo("hello");
    assertThat(cli.awsRefused("logs", "create-log-group", "--log-group-name", "/a/b"))
        .contains("ResourceAlreadyExistsException");
  }

  @Test
  void secretsAreMadeReadAndDeleted() {
    cli.aws("secretsmanager", "create-secret", "--name", "db", "--secret-string", "one");
    cli.aws("secretsmanager", "put-secret-value", "--secret-id", "db", "--secret-string", "two");
    assertThat(
            cli.aws("secretsmanager", "get-secret-value", "--secret-id", "db")
                .get("SecretString")
                .asText())
        .isEqualTo("two");
    assertThat(
            cli.aws("secretsmanager", "list-secrets", "--filters", "Key=name,Values=db")
                .get("SecretList"))
        .hasSize(1);
    cli.aws(
        "secretsmanager", "delete-secret", "--secret-id", "db", "--force-delete-without-recovery");
    assertThat(cli.awsRefused("secretsmanager", "describe-secret", "--secret-id", "db"))
        .contains("ResourceNotFoundException");
  }

  @Test
  void securityGroupsAreMadeOpenedAndDeleted() {
    String group =
        cli.aws(
                "ec2",
                "create-security-group",
                "--group-name",
                "web",
                "--description",
                "web",
                "--vpc-id",
                VPC,
                "--tag-specifications",
                "ResourceType=security-group,Tags=[{Key=owner,Value=me}]")
            .get("GroupId")
            .asText();
    cli.aws(
        "ec2",
        "authorize-security-group-ingress",
        "--group-id",
        group,
        "--ip-permissions",
        "IpProtocol=tcp,FromPort=80,ToPort=80,IpRanges=[{CidrIp=0.0.0.0/0,Description=all}]");
    assertThat(
            cli.aws("ec2", "describe-security-groups", "--filters", "Name=tag:owner,Values=me")
                .at("/SecurityGroups/0/IpPermissions/0/FromPort")
                .asInt())
        .isEqualTo(80);
    assertThat(
            cli.aws(
                    "ec2",
                    "describe-security-group-rules",
                    "--filters",
                    "Name=group-id,Values=" + group)
                .get("SecurityGroupRules"))
        .hasSize(2);
    cli.aws("ec2", "delete-security-group", "--group-id", group);
    assertThat(cli.awsRefused("ec2", "describe-security-groups", "--group-ids", group))
        .contains("InvalidGroup.NotFound");
  }

  @Test
  void aLoadBalancerGetsAListenerATargetGroupAndARule() {
    String balancer =
        cli.aws("elbv2", "create-load-balancer", "--name", "lb", "--subnets", SUBNET_A, SUBNET_B)
            .at("/LoadBalancers/0/LoadBalancerArn")
            .asText();
    String listener =
        cli.aws(
                "elbv2",
                "create-listener",
                "--load-balancer-arn",
                balancer,
                "--protocol",
                "HTTP",
                "--port",
                "80",
                "--default-actions",
                "Type=fixed-response,FixedResponseConfig={StatusCode=404}")
            .at("/Listeners/0/ListenerArn")
            .asText();
    String group =
        cli.aws(
                "elbv2",
                "create-target-group",
                "--name",
                "tg",
                "--protocol",
                "HTTP",
                "--port",
                "3000",
                "--target-type",
                "ip",
                "--vpc-id",
                VPC)
            .at("/TargetGroups/0/TargetGroupArn")
            .asText();
    cli.aws(
        "elbv2",
        "create-rule",
        "--listener-arn",
        listener,
        "--priority",
        "5",
        "--conditions",
        "Field=path-pattern,PathPatternConfig={Values=[/a*]}",
        "--actions",
        "Type=forward,TargetGroupArn=" + group);
    assertThat(
            cli.aws("elbv2", "describe-rules", "--listener-arn", listener)
                .findValuesAsText("Priority"))
        .containsExactly("5", "default");
    assertThat(cli.awsRefused("elbv2", "delete-target-group", "--target-group-arn", group))
        .contains("(ResourceInUse)");
    cli.aws("elbv2", "delete-load-balancer", "--load-balancer-arn", balancer);
    cli.aws("elbv2", "delete-target-group", "--target-group-arn", group);
  }

  @Test
  void anEcsServiceStartsAndIsDrained() {
    cli.aws("ecs", "create-cluster", "--cluster-name", "c");
    cli.aws(
        "ecs",
        "register-task-definition",
        "--family",
        "web",
        "--network-mode",
        "awsvpc",
        "--requires-compatibilities",
        "FARGATE",
        "--cpu",
        "256",
        "--memory",
        "512",
        "--container-definitions",
        "[{\"name\":\"web\",\"image\":\"web:1\",\"portMappings\":[{\"containerPort\":80}]}]");
    cli.aws(
        "ecs",
        "create-service",
        "--cluster",
        "c",
        "--service-name",
        "web",
        "--task-definition",
        "web",
        "--desired-count",
        "2",
        "--launch-type",
        "FARGATE",
        "--network-configuration",
        "awsvpcConfiguration={subnets=[" + SUBNET_A + "],assignPublicIp=ENABLED}");
    endpoint.clock().advance(Duration.ofMinutes(3));
    assertThat(service().get("runningCount").asInt()).isEqualTo(2);
    assertThat(cli.aws("ecs", "list-tasks", "--cluster", "c").get("taskArns")).hasSize(2);
    scalable("register-scalable-target", "--min-capacity", "3", "--max-capacity", "5");
    assertThat(service().get("desiredCount").asInt()).isEqualTo(3);
    scalable("deregister-scalable-target");
    cli.aws("ecs", "delete-service", "--cluster", "c", "--service", "web", "--force");
    endpoint.clock().advance(Duration.ofMinutes(3));
    assertThat(service().get("status").asText()).isEqualTo("INACTIVE");
  }

  @Test
  void cloudMapMakesANamespaceAndAService() {
    String operation =
        cli.aws(
                "servicediscovery",
                "create-private-dns-namespace",
                "--name",
                "phoenix.local",
                "--vpc",
                VPC)
            .get("OperationId")
            .asText();
    endpoint.clock().advance(Duration.ofMinutes(3));
    String namespace =
        cli.aws("servicediscovery", "get-operation", "--operation-id", operation)
            .at("/Operation/Targets/NAMESPACE")
            .asText();
    String service =
        cli.aws(
                "servicediscovery",
                "create-service",
                "--name",
                "db",
                "--namespace-id",
                namespace,
                "--dns-config",
                "DnsRecords=[{Type=A,TTL=10}]",
                "--health-check-custom-config",
                "FailureThreshold=1")
            .at("/Service/Id")
            .asText();
    assertThat(cli.awsRefused("servicediscovery", "delete-namespace", "--id", namespace))
        .contains("ResourceInUse");
    cli.aws("servicediscovery", "delete-service", "--id", service);
    cli.aws("servicediscovery", "delete-namespace", "--id", namespace);
  }

  @Test
  void aStandaloneTaskRunsOncePerTokenAndIsFoundByWhoStartedIt() {
    cli.aws("ecs", "create-cluster", "--cluster-name", "c");
    cli.aws(
        "ecs",
        "register-task-definition",
        "--family",
        "job",
        "--network-mode",
        "awsvpc",
        "--requires-compatibilities",
        "FARGATE",
        "--cpu",
        "256",
        "--memory",
        "512",
        "--container-definitions",
        "[{\"name\":\"job\",\"image\":\"job:1\"}]");
    endpoint.scriptedTasks().image("job:1").exitsAfter(Duration.ofSeconds(10), 4);
    String first = runTask();
    assertThat(runTask()).isEqualTo(first);
    endpoint.clock().advance(Duration.ofMinutes(2));
    assertThat(
            cli.aws(
                    "ecs",
                    "list-tasks",
                    "--cluster",
                    "c",
                    "--started-by",
                    "cli",
                    "--desired-status",
                    "STOPPED")
                .at("/taskArns/0")
                .asText())
        .isEqualTo(first);
    JsonNode task =
        cli.aws("ecs", "describe-tasks", "--cluster", "c", "--tasks", first).at("/tasks/0");
    assertThat(task.get("stopCode").asText()).isEqualTo("EssentialContainerExited");
    assertThat(task.at("/containers/0/exitCode").asInt()).isEqualTo(4);
  }

  private String runTask() {
    JsonNode answer =
        cli.aws(
            "ecs",
            "run-task",
            "--cluster",
            "c",
            "--task-definition",
            "job",
            "--launch-type",
            "FARGATE",
            "--started-by",
            "cli",
            "--client-token",
            "once",
            "--overrides",
            "{\"containerOverrides\":[{\"name\":\"job\",\"command\":[\"sh\",\"-c\",\"true\"]}]}",
            "--network-configuration",
            "awsvpcConfiguration={subnets=[" + SUBNET_A + "],assignPublicIp=ENABLED}");
    assertThat(answer.get("failures")).isEmpty();
    return answer.at("/tasks/0/taskArn").asText();
  }

  @Test
  void aFileSystemIsMountedBackedUpAndRestored() {
    String fileSystem = fileSystem();
    String group =
        cli.aws("efs", "describe-mount-targets", "--file-system-id", fileSystem)
            .at("/MountTargets/0/MountTargetId")
            .asText();
    assertThat(
            cli.aws("efs", "describe-mount-target-security-groups", "--mount-target-id", group)
                .get("SecurityGroups"))
        .hasSize(1);
    cli.aws("backup", "create-backup-vault", "--backup-vault-name", "cli");
    String arn =
        cli.aws("efs", "describe-file-systems").at("/FileSystems/0/FileSystemArn").asText();
    cli.aws(
        "backup",
        "start-backup-job",
        "--backup-vault-name",
        "cli",
        "--resource-arn",
        arn,
        "--iam-role-arn",
        BACKUP_ROLE);
    endpoint.clock().advance(Duration.ofMinutes(10));
    String point =
        cli.aws("backup", "list-recovery-points-by-backup-vault", "--backup-vault-name", "cli")
            .at("/RecoveryPoints/0/RecoveryPointArn")
            .asText();
    assertThat(
            cli.aws(
                    "backup",
                    "get-recovery-point-restore-metadata",
                    "--backup-vault-name",
                    "cli",
                    "--recovery-point-arn",
                    point)
                .at("/RestoreMetadata/file-system-id")
                .asText())
        .isEqualTo(fileSystem);
    String job =
        cli.aws(
                "backup",
                "start-restore-job",
                "--recovery-point-arn",
                point,
                "--iam-role-arn",
                BACKUP_ROLE,
                "--metadata",
                "file-system-id="
                    + fileSystem
                    + ",newFileSystem=false,Encrypted=true,PerformanceMode=generalPurpose")
            .get("RestoreJobId")
            .asText();
    endpoint.clock().advance(Duration.ofMinutes(10));
    JsonNode restored = cli.aws("backup", "describe-restore-job", "--restore-job-id", job);
    assertThat(restored.get("Status").asText()).isEqualTo("COMPLETED");
    assertThat(restored.get("CreatedResourceArn").asText()).isEqualTo(arn);
    assertThat(
            cli.aws("backup", "list-restore-jobs-by-protected-resource", "--resource-arn", arn)
                .get("RestoreJobs"))
        .hasSize(1);
    assertThat(cli.awsRefused("backup", "delete-backup-vault", "--backup-vault-name", "cli"))
        .contains("InvalidRequestException");
  }

  private String fileSystem() {
    String id =
        cli.aws("efs", "create-file-system", "--creation-token", "cli", "--encrypted")
            .get("FileSystemId")
            .asText();
    endpoint.clock().advance(Duration.ofMinutes(1));
    assertThat(cli.awsRefused("efs", "create-file-system", "--creation-token", "cli"))
        .contains("FileSystemAlreadyExists");
    cli.aws("efs", "create-mount-target", "--file-system-id", id, "--subnet-id", SUBNET_A);
    cli.aws(
        "efs",
        "create-access-point",
        "--file-system-id",
        id,
        "--posix-user",
        "Uid=999,Gid=999",
        "--root-directory",
        "Path=/db,CreationInfo={OwnerUid=999,OwnerGid=999,Permissions=700}");
    endpoint.clock().advance(Duration.ofMinutes(3));
    assertThat(
            cli.aws("efs", "describe-access-points", "--file-system-id", id)
                .at("/AccessPoints/0/RootDirectory/Path")
                .asText())
        .isEqualTo("/db");
    return id;
  }

  @Test
  void anAlarmTellsATopicAndItsQueueHearsIt() {
    String topic = cli.aws("sns", "list-topics").at("/Topics/0/TopicArn").asText();
    cli.aws(
        "cloudwatch",
        "put-metric-alarm",
        "--alarm-name",
        "cpu",
        "--namespace",
        "AWS/ECS",
        "--metric-name",
        "CPUUtilization",
        "--dimensions",
        "Name=ClusterName,Value=c",
        "Name=ServiceName,Value=web",
        "--statistic",
        "Average",
        "--period",
        "60",
        "--evaluation-periods",
        "1",
        "--threshold",
        "80",
        "--comparison-operator",
        "GreaterThanThreshold",
        "--alarm-actions",
        topic);
    cli.aws(
        "cloudwatch",
        "set-alarm-state",
        "--alarm-name",
        "cpu",
        "--state-value",
        "ALARM",
        "--state-reason",
        "a drill");
    assertThat(
            cli.aws("cloudwatch", "describe-alarms", "--state-value", "ALARM")
                .at("/MetricAlarms/0/AlarmActions/0")
                .asText())
        .isEqualTo(topic);
    String queue =
        sqs("get-queue-url", "--queue-name", topic.substring(topic.lastIndexOf(':') + 1))
            .get("QueueUrl")
            .asText();
    assertThat(sqs("receive-message", "--queue-url", queue).at("/Messages/0/Body").asText())
        .contains("a drill");
    cli.aws("cloudwatch", "delete-alarms", "--alarm-names", "cpu");
    assertThat(cli.aws("cloudwatch", "describe-alarms").get("MetricAlarms")).isEmpty();
  }

  /** For SQS the CLI's version 1 looks for an endpoint on its command line alone. */
  private JsonNode sqs(String... command) {
    List<String> all = new ArrayList<>(List.of("sqs", "--endpoint-url", endpoint.url().toString()));
    all.addAll(List.of(command));
    return cli.aws(all.toArray(String[]::new));
  }

  @Test
  void aPublicNameIsMadeReadAndTakenAway() {
    String zone =
        cli.aws("route53", "list-hosted-zones-by-name", "--dns-name", "example.com")
            .at("/HostedZones/0/Id")
            .asText();
    String change =
        cli.aws(
                "route53",
                "change-resource-record-sets",
                "--hosted-zone-id",
                zone,
                "--change-batch",
                change("CREATE"))
            .at("/ChangeInfo/Id")
            .asText();
    endpoint.clock().advance(Duration.ofMinutes(2));
    assertThat(cli.aws("route53", "get-change", "--id", change).at("/ChangeInfo/Status").asText())
        .isEqualTo("INSYNC");
    assertThat(
            cli.aws("route53", "list-resource-record-sets", "--hosted-zone-id", zone)
                .findValuesAsText("Name"))
        .contains("app.example.com.");
    assertThat(
            cli.awsRefused(
                "route53",
                "change-resource-record-sets",
                "--hosted-zone-id",
                zone,
                "--change-batch",
                change("CREATE")))
        .contains("InvalidChangeBatch");
    cli.aws(
        "route53",
        "change-resource-record-sets",
        "--hosted-zone-id",
        zone,
        "--change-batch",
        change("DELETE"));
    assertThat(
            cli.aws("route53", "list-resource-record-sets", "--hosted-zone-id", zone)
                .findValuesAsText("Name"))
        .doesNotContain("app.example.com.");
  }

  private static String change(String action) {
    return "{\"Changes\":[{\"Action\":\""
        + action
        + "\",\"ResourceRecordSet\":{\"Name\":\"app.example.com\",\"Type\":\"A\",\"TTL\":60,"
        + "\"ResourceRecords\":[{\"Value\":\"192.0.2.1\"}]}}]}";
  }

  private void scalable(String operation, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "application-autoscaling",
                operation,
                "--service-namespace",
                "ecs",
                "--resource-id",
                "service/c/web",
                "--scalable-dimension",
                "ecs:service:DesiredCount"));
    command.addAll(List.of(more));
    cli.aws(command.toArray(String[]::new));
  }

  private JsonNode service() {
    return cli.aws("ecs", "describe-services", "--cluster", "c", "--services", "web")
        .at("/services/0");
  }
}
