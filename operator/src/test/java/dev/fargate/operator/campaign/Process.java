package dev.fargate.operator.campaign;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.operator.aws.AwsClouds;
import dev.fargate.operator.aws.Poller;
import dev.fargate.operator.aws.Unsigned;
import dev.fargate.operator.aws.clients.CallListener;
import dev.fargate.operator.aws.clients.ClientSettings;
import dev.fargate.operator.flow.Settings;
import dev.fargate.operator.reconcile.KnownObjects;
import dev.fargate.operator.reconcile.KubernetesSecretSources;
import dev.fargate.operator.reconcile.Leadership;
import dev.fargate.operator.reconcile.Shell;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * One process of the operator: all that it remembers. Driven by its world, one thing at a time;
 * once dead, nothing of it reaches AWS or Kubernetes any more.
 */
final class Process implements KnownObjects, AutoCloseable {
  static final String OWNER_ID = "acme";

  /** A change takes a moment to arrive. */
  private static final Duration WAKE = Duration.ofMillis(100);

  /** As in Controllers: 2 s, doubled up to a minute, without end. */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(2);

  private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

  private final CampaignWorld world;
  private final Leadership leadership;
  private final KubernetesClient client;
  private final AwsClouds clouds;
  private final Shell shell;
  private final Map<String, Feed> feeds = new TreeMap<>();
  private final Map<String, Map<String, CustomResource<?, ?>>> own = new TreeMap<>();
  private final Map<Id, Instant> due = new LinkedHashMap<>();
  private final Map<Id, Duration> retries = new HashMap<>();
  private final Map<Poller, Instant> polls = new LinkedHashMap<>();

  /** Dead processes do nothing; a dying one is dead at its next call. */
  boolean dead;

  boolean dying;

  private record Id(String kind, String key) {}

  /** An informer of one kind: what it holds and how far it has heard. */
  static final class Feed {
    final String kind;
    final Map<String, CustomResource<?, ?>> store = new TreeMap<>();
    int position;

    /** Nothing arrives before; null: all arrives as usual. */
    Instant blockedUntil;

    /** Its watch has been lost: what it missed arrives as one list. */
    boolean relist;

    /** The event at the position has been announced to the disturbance already. */
    int announced = -1;

    private Feed(String kind) {
      this.kind = kind;
    }
  }

  /**
   * Starts it now.
   *
   * @param missing how many of the last changes its first lists do not show yet
   */
  Process(CampaignWorld world, int missing) {
    this.world = world;
    this.leadership = new Leadership(() -> nanos(world.now()), world.clock());
    this.client = InThreadHttp.client(request -> world.kubernetes(this, request));
    ClientSettings settings =
        new ClientSettings(
            () -> new ProcessHttp(world, this),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDOPERATOR", "none")),
            true,
            CallListener.none(),
            Unsigned::retryingAtOnce);
    this.clouds =
        new AwsClouds(
            OWNER_ID, settings, new KubernetesSecretSources(client), world.clock(), new ByHand());
    this.shell =
        new Shell(
            client,
            new Settings(OWNER_ID, this::leads),
            clouds,
            world.clock(),
            this,
            (kind, id) -> wake(kind, key(id)),
            this::heard);
    clouds.onChange(shell::cloudChanged);
    for (String kind : Cluster.KINDS.keySet()) {
      Feed feed = new Feed(kind);
      feeds.put(kind, feed);
      own.put(kind, new TreeMap<>());
      int seen = Math.max(0, world.cluster.history().size() - missing);
      world.cluster.history().subList(0, seen).forEach(change -> take(feed, change));
      feed.position = seen;
      if (missing > 0) {
        feed.blockedUntil = world.now().plus(Duration.ofSeconds(10));
      }
      feed.store.keySet().forEach(key -> wake(kind, key));
    }
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  /**
   * A process that holds the Lease has renewed it within two seconds; else the last time counts.
   */
  private boolean leads() {
    if (world.leader == this && !world.disturbance.isKubernetesAway()) {
      Shell.renew(leadership);
    }
    return leadership.getAsBoolean();
  }

  /** When it has something to do; null: never. */
  Instant nextDue() {
    Stream<Instant> events = feeds.values().stream().map(this::arrival).filter(Objects::nonNull);
    return Stream.concat(events, Stream.concat(polls.values().stream(), due.values().stream()))
        .min(Instant::compareTo)
        .orElse(null);
  }

  /** Does one thing that is due. */
  void step() {
    Instant now = world.now();
    for (Feed feed : feeds.values()) {
      Instant arrival = arrival(feed);
      if (arrival != null && !arrival.isAfter(now)) {
        deliver(feed);
        return;
      }
    }
    for (Map.Entry<Poller, Instant> poll : Map.copyOf(polls).entrySet()) {
      if (!poll.getValue().isAfter(now)) {
        polls.put(poll.getKey(), poll.getKey().pollOnce(now));
        return;
      }
    }
    due.entrySet().stream()
        .filter(entry -> !entry.getValue().isAfter(now))
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .ifPresent(this::look);
  }

  private Instant arrival(Feed feed) {
    if (world.disturbance.isKubernetesAway()) {
      return null;
    }
    List<Change> history = world.cluster.history();
    int next = feed.position;
    while (next < history.size() && !history.get(next).kind().equals(feed.kind)) {
      next++;
    }
    feed.position = next;
    if (next == history.size()) {
      return null;
    }
    Instant usual = history.get(next).at().plus(WAKE);
    return feed.blockedUntil != null && feed.blockedUntil.isAfter(usual)
        ? feed.blockedUntil
        : usual;
  }

  private void deliver(Feed feed) {
    List<Change> history = world.cluster.history();
    if (feed.announced != feed.position) {
      feed.announced = feed.position;
      if (world.disturbance.event(feed)) {
        return;
      }
    }
    if (feed.relist) {
      feed.relist = false;
      Map<String, CustomResource<?, ?>> before = new TreeMap<>(feed.store);
      history.subList(feed.position, history.size()).stream()
          .filter(change -> change.kind().equals(feed.kind))
          .forEach(change -> take(feed, change));
      feed.position = history.size();
      Stream.concat(before.keySet().stream(), feed.store.keySet().stream())
          .distinct()
          .toList()
          .forEach(key -> changed(feed, key, before.get(key), feed.store.get(key)));
      return;
    }
    Change change = history.get(feed.position++);
    CustomResource<?, ?> before = feed.store.get(change.key());
    take(feed, change);
    changed(feed, change.key(), before, feed.store.get(change.key()));
  }

  private void changed(
      Feed feed, String key, CustomResource<?, ?> before, CustomResource<?, ?> after) {
    if (before == after) {
      return;
    }
    if (after == null) {
      own.get(feed.kind).remove(key);
      due.remove(new Id(feed.kind, key));
      retries.remove(new Id(feed.kind, key));
    }
    if (shell.changed(before, after)) {
      wake(feed.kind, key);
    }
  }

  private static void take(Feed feed, Change change) {
    if (change.deleted()) {
      feed.store.remove(change.key());
    } else if (change.kind().equals(feed.kind)) {
      feed.store.put(change.key(), change.object());
    }
  }

  private void look(Id id) {
    CustomResource<?, ?> object = newest(id);
    due.remove(id);
    if (object == null) {
      return;
    }
    try {
      Duration next = shell.look(object);
      retries.remove(id);
      if (next != null) {
        due.merge(id, world.now().plus(next), (one, other) -> one.isBefore(other) ? one : other);
      }
    } catch (Exception failed) {
      world.unexpected(id.toString(), failed);
      Duration wait = retries.getOrDefault(id, FIRST_RETRY);
      Duration longer = wait.multipliedBy(2);
      retries.put(id, longer.compareTo(LONGEST_RETRY) < 0 ? longer : LONGEST_RETRY);
      due.merge(id, world.now().plus(wait), (one, other) -> one.isBefore(other) ? one : other);
    }
  }

  /**
   * As the operator SDK's cache: what an own write was answered counts until the watch is newer.
   */
  private CustomResource<?, ?> newest(Id id) {
    CustomResource<?, ?> watched = feeds.get(id.kind()).store.get(id.key());
    CustomResource<?, ?> answered = own.get(id.kind()).get(id.key());
    return watched != null && answered != null && Change.version(answered) > Change.version(watched)
        ? answered
        : watched;
  }

  private void heard(HasMetadata answer) {
    CustomResource<?, ?> object = (CustomResource<?, ?>) answer;
    own.get(object.getKind()).put(Change.key(object), object);
  }

  private void wake(String kind, String key) {
    due.merge(
        new Id(kind, key),
        world.now().plus(WAKE),
        (one, other) -> one.isBefore(other) ? one : other);
  }

  private static String key(ResourceID id) {
    return id.getNamespace().map(namespace -> namespace + "/").orElse("") + id.getName();
  }

  @Override
  public FargateEnvironment environment(String name) {
    return (FargateEnvironment) feeds.get("FargateEnvironment").store.get(name);
  }

  @Override
  public FargateApp app(String namespace, String name) {
    return (FargateApp) feeds.get("FargateApp").store.get(namespace + "/" + name);
  }

  @Override
  public FargateDatabase database(String namespace, String name) {
    return (FargateDatabase) feeds.get("FargateDatabase").store.get(namespace + "/" + name);
  }

  @Override
  public List<FargateApp> appsIn(String environment) {
    return feeds.get("FargateApp").store.values().stream()
        .map(FargateApp.class::cast)
        .filter(app -> KnownObjects.environmentOf(app).equals(environment))
        .toList();
  }

  @Override
  public List<FargateDatabase> databasesIn(String environment) {
    return feeds.get("FargateDatabase").store.values().stream()
        .map(FargateDatabase.class::cast)
        .filter(database -> KnownObjects.environmentOf(database).equals(environment))
        .toList();
  }

  @Override
  public void close() {
    dead = true;
    clouds.close();
    client.close();
  }

  private final class ByHand implements AwsClouds.Pace {
    @Override
    public Runnable drive(String environment, Poller poller) {
      polls.put(poller, world.now());
      return () -> polls.remove(poller);
    }

    @Override
    public void pause(Duration time) {
      world.aws.clock().advance(time);
    }

    @Override
    public RandomGenerator random() {
      return new Random(1);
    }
  }
}
