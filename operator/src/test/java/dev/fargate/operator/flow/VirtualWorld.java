package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.call.Call;
import dev.fargate.operator.aws.AwsClouds;
import dev.fargate.operator.aws.Poller;
import dev.fargate.operator.aws.Unsigned;
import dev.fargate.operator.aws.clients.CallListener;
import dev.fargate.operator.aws.clients.ClientSettings;
import dev.fargate.operator.aws.secrets.SecretSources;
import dev.fargate.operator.aws.secrets.SecretText;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Conditions;
import dev.fargate.operator.status.SameStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The operator's line against the local AWS endpoint in virtual time: one thread, no socket, no
 * sleep. Objects live in maps; each is looked at when its last pass asked for it, and when another
 * object's status changed.
 */
public final class VirtualWorld implements Related, AutoCloseable {
  public static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  public static final String OWNER_ID = "acme";

  /** Of the jitter of sweeps; another one by {@code -Dvirtual.seed}. */
  private static final long SEED = Long.getLong("virtual.seed", 4711);

  /** A wake takes a moment to arrive, as a watch event does. */
  private static final Duration WAKE = Duration.ofMillis(100);

  public final AwsEndpoint aws = AwsEndpoint.builder().virtualTime(START).build();
  public final List<Pass.Note> events = new ArrayList<>();
  public final Map<String, Map<String, String>> secrets = new HashMap<>();
  public final Map<String, Map<String, String>> configMaps = new HashMap<>();

  /** Secrets, ConfigMaps and namespaces that Kubernetes does not let the operator read, by name. */
  public final Set<String> unreadable = new HashSet<>();

  public final HeldSecrets kubernetes = new HeldSecrets();
  public int statusWrites;
  public boolean leading = true;

  /** Sees every object that was written: applied, given a status, or marked for deletion. */
  private Consumer<CustomResource<?, ?>> watcher = object -> {};

  private final Map<String, CustomResource<?, ?>> objects = new LinkedHashMap<>();
  private final Map<String, Instant> due = new HashMap<>();
  private final Map<Poller, Instant> polls = new LinkedHashMap<>();
  private final RandomGenerator jitter = new Random(SEED);
  private AwsClouds clouds;
  private AppFlow apps;
  private DatabaseFlow databases;
  private EnvironmentFlow environments;

  public VirtualWorld() {
    restartOperator();
  }

  /** A new process: nothing remembered but what Kubernetes and AWS hold. */
  public void restartOperator() {
    if (clouds != null) {
      clouds.close();
    }
    polls.clear();
    clouds = new AwsClouds(OWNER_ID, awsSettings(), this::secret, clock(), new ByHand());
    clouds.onChange(owner -> wakeIfThere(keyOf(owner.kind(), owner.name())));
    BooleanSupplier held = () -> leading;
    Settings flow = new Settings(OWNER_ID, held, kubernetes);
    apps = new AppFlow(flow, clouds);
    databases = new DatabaseFlow(flow, clouds);
    environments = new EnvironmentFlow(flow, clouds);
    objects.keySet().forEach(this::wake);
  }

  /** How to speak to this AWS: without a socket, in the caller's thread. */
  public ClientSettings awsSettings() {
    return new ClientSettings(
        aws::httpClient,
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDOPERATOR", "none")),
        false,
        CallListener.none(),
        Unsigned::retryingAtOnce);
  }

  public Instant now() {
    return aws.clock().now();
  }

  /** {@code kubectl apply}: creates, or replaces the spec and counts the generation up. */
  public void apply(CustomResource<?, ?>... all) {
    for (CustomResource<?, ?> object : all) {
      String key = key(object);
      CustomResource<?, ?> known = objects.get(key);
      CustomResource<?, ?> stored = copy(object);
      if (known == null) {
        stored.getMetadata().setUid(UUID.nameUUIDFromBytes(key.getBytes()).toString());
        stored.getMetadata().setCreationTimestamp(now().toString());
        stored.getMetadata().setGeneration(1L);
      } else {
        stored.getMetadata().setUid(known.getMetadata().getUid());
        stored.getMetadata().setCreationTimestamp(known.getMetadata().getCreationTimestamp());
        stored.getMetadata().setGeneration(known.getMetadata().getGeneration() + 1);
        setStatus(stored, known.getStatus());
      }
      objects.put(key, stored);
      watcher.accept(copy(stored));
      objects.keySet().forEach(this::wake);
    }
  }

  /**
   * Takes an object over as an API server has it, with its uid, generation and deletion mark. Only
   * another spec, annotation or mark wakes, as with the operator's watch; the status is the
   * operator's own.
   */
  public void take(CustomResource<?, ?> stored) {
    String key = key(stored);
    CustomResource<?, ?> known = objects.put(key, copy(stored));
    if (known == null || !sameRequest(known.getMetadata(), stored.getMetadata())) {
      objects.keySet().forEach(this::wake);
    }
  }

  private static boolean sameRequest(ObjectMeta one, ObjectMeta other) {
    return Objects.equals(one.getGeneration(), other.getGeneration())
        && Objects.equals(one.getAnnotations(), other.getAnnotations())
        && Objects.equals(one.getDeletionTimestamp(), other.getDeletionTimestamp());
  }

  /** Calls back with a copy of every object that is written from now on. */
  public void watch(Consumer<CustomResource<?, ?>> watcher) {
    this.watcher = watcher;
  }

  /** What an environment would do, as {@code plan --live} shows it; null before AWS was read. */
  public Plan plan(FargateEnvironment environment) {
    Plan plan = environments.preview((FargateEnvironment) copy(environment), now()).plan();
    poll();
    return plan;
  }

  /** Makes the directories that tasks have mounted, as a real mount does: they can be backed up. */
  public void mountForReal() {
    aws.scriptedTasks().running().stream()
        .flatMap(task -> task.containers().stream())
        .flatMap(container -> container.mounts().stream())
        .forEach(mount -> mount.folder().get());
  }

  /** {@code kubectl annotate --overwrite}: no new generation. */
  public void annotate(String kind, String name, String annotation, String value) {
    HasMetadata object = objects.get(keyOf(kind, name));
    Map<String, String> annotations = new LinkedHashMap<>();
    if (object.getMetadata().getAnnotations() != null) {
      annotations.putAll(object.getMetadata().getAnnotations());
    }
    annotations.put(annotation, value);
    object.getMetadata().setAnnotations(annotations);
    wake(keyOf(kind, name));
  }

  /** {@code kubectl delete}: sets the mark; the object goes when its finalizer is released. */
  public void delete(String kind, String name) {
    String key = keyOf(kind, name);
    objects.get(key).getMetadata().setDeletionTimestamp(now().toString());
    watcher.accept(copy(objects.get(key)));
    objects.keySet().forEach(this::wake);
  }

  /** The object is gone at once, as when somebody takes its finalizer off by hand. */
  public void lose(String kind, String name) {
    objects.remove(keyOf(kind, name));
    due.remove(keyOf(kind, name));
    objects.keySet().forEach(this::wake);
  }

  public boolean exists(String kind, String name) {
    return objects.containsKey(keyOf(kind, name));
  }

  public FargateApp app(String name) {
    return (FargateApp) objects.get(keyOf("FargateApp", name));
  }

  public FargateDatabase database(String name) {
    return (FargateDatabase) objects.get(keyOf("FargateDatabase", name));
  }

  public FargateEnvironment environmentObject(String name) {
    return (FargateEnvironment) objects.get(keyOf("FargateEnvironment", name));
  }

  /** Lets virtual time pass; passes happen when they are due. */
  public void run(Duration time) {
    Instant end = now().plus(time);
    while (step(end)) {
      continue;
    }
    aws.clock().advance(Duration.between(now(), end));
  }

  /** Runs until the condition holds. @throws AssertionError with all conditions when time is up */
  public void runUntil(String what, Duration atMost, BooleanSupplier condition) {
    Instant end = now().plus(atMost);
    while (!condition.getAsBoolean()) {
      if (!step(end)) {
        throw new AssertionError(what + " did not happen within " + atMost + "\n" + describe());
      }
    }
  }

  public boolean ready(String kind, String name) {
    return condition(kind, name, ConditionType.READY)
        .map(c -> "True".equals(c.getStatus()))
        .orElse(false);
  }

  public Optional<Condition> condition(String kind, String name, ConditionType type) {
    CustomResource<?, ?> object = objects.get(keyOf(kind, name));
    return object == null ? Optional.empty() : Conditions.find(conditions(object), type);
  }

  /** Every write to AWS since the last {@link #forgetCalls}. */
  public List<String> awsWrites() {
    return aws.calls().writes().stream().map(Call::name).toList();
  }

  public void forgetCalls() {
    aws.calls().clear();
    statusWrites = 0;
  }

  /** All objects with their conditions, for a failing test. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    objects.forEach(
        (key, object) -> {
          text.append(key).append('\n');
          conditions(object)
              .forEach(
                  c ->
                      text.append("  ")
                          .append(c.getType())
                          .append('=')
                          .append(c.getStatus())
                          .append(' ')
                          .append(c.getReason())
                          .append(": ")
                          .append(c.getMessage())
                          .append('\n'));
        });
    return text.toString();
  }

  private boolean step(Instant end) {
    String next =
        due.entrySet().stream()
            .filter(entry -> objects.containsKey(entry.getKey()))
            .min(
                Map.Entry.<String, Instant>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .orElse(null);
    if (next == null || due.get(next).isAfter(end)) {
      return false;
    }
    if (due.get(next).isAfter(now())) {
      aws.clock().advance(Duration.between(now(), due.get(next)));
    }
    poll();
    look(next);
    return true;
  }

  private void look(String key) {
    CustomResource<?, ?> object = copy(objects.get(key));
    boolean deleting = object.getMetadata().getDeletionTimestamp() != null;
    Pass<?> pass;
    if (object instanceof FargateApp app) {
      pass = deleting ? apps.delete(app, this, now()) : apps.run(app, this, now());
    } else if (object instanceof FargateDatabase database) {
      pass =
          deleting ? databases.delete(database, this, now()) : databases.run(database, this, now());
    } else {
      FargateEnvironment environment = (FargateEnvironment) object;
      pass =
          deleting
              ? environments.delete(environment, this, now())
              : environments.run(environment, this, now());
    }
    events.addAll(pass.notes());
    due.put(key, now().plus(pass.nextLook()));
    if (deleting && pass.finished()) {
      objects.remove(key);
      due.remove(key);
      objects.keySet().forEach(this::wake);
    } else if (pass.status() != null
        && (object.getStatus() == null || !SameStatus.same(object.getStatus(), pass.status()))) {
      statusWrites++;
      setStatus(objects.get(key), pass.status());
      watcher.accept(copy(objects.get(key)));
      objects.keySet().stream().filter(other -> !other.equals(key)).forEach(this::wake);
    }
  }

  /** Does every poll that is due, in this thread. */
  private void poll() {
    for (Map.Entry<Poller, Instant> poll : Map.copyOf(polls).entrySet()) {
      if (!poll.getValue().isAfter(now()) && polls.containsKey(poll.getKey())) {
        polls.put(poll.getKey(), poll.getKey().pollOnce(now()));
      }
    }
  }

  /** Virtual time for the pollers: they are driven by {@link #poll}. */
  private final class ByHand implements AwsClouds.Pace {
    @Override
    public Runnable drive(String environment, Poller poller) {
      polls.put(poller, now());
      return () -> polls.remove(poller);
    }

    @Override
    public void pause(Duration time) {
      aws.clock().advance(time);
    }

    /** The same in every run: what fails once fails again. */
    @Override
    public RandomGenerator random() {
      return jitter;
    }
  }

  private void wakeIfThere(String key) {
    if (objects.containsKey(key)) {
      wake(key);
    }
  }

  private void wake(String key) {
    Instant soon = now().plus(WAKE);
    due.merge(key, soon, (one, other) -> one.isBefore(other) ? one : other);
  }

  @SuppressWarnings("unchecked")
  private static <S> void setStatus(CustomResource<?, ?> object, S status) {
    ((CustomResource<?, S>) object).setStatus(status);
  }

  private static List<Condition> conditions(CustomResource<?, ?> object) {
    if (object instanceof FargateApp app) {
      return app.getStatus() == null ? List.of() : app.getStatus().conditions;
    }
    if (object instanceof FargateDatabase database) {
      return database.getStatus() == null ? List.of() : database.getStatus().conditions;
    }
    FargateEnvironment environment = (FargateEnvironment) object;
    return environment.getStatus() == null ? List.of() : environment.getStatus().conditions;
  }

  private static String key(HasMetadata object) {
    return keyOf(object.getKind(), object.getMetadata().getName());
  }

  private static String keyOf(String kind, String name) {
    return kind + "/" + name;
  }

  private static CustomResource<?, ?> copy(CustomResource<?, ?> object) {
    return Serialization.clone(object);
  }

  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now();
      }
    };
  }

  private Optional<SecretSources.Source> secret(String namespace, String name) {
    Map<String, String> data = secrets.get(name);
    if (data == null) {
      return Optional.empty();
    }
    Map<String, SecretText> values = new HashMap<>();
    data.forEach((key, value) -> values.put(key, SecretText.of(value)));
    return Optional.of(new SecretSources.Source(String.valueOf(data.hashCode()), values));
  }

  @Override
  public Optional<FargateEnvironment> environment(String name) {
    return Optional.ofNullable(environmentObject(name));
  }

  @Override
  public Optional<FargateDatabase> database(String namespace, String name) {
    return Optional.ofNullable(database(name));
  }

  @Override
  public Optional<FargateApp> app(String namespace, String name) {
    return Optional.ofNullable(app(name));
  }

  @Override
  public List<FargateApp> appsIn(String environment) {
    return objects.values().stream()
        .filter(FargateApp.class::isInstance)
        .map(FargateApp.class::cast)
        .filter(app -> environment.equals(app.getSpec().environment))
        .toList();
  }

  @Override
  public List<FargateDatabase> databasesIn(String environment) {
    return objects.values().stream()
        .filter(FargateDatabase.class::isInstance)
        .map(FargateDatabase.class::cast)
        .filter(database -> environment.equals(database.getSpec().environment))
        .toList();
  }

  @Override
  public Optional<String> configMapValue(String namespace, String name, String key) {
    refuse("ConfigMap", name, "configmaps");
    return Optional.ofNullable(configMaps.getOrDefault(name, Map.of()).get(key));
  }

  @Override
  public boolean secretHasKey(String namespace, String name, String key) {
    refuse("Secret", name, "secrets");
    return secrets.getOrDefault(name, Map.of()).containsKey(key);
  }

  /** Passes are given the objects themselves, not a cache of them. */
  @Override
  public boolean isNewest(HasMetadata object) {
    return true;
  }

  @Override
  public Map<String, String> namespaceLabels(String namespace) {
    refuse("Namespace", namespace, "namespaces");
    return Map.of();
  }

  private void refuse(String kind, String name, String resource) {
    if (unreadable.contains(name)) {
      throw new Refused(kind + " " + name, "get " + resource);
    }
  }

  @Override
  public void close() {
    clouds.close();
    aws.close();
  }
}
