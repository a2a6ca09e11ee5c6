package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.DnsRecord;
import software.amazon.awssdk.services.servicediscovery.model.OperationStatus;
import software.amazon.awssdk.services.servicediscovery.model.OperationTargetType;
import software.amazon.awssdk.services.servicediscovery.model.RecordType;

/** ECS and Cloud Map as the SDK's clients see them: every answer passes AWS's own model. */
class EcsClientTest {
  private static final String ROLE =
      "arn:aws:iam::123456789012:role/fargate-operator-task-execution";
  private static final List<String> SUBNETS =
      List.of("subnet-0bbb0000000000001", "subnet-0bbb0000000000002");

  private final AwsEndpoint aws = AwsEndpoint.builder().build();
  private final EcsClient ecs = Clients.inThread(aws, EcsClient.builder());
  private final ServiceDiscoveryClient cloudMap =
      Clients.inThread(aws, ServiceDiscoveryClient.builder());

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void aServiceWithAPrivateNameRunsAndIsDeletedAgain() {
    ecs.createCluster(r -> r.clusterName("main").tags(tag("owner", "test")));
    String registry = registry();
    String definition = register();
    ecs.createService(
        r ->
            r.cluster("main")
                .serviceName("db")
                .taskDefinition(definition)
                .desiredCount(1)
                .launchType(LaunchType.FARGATE)
                .clientToken("one")
                .tags(tag("owner", "test"))
                .serviceRegistries(ServiceRegistry.builder().registryArn(registry).build())
                .deploymentConfiguration(
                    d ->
                        d.maximumPercent(100)
                            .minimumHealthyPercent(0)
                            .deploymentCircuitBreaker(b -> b.enable(true).rollback(true)))
                .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(SUBNETS))));
    aws.clock().advance(Duration.ofMinutes(2));

    Service service = describe();
    assertThat(service.runningCount()).isEqualTo(1);
    assertThat(service.tags()).containsExactly(tag("owner", "test"));
    assertThat(service.deployments().get(0).rolloutState())
        .isEqualTo(DeploymentRolloutState.COMPLETED);
    Task task = task(DesiredStatus.RUNNING);
    assertThat(task.lastStatus()).isEqualTo("RUNNING");
    assertThat(
            ecs.describeClusters(r -> r.clusters("main").include(ClusterField.TAGS))
                .clusters()
                .get(0)
                .runningTasksCount())
        .isEqualTo(1);
    assertThat(cloudMap.listInstances(r -> r.serviceId(id(registry))).instances()).hasSize(1);

    String deployment =
        ecs.listServiceDeployments(r -> r.cluster("main").service("db"))
            .serviceDeployments()
            .get(0)
            .serviceDeploymentArn();
    String revision =
        ecs.describeServiceDeployments(r -> r.serviceDeploymentArns(deployment))
            .serviceDeployments()
            .get(0)
            .targetServiceRevision()
            .arn();
    assertThat(
            ecs.describeServiceRevisions(r -> r.serviceRevisionArns(revision))
                .serviceRevisions()
                .get(0)
                .taskDefinition())
        .isEqualTo(definition);

    ecs.deleteService(r -> r.cluster("main").service("db").force(true));
    aws.clock().advance(Duration.ofMinutes(3));
    assertThat(describe().status()).isEqualTo("INACTIVE");
    assertThat(task(DesiredStatus.STOPPED).stoppedReason()).startsWith("Scaling activity");
    cloudMap.deleteService(r -> r.id(id(registry)));
    ecs.deleteCluster(r -> r.cluster("main"));
  }

  @Test
  void unknownServicesAreFailuresWhenDescribedAndErrorsWhenDeleted() {
    ecs.createCluster(r -> r.clusterName("main"));
    assertThat(
            ecs.describeServices(r -> r.cluster("main").services("none"))
                .failures()
                .get(0)
                .reason())
        .isEqualTo("MISSING");
    assertThatThrownBy(() -> ecs.deleteService(r -> r.cluster("main").service("none")))
        .isInstanceOf(ServiceNotFoundException.class);
  }

  private Service describe() {
    return ecs.describeServices(r -> r.cluster("main").services("db").include(ServiceField.TAGS))
        .services()
        .get(0);
  }

  private Task task(DesiredStatus status) {
    List<String> arns = ecs.listTasks(r -> r.cluster("main").desiredStatus(status)).taskArns();
    return ecs.describeTasks(r -> r.cluster("main").tasks(arns)).tasks().get(0);
  }

  private String register() {
    Clients.inThread(aws, CloudWatchLogsClient.builder())
        .createLogGroup(r -> r.logGroupName("/main/db"));
    ContainerDefinition container =
        ContainerDefinition.builder()
            .name("db")
            .image("mongo:7")
            .portMappings(PortMapping.builder().containerPort(27017).build())
            .healthCheck(h -> h.command("CMD", "true").interval(10))
            .logConfiguration(
                l ->
                    l.logDriver(LogDriver.AWSLOGS)
                        .options(
                            Map.of(
                                "awslogs-group", "/main/db",
                                "awslogs-region", "eu-central-1",
                                "awslogs-stream-prefix", "db")))
            .build();
    return ecs.registerTaskDefinition(
            RegisterTaskDefinitionRequest.builder()
                .family("db")
                .networkMode(NetworkMode.AWSVPC)
                .requiresCompatibilities(Compatibility.FARGATE)
                .cpu("256")
                .memory("512")
                .executionRoleArn(ROLE)
                .containerDefinitions(container)
                .tags(tag("owner", "test"))
                .build())
        .taskDefinition()
        .taskDefinitionArn();
  }

  private String registry() {
    String operation =
        cloudMap
            .createPrivateDnsNamespace(r -> r.name("main.local").vpc("vpc-0123456789abcdef0"))
            .operationId();
    aws.clock().advance(Duration.ofMinutes(1));
    var done = cloudMap.getOperation(r -> r.operationId(operation)).operation();
    assertThat(done.status()).isEqualTo(OperationStatus.SUCCESS);
    DnsRecord a = DnsRecord.builder().type(RecordType.A).ttl(10L).build();
    return cloudMap
        .createService(
            r ->
                r.name("db")
                    .namespaceId(done.targets().get(OperationTargetType.NAMESPACE))
                    .healthCheckCustomConfig(h -> {})
                    .dnsConfig(d -> d.dnsRecords(a)))
        .service()
        .arn();
  }

  private static String id(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
