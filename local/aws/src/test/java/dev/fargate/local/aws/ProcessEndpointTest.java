package dev.fargate.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fargate.local.aws.tasks.process.ImageTable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** All services together with a real process behind a real port. */
class ProcessEndpointTest {
  private static final String VPC = "vpc-0123456789abcdef0";
  private static final List<String> SUBNETS =
      List.of("subnet-0aaa0000000000001", "subnet-0aaa0000000000002");
  private static final String EXECUTION_ROLE =
      "arn:aws:iam::123456789012:role/fargate-operator-task-execution";

  /** Processes start within a second; the rest is for busy machines. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AwsEndpoint endpoint =
      AwsEndpoint.builder()
          .realTime(10)
          .processTasks(
              ImageTable.of(
                  new ImageTable.Entry(
                      "echo",
                      List.of(
                          ImageTable.java(),
                          "-Xmx32m",
                          "-XX:+UseSerialGC",
                          "-XX:TieredStopAtLevel=1",
                          "-cp",
                          System.getProperty("java.class.path"),
                          EchoServer.class.getName(),
                          "{address}"))))
          .build();
  private final EcsClient ecs = Clients.inThread(endpoint, EcsClient.builder());
  private final Ec2Client ec2 = Clients.inThread(endpoint, Ec2Client.builder());
  private final ElasticLoadBalancingV2Client elb =
      Clients.inThread(endpoint, ElasticLoadBalancingV2Client.builder());
  private final CloudWatchLogsClient logs =
      Clients.inThread(endpoint, CloudWatchLogsClient.builder());
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;
  private String targetGroup;

  @BeforeEach
  void aServiceBehindALoadBalancer() throws IOException {
    port = freePort();
    String balancerGroup = securityGroup("balancer");
    String taskGroup = securityGroup("task");
    allow(balancerGroup, port, "0.0.0.0/0");
    ec2.authorizeSecurityGroupIngress(
        r ->
            r.groupId(taskGroup)
                .ipPermissions(
                    p ->
                        p.ipProtocol("tcp")
                            .fromPort(3000)
                            .toPort(3000)
                            .userIdGroupPairs(g -> g.groupId(balancerGroup))));
    balance(balancerGroup);
    logs.createLogGroup(r -> r.logGroupName("web"));
    String secret =
        Clients.inThread(endpoint, SecretsManagerClient.builder())
            .createSecret(r -> r.name("greeting").secretString("{\"word\":\"hello\"}"))
            .arn();
    ecs.createCluster(r -> r.clusterName("c"));
    ecs.registerTaskDefinition(
        r ->
            r.family("web")
                .networkMode(NetworkMode.AWSVPC)
                .requiresCompatibilities(Compatibility.FARGATE)
                .cpu("256")
                .memory("512")
                .executionRoleArn(EXECUTION_ROLE)
                .containerDefinitions(container(secret)));
    ecs.createService(
        r ->
            r.cluster("c")
                .serviceName("web")
                .taskDefinition("web")
                .desiredCount(1)
                .launchType(LaunchType.FARGATE)
                .loadBalancers(
                    l -> l.targetGroupArn(targetGroup).containerName("web").containerPort(3000))
                .networkConfiguration(
                    n -> n.awsvpcConfiguration(v -> v.subnets(SUBNETS).securityGroups(taskGroup))));
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  void aProcessAnswersThroughTheLoadBalancerAndIsReplacedWhenItCrashes() {
    await().atMost(PATIENCE).until(() -> get("/").map(a -> a.endsWith(" hello")).orElse(false));
    assertThat(
            logs.filterLogEvents(r -> r.logGroupName("web").filterPattern("\"serving on\""))
                .events())
        .hasSize(1);

    String before = get("/").orElseThrow();
    get("/crash");
    await().atMost(PATIENCE).until(() -> get("/").filter(now -> !now.equals(before)).isPresent());
  }

  @Test
  void closingTheEndpointEndsItsProcessesAndFreesItsPorts() {
    await().atMost(PATIENCE).until(() -> get("/").isPresent());
    long pid = Long.parseLong(get("/").orElseThrow().split(" ")[0]);
    assertThat(ProcessHandle.of(pid)).isPresent();
    endpoint.close();
    await()
        .atMost(PATIENCE)
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    assertThat(get("/")).isEmpty();
  }

  @Test
  void processesOnAVirtualClockAreRefused() {
    assertThatThrownBy(() -> AwsEndpoint.builder().processTasks(ImageTable.of()).build())
        .hasMessageContaining("add realTime(timeScale), or use scriptedTasks()");
    assertThatThrownBy(endpoint::scriptedTasks).hasMessageContaining("processes");
    assertThatThrownBy(endpoint::clock).hasMessageContaining("wall clock");
  }

  private static ContainerDefinition container(String secret) {
    return ContainerDefinition.builder()
        .name("web")
        .image("registry.example/echo:1")
        .portMappings(p -> p.containerPort(3000))
        .secrets(s -> s.name("GREETING").valueFrom(secret + ":word::"))
        .logConfiguration(
            l ->
                l.logDriver(LogDriver.AWSLOGS)
                    .options(
                        java.util.Map.of(
                            "awslogs-group",
                            "web",
                            "awslogs-region",
                            "eu-central-1",
                            "awslogs-stream-prefix",
                            "web")))
        .build();
  }

  private void balance(String securityGroup) {
    String balancer =
        elb.createLoadBalancer(r -> r.name("lb").subnets(SUBNETS).securityGroups(securityGroup))
            .loadBalancers()
            .get(0)
            .loadBalancerArn();
    targetGroup =
        elb.createTargetGroup(
                r ->
                    r.name("web")
                        .protocol(ProtocolEnum.HTTP)
                        .port(3000)
                        .vpcId(VPC)
                        .targetType(TargetTypeEnum.IP)
                        .healthCheckIntervalSeconds(5)
                        .healthCheckTimeoutSeconds(2)
                        .healthyThresholdCount(2))
            .targetGroups()
            .get(0)
            .targetGroupArn();
    elb.createListener(
        r ->
            r.loadBalancerArn(balancer)
                .protocol(ProtocolEnum.HTTP)
                .port(port)
                .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(targetGroup)));
  }

  private String securityGroup(String name) {
    return ec2.createSecurityGroup(r -> r.groupName(name).description(name).vpcId(VPC)).groupId();
  }

  private void allow(String group, int toPort, String cidr) {
    ec2.authorizeSecurityGroupIngress(
        r ->
            r.groupId(group)
                .ipPermissions(
                    p ->
                        p.ipProtocol("tcp")
                            .fromPort(toPort)
                            .toPort(toPort)
                            .ipRanges(range -> range.cidrIp(cidr))));
  }

  /** The body of a 200; empty for anything else. */
  private Optional<String> get(String path) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
