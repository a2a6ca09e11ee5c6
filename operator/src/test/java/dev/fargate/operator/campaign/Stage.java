package dev.fargate.operator.campaign;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.PlanStatus;
import dev.fargate.api.v1alpha1.WorkloadStatus;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.KeyReference;
import dev.fargate.api.v1alpha1.app.ValueFrom;
import dev.fargate.api.v1alpha1.environment.DnsNamespace;
import dev.fargate.operator.stack.build.Annotations;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The objects a workload works with, and what a person does to them. */
final class Stage {
  static final Path SAMPLES = Path.of("..", "samples");
  private static final Pattern KIND = Pattern.compile("(?m)^kind: (\\S+)$");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(45);

  final CampaignWorld world;
  final FargateEnvironment environment =
      sample("phoenix/environment.yaml", FargateEnvironment.class);
  final DnsNamespace domain = environment.getSpec().privateDns;
  final FargateApp app = web("web");

  /** Another app that asks for the same host and path. */
  final FargateApp second = web("second");

  /** With a file system of its own, and backed up. */
  final FargateDatabase database = sample("phoenix/database.yaml", FargateDatabase.class);

  /** A public zone of the account, which an environment may be given. */
  static final String ZONE = "Z00000000EXAMPLECOM";

  private final Map<String, CustomResource<?, ?>> applied = new LinkedHashMap<>();

  /** An environment without a private domain, and one plain app behind its load balancer. */
  Stage(CampaignWorld world) {
    this.world = world;
    world.stage = this;
    environment.getSpec().privateDns = null;
  }

  private static FargateApp web(String name) {
    FargateApp app = sample("phoenix/app.yaml", FargateApp.class);
    app.getMetadata().setName(name);
    app.getSpec().image = "web:1";
    app.getSpec().env.clear();
    app.getSpec().autoscaling = null;
    app.getSpec().alarms.clear();
    return app;
  }

  private static <R extends CustomResource<?, ?>> R sample(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLES.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void apply(CustomResource<?, ?>... objects) {
    for (CustomResource<?, ?> object : objects) {
      world.cluster.apply(object, "kubectl");
      applied.put(object.getKind() + "/" + object.getMetadata().getName(), object);
    }
  }

  /** Every object of a folder, as {@code kubectl apply -f} takes them. */
  void applyAll(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(f -> f.toString().endsWith(".yaml")).sorted().forEach(this::applyFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every object of a file. */
  void applyFile(Path file) {
    try {
      for (String document : Files.readString(file).split("(?m)^---.*$")) {
        Matcher kind = KIND.matcher(document);
        if (kind.find() && Cluster.KINDS.containsKey(kind.group(1))) {
          apply(Serialization.unmarshal(document, Cluster.KINDS.get(kind.group(1))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes what runs in the environment. */
  void deleteWorkloads() {
    List.copyOf(applied.values()).stream()
        .filter(object -> !(object instanceof FargateEnvironment))
        .forEach(this::delete);
  }

  /** What a GitOps tool does in each of its rounds, for what is in Git now. */
  void sync() {
    applied.values().forEach(object -> world.cluster.apply(object, "kustomize-controller"));
  }

  /** An environment variable of the app that comes from the Secret {@code keys}. */
  void secretVariable() {
    EnvVar variable = new EnvVar();
    variable.name = "API_KEY";
    variable.valueFrom = new ValueFrom();
    variable.valueFrom.secretKeyRef = new KeyReference();
    variable.valueFrom.secretKeyRef.name = "keys";
    variable.valueFrom.secretKeyRef.key = "api";
    app.getSpec().env.add(variable);
  }

  /** {@code kubectl annotate --overwrite}. */
  void annotate(CustomResource<?, ?> object, String annotation, String value) {
    world.cluster.merge(
        object.getKind(),
        object.getMetadata().getName(),
        "{\"metadata\":{\"annotations\":{\"" + annotation + "\":\"" + value + "\"}}}");
  }

  /**
   * Where somebody took away what starting tasks needed, ECS may have given the rollout up. It is
   * not tried again until the spec changes or a restart is asked for (ADR 8): here one is.
   *
   * @return whether there was anything to ask for
   */
  boolean restartWhatEcsGaveUp() {
    List<CustomResource<?, ?>> givenUp =
        world.cluster.objects().stream()
            .filter(
                object ->
                    Truth.conditions(object).stream()
                        .filter(condition -> condition.getType().equals("Stalled"))
                        .anyMatch(
                            condition -> condition.getReason().matches("RolledBack|RolloutFailed")))
            .<CustomResource<?, ?>>map(object -> object)
            .toList();
    givenUp.forEach(object -> annotate(object, Annotations.RESTARTED_AT, world.now().toString()));
    return !givenUp.isEmpty();
  }

  /** The hash of the plan that the object shows, once it does for what it is now. */
  String plan(CustomResource<?, ?> object) {
    if (!world.runUntil(LONG_ENOUGH, () -> shownPlan(object) != null)) {
      throw new AssertionError("no plan\n" + describe());
    }
    return shownPlan(object).hash;
  }

  private PlanStatus shownPlan(CustomResource<?, ?> object) {
    CustomResource<?, ?> shown =
        world.cluster.object(object.getKind(), object.getMetadata().getName());
    WorkloadStatus status =
        shown instanceof FargateApp app ? app.getStatus() : ((FargateDatabase) shown).getStatus();
    Long generation = shown.getMetadata().getGeneration();
    return status != null && generation.equals(status.observedGeneration) ? status.plan : null;
  }

  /** Approves a plan without applying anything else. */
  void approve(CustomResource<?, ?> object, String plan) {
    world.cluster.merge(
        object.getKind(),
        object.getMetadata().getName(),
        "{\"spec\":{\"approvedPlan\":\"" + plan + "\"}}");
  }

  /** Somebody takes the finalizer off by hand. */
  void lose(CustomResource<?, ?> object) {
    world.cluster.merge(
        object.getKind(), object.getMetadata().getName(), "{\"metadata\":{\"finalizers\":null}}");
    delete(object);
  }

  /** What somebody does in AWS. */
  void asPerson(Runnable change) {
    world.asPerson(
        () -> {
          change.run();
          return null;
        });
  }

  /** Changes the app and applies it. */
  void edit(Consumer<FargateApp> change) {
    change.accept(app);
    apply(app);
  }

  void delete(CustomResource<?, ?> object) {
    applied.remove(object.getKind() + "/" + object.getMetadata().getName());
    world.cluster.delete(object.getKind(), object.getMetadata().getName());
  }

  boolean gone(CustomResource<?, ?> object) {
    return world.cluster.object(object.getKind(), object.getMetadata().getName()) == null;
  }

  /** Lets everything come to rest, and a moment more. */
  void settle() {
    if (!world.runUntil(LONG_ENOUGH, this::settled)) {
      throw new AssertionError("did not settle before the workload began\n" + describe());
    }
    world.run(Duration.ofSeconds(10));
  }

  /** As {@link #settle}, and all objects are as they are wanted: one that was refused waits. */
  void settleReady() {
    if (!world.runUntil(
        LONG_ENOUGH, () -> settled() && world.cluster.objects().stream().allMatch(this::ready))) {
      throw new AssertionError("is not ready\n" + describe());
    }
    world.run(Duration.ofSeconds(10));
  }

  /** Lets time pass until the object is as it is wanted. */
  void untilReady(CustomResource<?, ?> object) {
    if (!world.runUntil(LONG_ENOUGH, () -> settled() && ready(object))) {
      throw new AssertionError("is not ready\n" + describe());
    }
  }

  private boolean ready(CustomResource<?, ?> object) {
    return Truth.conditions(world.cluster.object(object.getKind(), object.getMetadata().getName()))
        .stream()
        .anyMatch(it -> it.getType().equals("Ready") && it.getStatus().equals("True"));
  }

  /** Whether every object has been looked at as it is now, and nothing goes on. */
  boolean settled() {
    return world.cluster.objects().stream().allMatch(Stage::settled);
  }

  private static boolean settled(CustomResource<?, ?> object) {
    if (object.getMetadata().getDeletionTimestamp() != null) {
      return false;
    }
    boolean looked = false;
    for (Condition condition : Truth.conditions(object)) {
      boolean current =
          Objects.equals(condition.getObservedGeneration(), object.getMetadata().getGeneration());
      boolean is = condition.getStatus().equals("True");
      if (is && condition.getType().equals("Reconciling")) {
        return false;
      }
      looked |= is && current && condition.getType().matches("Ready|Stalled");
    }
    return looked;
  }

  /** All objects with their conditions. */
  String describe() {
    StringBuilder text = new StringBuilder();
    for (CustomResource<?, ?> object : world.cluster.objects()) {
      text.append(object.getKind())
          .append(' ')
          .append(object.getMetadata().getName())
          .append(" generation ")
          .append(object.getMetadata().getGeneration())
          .append(object.getMetadata().getDeletionTimestamp() == null ? "" : ", being deleted")
          .append('\n');
      for (Condition condition : Truth.conditions(object)) {
        text.append("    ")
            .append(condition.getType())
            .append('=')
            .append(condition.getStatus())
            .append(' ')
            .append(condition.getReason())
            .append(" (")
            .append(condition.getObservedGeneration())
            .append("): ")
            .append(condition.getMessage())
            .append('\n');
      }
    }
    return text.toString();
  }
}
