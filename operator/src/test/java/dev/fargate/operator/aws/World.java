package dev.fargate.operator.aws;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.operator.aws.clients.CallListener;
import dev.fargate.operator.aws.clients.ClientSettings;
import dev.fargate.operator.aws.secrets.SecretSources;
import dev.fargate.operator.aws.secrets.SecretText;
import dev.fargate.operator.flow.AppFlow;
import dev.fargate.operator.flow.DatabaseFlow;
import dev.fargate.operator.flow.EnvironmentFlow;
import dev.fargate.operator.flow.Related;
import dev.fargate.operator.flow.Settings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/**
 * The whole line from objects to the local AWS endpoint in one thread and virtual time: no
 * Kubernetes, no socket, nothing waits.
 */
final class World implements Related, AutoCloseable {
  static final String OWNER_ID = "acceptance";
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final AwsCredentialsProvider ANYBODY =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("operator", "any"));

  final AwsEndpoint aws = AwsEndpoint.builder().build();
  final Map<String, FargateEnvironment> environments = new LinkedHashMap<>();
  final Map<String, FargateDatabase> databases = new LinkedHashMap<>();
  final Map<String, FargateApp> apps = new LinkedHashMap<>();
  final Map<String, SecretSources.Source> kubernetesSecrets = new TreeMap<>();
  boolean leads = true;

  private AwsClouds clouds;
  private final List<Poller> pollers = new ArrayList<>();
  private EnvironmentFlow environmentFlow;
  private DatabaseFlow databaseFlow;
  private AppFlow appFlow;
  private int secretVersion;

  /** Where the operator's calls go, and who hears of them. */
  private final ClientSettings settings;

  private final URI endpoint;

  /** When each object is looked at again; as the operator SDK does with a pass's next look. */
  private final Map<String, Instant> due = new TreeMap<>();

  private String published = "";

  World() {
    endpoint = URI.create("http://localhost");
    settings =
        new ClientSettings(aws::httpClient, ANYBODY, true, CallListener.none(), Unsigned::once);
    restart();
  }

  /**
   * With another AWS than the local endpoint, which only lends its clock.
   *
   * @param calls hears of every call there
   */
  World(URI other, CallListener calls) {
    endpoint = other;
    settings =
        new ClientSettings(
            ApacheHttpClient::create,
            ANYBODY,
            true,
            calls,
            configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()));
    restart();
  }

  /** A new operator process: nothing is remembered but what AWS and the objects hold. */
  void restart() {
    if (clouds != null) {
      clouds.close();
    }
    pollers.clear();
    clouds =
        new AwsClouds(
            OWNER_ID,
            settings,
            (namespace, name) -> Optional.ofNullable(kubernetesSecrets.get(namespace + "/" + name)),
            clock(),
            new AwsClouds.Pace() {
              @Override
              public Runnable drive(String environment, Poller poller) {
                pollers.add(poller);
                return () -> pollers.remove(poller);
              }

              @Override
              public RandomGenerator random() {
                return new Random(1);
              }

              @Override
              public void pause(Duration time) {
                aws.clock().advance(time);
              }
            });
    BooleanSupplier leadership = () -> leads;
    due.clear();
    clouds.onChange(owner -> due.remove(owner.reference()));
    Settings flow = new Settings(OWNER_ID, leadership);
    environmentFlow = new EnvironmentFlow(flow, clouds);
    databaseFlow = new DatabaseFlow(flow, clouds);
    appFlow = new AppFlow(flow, clouds);
  }

  /** The three objects of samples/phoenix, as a user applies them. */
  void applyPhoenix() {
    FargateEnvironment environment = sample("phoenix/environment.yaml", FargateEnvironment.class);
    environment.getSpec().endpointOverrides.put("default", endpoint.toString());
    put(environment);
    put(sample("phoenix/database.yaml", FargateDatabase.class));
    put(sample("phoenix/app.yaml", FargateApp.class));
  }

  static <T> T sample(String path, Class<T> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLES.resolve(path)), type);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void put(FargateEnvironment environment) {
    environment.getMetadata().setCreationTimestamp(now().toString());
    environments.put(environment.getMetadata().getName(), environment);
  }

  void put(FargateDatabase database) {
    database.getMetadata().setCreationTimestamp(now().toString());
    databases.put(
        key(database.getMetadata().getNamespace(), database.getMetadata().getName()), database);
  }

  void put(FargateApp app) {
    app.getMetadata().setCreationTimestamp(now().toString());
    app.getMetadata().setGeneration(1L);
    apps.put(key(app.getMetadata().getNamespace(), app.getMetadata().getName()), app);
  }

  FargateApp app(String name) {
    return apps.get(key("default", name));
  }

  /** A Kubernetes Secret in namespace default. */
  void putSecret(String name, Map<String, String> values) {
    Map<String, SecretText> texts = new TreeMap<>();
    values.forEach((key, value) -> texts.put(key, SecretText.of(value)));
    kubernetesSecrets.put(
        key("default", name), new SecretSources.Source(String.valueOf(++secretVersion), texts));
  }

  void delete(String kind) {
    Collection<? extends HasMetadata> objects =
        switch (kind) {
          case "FargateApp" -> apps.values();
          case "FargateDatabase" -> databases.values();
          default -> environments.values();
        };
    objects.forEach(object -> object.getMetadata().setDeletionTimestamp(now().toString()));
  }

  /** Whatever polls are due, and one pass over every object that is due or was woken. */
  void pass() {
    poll();
    environments.values().forEach(environment -> run(environment, false));
    poll();
    wakeUsers();
    List.copyOf(databases.values()).forEach(this::run);
    wakeUsers();
    List.copyOf(apps.values()).forEach(this::run);
    List.copyOf(environments.values()).forEach(environment -> run(environment, true));
  }

  private void run(FargateEnvironment environment, boolean deleting) {
    if (deleting != (environment.getMetadata().getDeletionTimestamp() != null)
        || !isDue(environment)) {
      return;
    }
    var pass =
        deleting
            ? environmentFlow.delete(environment, this, now())
            : environmentFlow.run(environment, this, now());
    if (pass.status() != null) {
      environment.setStatus(pass.status());
    }
    if (pass.finished()) {
      environments.values().remove(environment);
    }
    looked(environment, pass.nextLook());
  }

  private void run(FargateDatabase database) {
    if (!isDue(database)) {
      return;
    }
    var pass =
        database.getMetadata().getDeletionTimestamp() != null
            ? databaseFlow.delete(database, this, now())
            : databaseFlow.run(database, this, now());
    if (pass.status() != null) {
      database.setStatus(pass.status());
    }
    if (pass.finished()) {
      databases.values().remove(database);
    }
    looked(database, pass.nextLook());
  }

  private void run(FargateApp app) {
    if (!isDue(app)) {
      return;
    }
    var pass =
        app.getMetadata().getDeletionTimestamp() != null
            ? appFlow.delete(app, this, now())
            : appFlow.run(app, this, now());
    if (pass.status() != null) {
      app.setStatus(pass.status());
    }
    if (pass.finished()) {
      apps.values().remove(app);
    }
    looked(app, pass.nextLook());
  }

  private boolean isDue(HasMetadata object) {
    Instant when = due.get(reference(object));
    return when == null || !when.isAfter(now());
  }

  private void looked(HasMetadata object, Duration nextLook) {
    due.put(reference(object), now().plus(nextLook));
  }

  private static String reference(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return object.getKind()
        + "/"
        + (namespace == null ? "" : namespace + "/")
        + object.getMetadata().getName();
  }

  /** What one object publishes wakes those that use it; going away wakes them too. */
  private void wakeUsers() {
    StringBuilder now = new StringBuilder();
    environments.values().stream()
        .filter(e -> e.getStatus() != null)
        .forEach(
            e -> {
              now.append(e.getStatus().clusterArn).append(e.getStatus().namespaceId);
              e.getStatus()
                  .loadBalancers
                  .forEach(lb -> now.append(lb.arn).append(lb.listeners.size()));
            });
    databases.values().stream()
        .filter(d -> d.getStatus() != null)
        .forEach(d -> now.append(d.getStatus().secretArn).append(d.getStatus().securityGroupId));
    now.append(apps.size()).append(databases.size());
    if (!published.contentEquals(now)) {
      published = now.toString();
      due.clear();
    }
  }

  /** Lets the pollers do what is due. */
  void poll() {
    List.copyOf(pollers).forEach(poller -> poller.pollOnce(now()));
  }

  /** Passes and polls, five seconds apart, until it holds. */
  void until(String what, BooleanSupplier holds, Duration within) {
    Instant deadline = now().plus(within);
    due.clear();
    while (!holds.getAsBoolean()) {
      if (now().isAfter(deadline)) {
        throw new AssertionError(what + " not within " + within + "\n" + describe());
      }
      pass();
      aws.clock().advance(STEP);
    }
  }

  /** Passes for a while; what a test has changed in the objects is seen at once. */
  void goOn(Duration time) {
    due.clear();
    Instant end = now().plus(time);
    while (now().isBefore(end)) {
      pass();
      aws.clock().advance(STEP);
    }
  }

  void untilAllReady() {
    until(
        "everything Ready",
        () ->
            environments.values().stream()
                    .allMatch(
                        e -> isReady(e.getStatus() == null ? List.of() : e.getStatus().conditions))
                && databases.values().stream()
                    .allMatch(
                        d -> isReady(d.getStatus() == null ? List.of() : d.getStatus().conditions))
                && apps.values().stream()
                    .allMatch(
                        a -> isReady(a.getStatus() == null ? List.of() : a.getStatus().conditions)),
        Duration.ofMinutes(15));
  }

  static boolean isReady(List<io.fabric8.kubernetes.api.model.Condition> conditions) {
    return conditions.stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  String describe() {
    StringBuilder text = new StringBuilder();
    environments.values().forEach(e -> text.append(Serialization.asYaml(e.getStatus())));
    databases.values().forEach(d -> text.append(Serialization.asYaml(d.getStatus())));
    apps.values().forEach(a -> text.append(Serialization.asYaml(a.getStatus())));
    aws.calls().matching(call -> call.error().isPresent()).stream()
        .map(call -> call.time() + " " + call.name() + " " + call.error().get())
        .distinct()
        .skip(Math.max(0, aws.calls().matching(c -> c.error().isPresent()).size() - 20))
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** What the operator last failed to read, per environment. */
  List<String> lastErrors() {
    return environments.values().stream()
        .flatMap(environment -> clouds.of(environment).lastError().stream())
        .toList();
  }

  Instant now() {
    return aws.clock().now();
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  @Override
  public Optional<FargateEnvironment> environment(String name) {
    return Optional.ofNullable(environments.get(name));
  }

  @Override
  public Optional<FargateDatabase> database(String namespace, String name) {
    return Optional.ofNullable(databases.get(key(namespace, name)));
  }

  @Override
  public Optional<FargateApp> app(String namespace, String name) {
    return Optional.ofNullable(apps.get(key(namespace, name)));
  }

  @Override
  public List<FargateApp> appsIn(String environment) {
    return apps.values().stream()
        .filter(app -> environment.equals(app.getSpec().environment))
        .toList();
  }

  @Override
  public List<FargateDatabase> databasesIn(String environment) {
    return databases.values().stream()
        .filter(database -> environment.equals(database.getSpec().environment))
        .toList();
  }

  @Override
  public Optional<String> configMapValue(String namespace, String name, String key) {
    return Optional.empty();
  }

  @Override
  public boolean secretHasKey(String namespace, String name, String key) {
    SecretSources.Source source = kubernetesSecrets.get(key(namespace, name));
    return source != null && source.values().containsKey(key);
  }

  /** Passes are given the objects themselves, not a cache of them. */
  @Override
  public boolean isNewest(HasMetadata object) {
    return true;
  }

  @Override
  public Map<String, String> namespaceLabels(String namespace) {
    return Map.of();
  }

  @Override
  public void close() {
    clouds.close();
    aws.close();
  }
}
