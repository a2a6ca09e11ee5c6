package dev.fargate.operator.cli.preview;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.operator.apply.Clouds;
import dev.fargate.operator.aws.AwsClouds;
import dev.fargate.operator.aws.clients.ClientSettings;
import dev.fargate.operator.aws.secrets.SecretSources;
import dev.fargate.operator.cli.manifest.Manifests;
import dev.fargate.operator.flow.AppFlow;
import dev.fargate.operator.flow.DatabaseFlow;
import dev.fargate.operator.flow.EnvironmentFlow;
import dev.fargate.operator.flow.Preview;
import dev.fargate.operator.flow.Settings;
import dev.fargate.operator.reconcile.KubernetesSecretSources;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Previews of all objects of the files, environments first. */
public final class Previews {
  /**
   * Apps and databases may refer to each other in either direction, so what one publishes is known
   * to all only in the second round.
   */
  private static final int ROUNDS = 2;

  private final Settings settings;
  private final Manifests files;
  private final Clock clock;

  /**
   * @param settings never asked for leadership: nothing is written
   */
  public Previews(Settings settings, Manifests files, Clock clock) {
    this.settings = settings;
    this.files = files;
    this.clock = clock;
  }

  /** One object with its preview. */
  public record Entry(HasMetadata object, Preview<?> preview) {}

  /**
   * All previews.
   *
   * @param assumed what was taken to exist although nobody gave it
   */
  public record Result(List<Entry> entries, List<String> assumed) {}

  /** Compares with an AWS that has nothing of ours; asks nobody. */
  public Result offline() {
    EmptyAws aws =
        new EmptyAws(
            files.of(FargateApp.class).stream()
                .flatMap(app -> app.getSpec().ingresses.stream())
                .map(ingress -> ingress.listenerPort)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new)));
    return plan(aws, new GivenObjects(files, null, false, clock.instant()));
  }

  /**
   * Compares with AWS as it is.
   *
   * @param client the cluster that the objects are, or will be, in; null: files only
   */
  public Result live(KubernetesClient client, ClientSettings settingsOfAws) {
    SecretSources secrets =
        client == null
            ? (namespace, name) -> Optional.empty()
            : new KubernetesSecretSources(client);
    try (AwsClouds aws = LiveAws.clouds(settings.ownerId(), settingsOfAws, secrets, clock)) {
      return plan(aws, new GivenObjects(files, client, true, clock.instant()));
    }
  }

  private Result plan(Clouds clouds, GivenObjects objects) {
    EnvironmentFlow environments = new EnvironmentFlow(settings, clouds);
    DatabaseFlow databases = new DatabaseFlow(settings, clouds);
    AppFlow apps = new AppFlow(settings, clouds);
    List<Entry> entries = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      entries.clear();
      for (FargateEnvironment object : files.of(FargateEnvironment.class)) {
        entries.add(publish(object, environments.preview(object, clock.instant())));
      }
      for (FargateDatabase object : files.of(FargateDatabase.class)) {
        entries.add(publish(object, databases.preview(object, objects, clock.instant())));
      }
      for (FargateApp object : files.of(FargateApp.class)) {
        entries.add(publish(object, apps.preview(object, objects, clock.instant())));
      }
    }
    return new Result(List.copyOf(entries), List.copyOf(objects.assumed()));
  }

  private static <S> Entry publish(CustomResource<?, S> object, Preview<S> preview) {
    if (preview.status() != null) {
      object.setStatus(preview.status());
    }
    return new Entry(object, preview);
  }
}
