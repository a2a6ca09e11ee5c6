package dev.fargate.local.aws.tasks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidConfigurationRequestException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.OperationTargetType;
import software.amazon.awssdk.services.servicediscovery.model.RecordType;

/** Everything real: AWS SDK, load balancer, processes, private names. */
@Timeout(900)
class RealServicesTest {
  /** Ends a wait for something that will not come; says nothing about how long it should take. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final double TIME_SCALE = 10;

  /** Between two requests of a client: the two cores are for the processes that answer. */
  private static final long REST_MILLIS = 10;

  private static final String VPC = "vpc-0123456789abcdef0";
  private static final String[] SUBNETS = {"subnet-0aaa0000000000001", "subnet-0aaa0000000000002"};

  private final AwsEndpoint endpoint =
      AwsEndpoint.builder()
          .realTime(TIME_SCALE)
          .processTasks(
              ImageTable.of(web("web:1", "one"), web("web:2", "two")).or(BuiltInImages.table()))
          .build();
  private final Ec2Client ec2 = Clients.inThread(endpoint, Ec2Client.builder());
  private final ElasticLoadBalancingV2Client elb =
      Clients.inThread(endpoint, ElasticLoadBalancingV2Client.builder());
  private final EcsClient ecs = Clients.inThread(endpoint, EcsClient.builder());
  private final ServiceDiscoveryClient cloudMap =
      Clients.inThread(endpoint, ServiceDiscoveryClient.builder());
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int port;
  private String loadBalancer;
  private String targetGroup;
  private String appGroup;

  private static ImageTable.Entry web(String image, String version) {
    return new ImageTable.Entry(
        image,
        List.of(
            ImageTable.java(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            WebProgram.class.getName(),
            version));
  }

  @BeforeEach
  void environment() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String lbGroup = group("lb");
    appGroup = group("app");
    allow(appGroup, 3000, lbGroup);
    loadBalancer =
        elb.createLoadBalancer(r -> r.name("web").subnets(SUBNETS).securityGroups(lbGroup))
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
                        .healthCheckPath("/healthz")
                        .healthCheckIntervalSeconds(5)
                        // A machine that is busy elsewhere for some seconds fails no check.
                        .healthCheckTimeoutSeconds(4)
                        .healthyThresholdCount(2)
                        .unhealthyThresholdCount(5))
            .targetGroups()
            .get(0)
            .targetGroupArn();
    elb.modifyTargetGroupAttributes(
        r ->
            r.targetGroupArn(targetGroup)
                .attributes(a -> a.key("deregistration_delay.timeout_seconds").value("20")));
    listener(port);
    ecs.createCluster(r -> r.clusterName("main"));
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  private void listener(int onPort) {
    elb.createListener(
        r ->
            r.loadBalancerArn(loadBalancer)
                .port(onPort)
                .protocol(ProtocolEnum.HTTP)
                .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(targetGroup)));
  }

  private String group(String name) {
    return ec2.createSecurityGroup(r -> r.groupName(name).description(name).vpcId(VPC)).groupId();
  }

  private void allow(String group, int onPort, String from) {
    ec2.authorizeSecurityGroupIngress(
        r ->
            r.groupId(group)
                .ipPermissions(
                    IpPermission.builder()
                        .ipProtocol("tcp")
                        .fromPort(onPort)
                        .toPort(onPort)
                        .userIdGroupPairs(p -> p.groupId(from))
                        .build()));
  }

  private String definition(String family, ContainerDefinition container) {
    return ecs.registerTaskDefinition(
            r ->
                r.family(family)
                    .networkMode(NetworkMode.AWSVPC)
                    .requiresCompatibilities(Compatibility.FARGATE)
                    .cpu("256")
                    .memory("512")
                    .containerDefinitions(container))
        .taskDefinition()
        .taskDefinitionArn();
  }

  private String web(String image) {
    return definition(
        "web",
        ContainerDefinition.builder()
            .name("web")
            .image(image)
            .portMappings(PortMapping.builder().containerPort(3000).build())
            .build());
  }

  private void createWeb(int count) {
    String definition = web("web:1");
    ecs.createService(
        r ->
            r.cluster("main")
                .serviceName("web")
                .taskDefinition(definition)
                .desiredCount(count)
                .launchType(LaunchType.FARGATE)
                .networkConfiguration(
                    n -> n.awsvpcConfiguration(v -> v.subnets(SUBNETS).securityGroups(appGroup)))
                .loadBalancers(
                    l -> l.targetGroupArn(targetGroup).containerName("web").containerPort(3000)));
    await().atMost(PATIENCE).until(() -> healthyTargets() == count);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                elb.describeLoadBalancers().loadBalancers().get(0).state().code()
                    == LoadBalancerStateEnum.ACTIVE);
  }

  private long healthyTargets() {
    return elb
        .describeTargetHealth(r -> r.targetGroupArn(targetGroup))
        .targetHealthDescriptions()
        .stream()
        .filter(each -> each.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
        .count();
  }

  private String get(String path) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : String.valueOf(answer.statusCode());
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e.toString();
    }
  }

  private Service service(String name) {
    return ecs.describeServices(r -> r.cluster("main").services(name)).services().get(0);
  }

  @Test
  void aRollingUpdateUnderLoadAnswersEveryRequest() throws Exception {
    createWeb(2);
    ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
    AtomicBoolean done = new AtomicBoolean();
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(
          CompletableFuture.runAsync(
              () -> {
                while (!done.get()) {
                  answers.add(get("/"));
                  LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(REST_MILLIS));
                }
              }));
    }
    String next = web("web:2");
    ecs.updateService(r -> r.cluster("main").service("web").taskDefinition(next));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                service("web").deployments().size() == 1
                    && service("web").deployments().get(0).taskDefinition().equals(next)
                    && service("web").runningCount() == 2);
    done.set(true);
    CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new))
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(answers).contains("one", "two").containsOnly("one", "two");
  }

  @Test
  void aCrashedTaskIsReplacedAndTheServiceAnswersAgain() {
    createWeb(2);
    assertThat(get("/crash")).isEqualTo("502");
    await().atMost(PATIENCE).until(() -> service("web").runningCount() == 1);
    await()
        .atMost(PATIENCE)
        .until(() -> service("web").runningCount() == 2 && healthyTargets() == 2);
    for (int i = 0; i < 20; i++) {
      assertThat(get("/")).isEqualTo("one");
    }
  }

  @Test
  void aDatabaseIsFoundByItsPrivateName() {
    createWeb(1);
    assertThat(get("/db")).contains("UnknownHostException");
    String operation =
        cloudMap.createPrivateDnsNamespace(r -> r.name("test.local").vpc(VPC)).operationId();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                cloudMap
                    .getOperation(r -> r.operationId(operation))
                    .operation()
                    .statusAsString()
                    .equals("SUCCESS"));
    String namespace =
        cloudMap
            .getOperation(r -> r.operationId(operation))
            .operation()
            .targets()
            .get(OperationTargetType.NAMESPACE);
    String registry =
        cloudMap
            .createService(
                r ->
                    r.name("db")
                        .namespaceId(namespace)
                        .dnsConfig(d -> d.dnsRecords(x -> x.type(RecordType.A).ttl(10L)))
                        .healthCheckCustomConfig(h -> h.failureThreshold(1)))
            .service()
            .arn();
    String definition =
        definition(
            "db",
            ContainerDefinition.builder()
                .name("db")
                .image("mongo:8.0")
                .command("mongod", "--auth", "--bind_ip_all")
                .environment(
                    KeyValuePair.builder().name("MONGO_INITDB_ROOT_USERNAME").value("u").build(),
                    KeyValuePair.builder().name("MONGO_INITDB_ROOT_PASSWORD").value("p").build())
                .portMappings(PortMapping.builder().containerPort(27_017).build())
                .healthCheck(
                    h ->
                        h.command(
                                "CMD-SHELL",
                                "mongosh --quiet --eval \"db.adminCommand('ping').ok\" || exit 1")
                            .interval(5))
                .build());
    ecs.createService(
        r ->
            r.cluster("main")
                .serviceName("db")
                .taskDefinition(definition)
                .desiredCount(1)
                .launchType(LaunchType.FARGATE)
                .networkConfiguration(
                    n -> n.awsvpcConfiguration(v -> v.subnets(SUBNETS).securityGroups(appGroup)))
                .serviceRegistries(s -> s.registryArn(registry)));
    await().atMost(PATIENCE).until(() -> get("/db").startsWith("reached 127.7."));
  }

  @Test
  void aListenerPortThatIsTakenIsRefusedWithTheReason() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> listener(other.getLocalPort()))
          .isInstanceOf(InvalidConfigurationRequestException.class)
          .hasMessageContaining("cannot listen on port " + other.getLocalPort());
    }
  }
}
