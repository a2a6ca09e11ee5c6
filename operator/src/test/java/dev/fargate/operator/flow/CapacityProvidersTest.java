package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Capacity;
import dev.fargate.api.v1alpha1.CapacityType;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** On-demand and Spot: what apps ask for and what the cluster has. In virtual time. */
class CapacityProvidersTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

  private final VirtualWorld world = new VirtualWorld();
  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
  private final FargateApp app = read("app.yaml", FargateApp.class);
  private final EcsClient ecs =
      EcsClient.builder()
          .httpClient(world.aws.httpClient())
          .region(Region.EU_CENTRAL_1)
          .endpointOverride(URI.create("http://localhost"))
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDSOMEBODY", "none")))
          .build();

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void withoutScaling() {
    app.getSpec().autoscaling = null;
    app.getSpec().replicas = 4;
  }

  @AfterEach
  void close() {
    ecs.close();
    world.close();
  }

  private static Capacity of(String type, Integer weight, Integer base) {
    Capacity capacity = new Capacity();
    capacity.type = type;
    capacity.weight = weight;
    capacity.base = base;
    return capacity;
  }

  private void capacity(Capacity... capacity) {
    app.getSpec().capacity = new ArrayList<>(Arrays.asList(capacity));
  }

  private void start() {
    world.apply(environment, read("database.yaml", FargateDatabase.class), app);
    settle();
  }

  private void settle() {
    world.run(Duration.ofSeconds(30));
    world.runUntil(
        "Phoenix is ready",
        LONG_ENOUGH,
        () -> world.ready("FargateApp", "phoenix") && world.ready("FargateDatabase", "phoenix-db"));
    world.run(Duration.ofMinutes(2));
  }

  private Service service(String name) {
    String arn =
        ecs.listServices(request -> request.cluster("phoenix")).serviceArns().stream()
            .filter(each -> each.contains(name) && (name.contains("db") || !each.contains("db")))
            .findFirst()
            .orElseThrow();
    return ecs.describeServices(request -> request.cluster("phoenix").services(arn))
        .services()
        .get(0);
  }

  /** As {@code provider weight base}. */
  private List<String> strategy() {
    return service("phoenix").capacityProviderStrategy().stream()
        .map(item -> item.capacityProvider() + " " + item.weight() + " " + item.base())
        .toList();
  }

  private List<Task> tasks() {
    String name = service("phoenix").serviceName();
    List<String> arns =
        ecs.listTasks(request -> request.cluster("phoenix").serviceName(name)).taskArns();
    return ecs.describeTasks(request -> request.cluster("phoenix").tasks(arns)).tasks();
  }

  private Map<String, Long> tasksByProvider() {
    return tasks().stream()
        .collect(
            Collectors.groupingBy(
                task -> String.valueOf(task.capacityProviderName()), Collectors.counting()));
  }

  private String message(String kind, String name, ConditionType type) {
    return world.condition(kind, name, type).map(Condition::getMessage).orElse("");
  }

  @Test
  void tasksAreSharedBetweenOnDemandAndSpotAsAsked() {
    capacity(of(CapacityType.ON_DEMAND, null, 1), of(CapacityType.SPOT, 2, null));
    start();
    assertThat(strategy()).containsExactlyInAnyOrder("FARGATE 1 1", "FARGATE_SPOT 2 0");
    assertThat(service("phoenix").launchType()).isNull();
    assertThat(tasksByProvider()).isEqualTo(Map.of("FARGATE", 2L, "FARGATE_SPOT", 2L));

    world.forgetCalls();
    world.run(Duration.ofMinutes(15));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.statusWrites).isZero();
    world.restartOperator();
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void aChangeOfCapacityIsOneDeploymentFromLaunchTypeToSpotAndBack() {
    start();
    assertThat(service("phoenix").launchTypeAsString()).isEqualTo("FARGATE");
    world.forgetCalls();

    capacity(of(CapacityType.SPOT, null, null));
    world.apply(app);
    settle();
    assertThat(tasksByProvider()).isEqualTo(Map.of("FARGATE_SPOT", 4L));
    assertThat(world.awsWrites()).containsExactly("ecs:UpdateService");

    world.forgetCalls();
    capacity(of(CapacityType.SPOT, 3, null), of(CapacityType.ON_DEMAND, 1, null));
    world.apply(app);
    settle();
    assertThat(tasksByProvider()).isEqualTo(Map.of("FARGATE_SPOT", 3L, "FARGATE", 1L));
    assertThat(world.awsWrites()).containsExactly("ecs:UpdateService");

    world.forgetCalls();
    capacity();
    world.apply(app);
    settle();
    assertThat(service("phoenix").launchTypeAsString()).isEqualTo("FARGATE");
    assertThat(service("phoenix").capacityProviderStrategy()).isEmpty();
    assertThat(world.awsWrites()).containsExactly("ecs:UpdateService");
  }

  @Test
  void theOrderOfTheListChangesNothing() {
    capacity(of(CapacityType.ON_DEMAND, 1, null), of(CapacityType.SPOT, 2, null));
    start();
    world.forgetCalls();
    capacity(of(CapacityType.SPOT, 2, 0), of(CapacityType.ON_DEMAND, null, null));
    world.apply(app);
    settle();
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void whatAPersonChangesIsBroughtBack() {
    capacity(of(CapacityType.ON_DEMAND, null, null));
    start();
    ecs.updateService(
        request ->
            request
                .cluster("phoenix")
                .service(service("phoenix").serviceName())
                .forceNewDeployment(true)
                .capacityProviderStrategy(
                    CapacityProviderStrategyItem.builder()
                        .capacityProvider("FARGATE_SPOT")
                        .weight(1)
                        .build()));
    world.run(Duration.ofMinutes(3));
    settle();
    assertThat(strategy()).containsExactly("FARGATE 1 0");
  }

  @Test
  void theEnvironmentsDefaultIsForAppsAndNeverForDatabases() {
    environment.getSpec().defaults.capacity.add(of(CapacityType.SPOT, null, null));
    start();
    assertThat(strategy()).containsExactly("FARGATE_SPOT 1 0");
    assertThat(service("phoenix-db").launchTypeAsString()).isEqualTo("FARGATE");
    assertThat(service("phoenix-db").capacityProviderStrategy()).isEmpty();

    capacity(of(CapacityType.ON_DEMAND, null, null));
    world.apply(app);
    settle();
    assertThat(strategy()).containsExactly("FARGATE 1 0");
  }

  @Test
  void aTaskThatSpotTakesAwayIsReplaced() {
    capacity(of(CapacityType.SPOT, null, null));
    start();
    world.forgetCalls();
    world.aws.interruptSpot(tasks().get(0).taskArn());
    world.run(Duration.ofMinutes(5));
    assertThat(tasksByProvider()).isEqualTo(Map.of("FARGATE_SPOT", 4L));
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void aClusterWithoutSpotSaysSoAndTheAppServesOn() {
    environment.getSpec().cluster.capacityProviders.add("FARGATE");
    start();
    capacity(of(CapacityType.SPOT, null, null));
    world.apply(app);
    world.run(Duration.ofMinutes(3));
    assertThat(message("FargateApp", "phoenix", ConditionType.STALLED))
        .contains("'FARGATE_SPOT' is not associated with the cluster");
    assertThat(world.app("phoenix").getStatus().running).isEqualTo("4/4");

    environment.getSpec().cluster.capacityProviders.add("FARGATE_SPOT");
    world.apply(environment);
    settle();
    assertThat(tasksByProvider()).isEqualTo(Map.of("FARGATE_SPOT", 4L));
  }

  @Test
  void aProviderInUseStaysWithTheClusterUntilTheAppHasLeftIt() {
    capacity(of(CapacityType.SPOT, null, null));
    start();
    environment.getSpec().cluster.capacityProviders.add("FARGATE");
    world.apply(environment);
    world.run(Duration.ofMinutes(3));
    assertThat(message("FargateEnvironment", "phoenix", ConditionType.RECONCILING))
        .contains("update Cluster/cluster");
    assertThat(clusterProviders()).containsExactlyInAnyOrder("FARGATE", "FARGATE_SPOT");
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();

    capacity();
    world.apply(app);
    settle();
    world.run(Duration.ofMinutes(5));
    assertThat(clusterProviders()).containsExactly("FARGATE");
    assertThat(world.ready("FargateEnvironment", "phoenix")).isTrue();
  }

  private List<String> clusterProviders() {
    return ecs.describeClusters(request -> request.clusters("phoenix"))
        .clusters()
        .get(0)
        .capacityProviders();
  }
}
