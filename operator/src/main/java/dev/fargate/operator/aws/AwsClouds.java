package dev.fargate.operator.aws;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.DnsNamespace;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentSpec;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Clouds;
import dev.fargate.operator.aws.clients.AwsClients;
import dev.fargate.operator.aws.clients.ClientSettings;
import dev.fargate.operator.aws.clients.Connection;
import dev.fargate.operator.aws.clients.RequestBuckets;
import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.aws.secrets.SecretSources;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.build.EnvironmentStack;
import dev.fargate.operator.stack.build.PublishedZones;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The cloud of every environment, each with its own clients, snapshot and poller, so that a failing
 * one harms no other (decision 18). Only the request buckets are shared, per account and region.
 */
public final class AwsClouds implements Clouds, AutoCloseable {
  private final String ownerId;
  private final ClientSettings settings;
  private final SecretSources secretSources;
  private final Clock clock;
  private final Pace pace;
  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, RequestBuckets> buckets = new ConcurrentHashMap<>();
  private final List<Consumer<Owner>> listeners = new CopyOnWriteArrayList<>();

  /** How time passes for the pollers. */
  public interface Pace {
    /**
     * Drives a poller from now on.
     *
     * @return stops it
     */
    Runnable drive(String environment, Poller poller);

    /** Lets time pass within a poll. */
    void pause(Duration time);

    /** For the jitter of the polls. */
    default RandomGenerator random() {
      return RandomGenerator.getDefault();
    }
  }

  /** One environment as it is now. */
  private static final class Place {
    private final Connection connection;
    private final AwsCloud cloud;
    private final Runnable stop;
    private volatile Scope scope;

    Place(Connection connection, Scope scope, Maker maker) {
      this.connection = connection;
      this.scope = scope;
      Made made = maker.make(() -> this.scope);
      this.cloud = made.cloud();
      this.stop = made.stop();
    }

    void close() {
      stop.run();
      cloud.close();
    }
  }

  private record Made(AwsCloud cloud, Runnable stop) {}

  private interface Maker {
    Made make(Supplier<Scope> scope);
  }

  /**
   * @param secretSources Kubernetes Secrets by name
   * @param pace threads in production, a test's own hand elsewhere
   */
  public AwsClouds(
      String ownerId,
      ClientSettings settings,
      SecretSources secretSources,
      Clock clock,
      Pace pace) {
    this.ownerId = ownerId;
    this.settings = settings;
    this.secretSources = secretSources;
    this.clock = clock;
    this.pace = pace;
  }

  /** Tells the listener each owner whose AWS side has changed; in a poller's thread. */
  public void onChange(Consumer<Owner> listener) {
    listeners.add(listener);
  }

  @Override
  public Optional<String> refusal(FargateEnvironment environment) {
    Map<String, String> endpoints = environment.getSpec().endpointOverrides;
    if (!endpoints.isEmpty() && !settings.endpointOverridesAllowed()) {
      return Optional.of(AwsClients.NO_OTHER_ENDPOINTS);
    }
    return endpoints.entrySet().stream().flatMap(it -> wrong(it).stream()).findFirst();
  }

  private static Optional<String> wrong(Map.Entry<String, String> endpoint) {
    String service = endpoint.getKey();
    String field = "spec.endpointOverrides[" + service + "]: ";
    if (!service.equals(AwsClients.EVERY_OTHER) && !AwsClients.SERVICES.contains(service)) {
      return Optional.of(
          field
              + "no service that the operator calls; write default, or one of "
              + String.join(", ", AwsClients.SERVICES));
    }
    return isUrl(endpoint.getValue())
        ? Optional.empty()
        : Optional.of(
            field + endpoint.getValue() + " is no URL; write for example https://ecs.example.com");
  }

  private static boolean isUrl(String text) {
    try {
      return new URI(text).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  @Override
  public synchronized Cloud of(FargateEnvironment environment) {
    String name = environment.getMetadata().getName();
    Connection connection = connection(environment.getSpec());
    Scope scope = scope(environment);
    Place place = places.get(name);
    if (place != null && !place.connection.equals(connection)) {
      place.close();
      places.remove(name);
      place = null;
    }
    if (place == null) {
      place = new Place(connection, scope, current -> make(name, connection, current));
      places.put(name, place);
    }
    place.scope = scope;
    return place.cloud;
  }

  private Made make(String name, Connection connection, Supplier<Scope> scope) {
    RequestBuckets shared =
        buckets.computeIfAbsent(
            account(connection) + " " + connection.region(),
            key -> new RequestBuckets(clock, pace::pause));
    AwsCloud cloud =
        new AwsCloud(
            new AwsClients(connection, settings, shared, clock), scope, secretSources, clock);
    Poller poller =
        new Poller(
            cloud,
            scope.get().environment(),
            owner -> listeners.forEach(listener -> listener.accept(owner)),
            pace.random());
    return new Made(cloud, pace.drive(name, poller));
  }

  /** The account of the role, which is part of its ARN; without a role, the operator's own. */
  private static String account(Connection connection) {
    return connection.roleArn() == null ? "own" : connection.roleArn().split(":")[4];
  }

  private static Connection connection(FargateEnvironmentSpec spec) {
    Map<String, URI> endpoints = new HashMap<>();
    spec.endpointOverrides.forEach((service, url) -> endpoints.put(service, URI.create(url)));
    return new Connection(
        spec.region,
        spec.assumeRole == null ? null : spec.assumeRole.arn,
        spec.assumeRole == null ? null : spec.assumeRole.externalId,
        endpoints);
  }

  private Scope scope(FargateEnvironment environment) {
    FargateEnvironmentSpec spec = environment.getSpec();
    Set<String> existing = new TreeSet<>();
    spec.loadBalancers.stream()
        .filter(balancer -> balancer.existing != null)
        .forEach(balancer -> existing.add(balancer.existing.arn));
    DnsNamespace dns = spec.privateDns;
    return new Scope(
        new Owner(ownerId, "FargateEnvironment", "", environment.getMetadata().getName()),
        spec.region,
        EnvironmentStack.clusterName(environment),
        dns == null ? null : dns.domain,
        existing,
        PublishedZones.of(environment).stream()
            .map(zone -> zone.hostedZoneId)
            .collect(Collectors.toSet()));
  }

  @Override
  public synchronized void forget(String environmentName) {
    Place place = places.remove(environmentName);
    if (place != null) {
      place.close();
    }
  }

  @Override
  public synchronized void close() {
    places.values().forEach(Place::close);
    places.clear();
  }
}
