package dev.fargate.operator.reconcile;

import dev.fargate.operator.apply.Clouds;
import dev.fargate.operator.flow.AppFlow;
import dev.fargate.operator.flow.DatabaseFlow;
import dev.fargate.operator.flow.EnvironmentFlow;
import dev.fargate.operator.flow.Settings;
import dev.fargate.operator.stack.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The three controllers in one operator SDK instance, and what wakes them. */
public final class Controllers implements AutoCloseable {
  /** An unexpected exception is tried again without end: silence is worse than noise (R11). */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(2);

  private static final double RETRY_MULTIPLIER = 2;
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

  /** A pass makes a few calls and returns; one that takes longer is cut off at shutdown. */
  private static final Duration TERMINATION = Duration.ofSeconds(10);

  private final Operator operator;
  private final ObjectIndex index;
  private final Wakes wakes;
  private final WatchHealth health = new WatchHealth(System::nanoTime);

  /**
   * Registers the controllers; nothing runs before {@link #start}.
   *
   * @param election null: this is the only process
   */
  public Controllers(
      KubernetesClient client,
      Settings settings,
      Clouds clouds,
      Clock clock,
      LeaderElection election) {
    index = new ObjectIndex(client);
    operator =
        new Operator(
            overrider -> {
              overrider
                  .withKubernetesClient(client)
                  .withCloseClientOnStop(false)
                  .withConcurrentReconciliationThreads(InFlight.THREADS)
                  .withReconciliationTerminationTimeout(TERMINATION);
              if (election != null) {
                election.configure(overrider);
              }
            });
    KindReconciler.Surroundings surroundings =
        new KindReconciler.Surroundings(
            new KubernetesRelated(client, index, clock),
            new KubernetesEvents(client, clock),
            clock,
            new InFlight());
    FargateAppReconciler apps =
        new FargateAppReconciler(new AppFlow(settings, clouds), surroundings);
    FargateDatabaseReconciler databases =
        new FargateDatabaseReconciler(new DatabaseFlow(settings, clouds), surroundings);
    FargateEnvironmentReconciler environments =
        new FargateEnvironmentReconciler(new EnvironmentFlow(settings, clouds), surroundings);
    operator.register(apps, Controllers::common);
    operator.register(databases, Controllers::common);
    operator.register(environments, Controllers::common);
    wakes = new Wakes(index, apps, databases, environments);
  }

  /** Starts the informers, then the controllers (under leader election: once leading). */
  public void start() {
    index.start();
    operator.start();
    wakes.connect(index);
  }

  /** Wakes an owner whose AWS side changed. */
  public void cloudChanged(Owner owner) {
    wakes.cloudChanged(owner);
  }

  /** Null while every informer hears of changes, or may soon again; else which does not. */
  public String problem() {
    List<WatchHealth.Informer> informers = new ArrayList<>(index.informers());
    for (RegisteredController<?> controller : operator.getRegisteredControllers()) {
      String name = "controller " + controller.getConfiguration().getName();
      for (InformerWrappingEventSourceHealthIndicator<?> source :
          controller.getControllerHealthInfo().informerEventSourceHealthIndicators().values()) {
        for (InformerHealthIndicator it : source.informerHealthIndicators().values()) {
          informers.add(new WatchHealth.Informer(name, it.isRunning(), it.isWatching()));
        }
      }
    }
    return health.problem(informers);
  }

  @Override
  public void close() {
    operator.stop();
    index.close();
  }

  private static <R extends HasMetadata> void common(
      ControllerConfigurationOverrider<R> overrider) {
    overrider
        .withRetry(
            new GenericRetry()
                .setInitialInterval(FIRST_RETRY)
                .setIntervalMultiplier(RETRY_MULTIPLIER)
                .setMaxInterval(LONGEST_RETRY.toMillis())
                .withoutMaxAttempts())
        .withOnUpdateFilter(SpecChange::matters);
  }
}
