package dev.fargate.operator.campaign;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/** The objects a workload works with, and what a person does to them. */
final class Stage {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(45);

  final CampaignWorld world;
  final FargateEnvironment environment =
      sample("phoenix/environment.yaml", FargateEnvironment.class);
  final FargateDatabase database = sample("phoenix/database.yaml", FargateDatabase.class);
  final FargateApp app = sample("phoenix/app.yaml", FargateApp.class);

  /** An environment without a private domain, and one plain app behind its load balancer. */
  Stage(CampaignWorld world) {
    this.world = world;
    environment.getSpec().privateDns = null;
    app.getMetadata().setName("web");
    app.getSpec().image = "web:1";
    app.getSpec().env.clear();
    app.getSpec().autoscaling = null;
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
    }
  }

  /** Changes the app and applies it. */
  void edit(Consumer<FargateApp> change) {
    change.accept(app);
    apply(app);
  }

  void delete(CustomResource<?, ?> object) {
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
