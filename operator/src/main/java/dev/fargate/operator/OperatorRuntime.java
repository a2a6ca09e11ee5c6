package dev.fargate.operator;

import dev.fargate.operator.aws.AwsClouds;
import dev.fargate.operator.aws.PollerThreads;
import dev.fargate.operator.aws.clients.ClientSettings;
import dev.fargate.operator.flow.Settings;
import dev.fargate.operator.ops.AwsCallMetrics;
import dev.fargate.operator.ops.HealthServer;
import dev.fargate.operator.reconcile.ClusterSecrets;
import dev.fargate.operator.reconcile.Controllers;
import dev.fargate.operator.reconcile.KubernetesSecretSources;
import dev.fargate.operator.reconcile.LeaderElection;
import dev.fargate.operator.reconcile.Leadership;
import dev.fargate.operator.reconcile.WatchClient;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole operator in one object: AWS side, controllers, leadership, health and metrics. */
public final class OperatorRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorRuntime.class);
  private final KubernetesClient client;
  private final AwsClouds clouds;
  private final Controllers controllers;
  private final HealthServer health;
  private final Runnable whenLeaseLost;
  private volatile boolean started;
  private volatile boolean closing;

  /**
   * How to run.
   *
   * @param client of the API server; the runtime makes one of its own with the same settings
   * @param ownerId {@code [a-z0-9-]{1,20}}; in every ownership tag
   * @param endpointOverridesAllowed whether environments may name AWS endpoints
   * @param leaseNamespace where the Lease for leader election lives; null = no election
   * @param healthPort 0 for any free one
   */
  public record Config(
      KubernetesClient client,
      String ownerId,
      boolean endpointOverridesAllowed,
      String leaseNamespace,
      String healthAddress,
      int healthPort) {}

  private OperatorRuntime(Config config, Runnable whenLeaseLost) {
    this.whenLeaseLost = whenLeaseLost == null ? this::close : whenLeaseLost;
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    AwsCallMetrics calls = new AwsCallMetrics(registry);
    Leadership leadership =
        config.leaseNamespace() == null
            ? null
            : new Leadership(System::nanoTime, Clock.systemUTC());
    LeaderElection election =
        leadership == null
            ? null
            : new LeaderElection(config.leaseNamespace(), leadership, this::leadingEnded);
    client = WatchClient.of(config.client().getConfiguration(), election);
    BooleanSupplier held = leadership == null ? () -> true : leadership;
    Settings settings = new Settings(config.ownerId(), held, new ClusterSecrets(client));
    clouds =
        new AwsClouds(
            config.ownerId(),
            ClientSettings.production(
                config.endpointOverridesAllowed(),
                (service, operation, took, error) ->
                    calls.called(service, operation, error == null ? "none" : error, took)),
            new KubernetesSecretSources(client),
            Clock.systemUTC(),
            new PollerThreads(Clock.systemUTC()));
    controllers = new Controllers(client, settings, clouds, Clock.systemUTC(), election);
    clouds.onChange(controllers::cloudChanged);
    health =
        new HealthServer(
            config.healthAddress(),
            config.healthPort(),
            () -> started ? controllers.problem() : null,
            () -> ready(leadership),
            registry::scrape);
  }

  /**
   * Starts everything; returns when the controllers run, or wait for the Lease. It closes itself
   * when the Lease is lost.
   */
  public static OperatorRuntime start(Config config) {
    return start(config, null);
  }

  /**
   * Likewise.
   *
   * @param whenLeaseLost called in a thread of its own instead of closing; a process ends itself
   */
  public static OperatorRuntime start(Config config, Runnable whenLeaseLost) {
    OperatorRuntime runtime = new OperatorRuntime(config, whenLeaseLost);
    try {
      runtime.controllers.start();
    } catch (RuntimeException e) {
      runtime.close();
      throw e;
    }
    runtime.started = true;
    LOG.info(
        "fargate-operator runs as owner {}, health on port {}",
        config.ownerId(),
        runtime.health.port());
    return runtime;
  }

  public int healthPort() {
    return health.port();
  }

  private String ready(Leadership leadership) {
    if (!started) {
      return "starting";
    }
    return leadership == null ? null : leadership.problem();
  }

  /** Not when we gave the Lease up by closing. What no longer leads must not go on writing. */
  private void leadingEnded() {
    if (!closing) {
      LOG.error("the Lease was lost: this instance ends, the next one begins as a standby");
      new Thread(whenLeaseLost, "lease-lost").start();
    }
  }

  @Override
  public void close() {
    closing = true;
    controllers.close();
    clouds.close();
    health.close();
    client.close();
  }
}
