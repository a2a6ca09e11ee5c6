package dev.fargate.operator.reconcile;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.operator.flow.Related;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Our kinds from the index; Secrets and ConfigMaps by {@code get} of exactly the named object, so
 * that the operator needs no right to list or watch them (decision 13).
 */
public final class KubernetesRelated implements Related {
  /**
   * Every app's pass asks for the namespaces of all that share its load balancers; a label that is
   * changed counts within a minute, as a changed Secret does.
   */
  static final Duration LABELS_KEPT = Duration.ofSeconds(60);

  private final KubernetesClient client;
  private final KnownObjects index;
  private final Clock clock;
  private final Map<String, Labels> labels = new ConcurrentHashMap<>();

  private record Labels(Map<String, String> values, Instant readAt) {}

  public KubernetesRelated(KubernetesClient client, KnownObjects index, Clock clock) {
    this.client = client;
    this.index = index;
    this.clock = clock;
  }

  @Override
  public Optional<FargateEnvironment> environment(String name) {
    return Optional.ofNullable(index.environment(name));
  }

  @Override
  public Optional<FargateDatabase> database(String namespace, String name) {
    return Optional.ofNullable(index.database(namespace, name));
  }

  @Override
  public Optional<FargateApp> app(String namespace, String name) {
    return Optional.ofNullable(index.app(namespace, name));
  }

  @Override
  public List<FargateApp> appsIn(String environment) {
    return index.appsIn(environment);
  }

  @Override
  public List<FargateDatabase> databasesIn(String environment) {
    return index.databasesIn(environment);
  }

  @Override
  public Optional<String> configMapValue(String namespace, String name, String key) {
    ConfigMap map =
        read(
            () -> client.configMaps().inNamespace(namespace).withName(name).get(),
            "ConfigMap " + namespace + "/" + name,
            "get configmaps in namespace " + namespace);
    return Optional.ofNullable(map).map(ConfigMap::getData).map(data -> data.get(key));
  }

  @Override
  public boolean secretHasKey(String namespace, String name, String key) {
    Secret secret =
        read(
            () -> client.secrets().inNamespace(namespace).withName(name).get(),
            "Secret " + namespace + "/" + name,
            "get secrets in namespace " + namespace);
    return secret != null && secret.getData() != null && secret.getData().containsKey(key);
  }

  @Override
  public Map<String, String> namespaceLabels(String namespace) {
    Instant now = clock.instant();
    Labels known = labels.get(namespace);
    if (known == null || !now.isBefore(known.readAt().plus(LABELS_KEPT))) {
      Namespace found =
          read(
              () -> client.namespaces().withName(namespace).get(),
              "Namespace " + namespace,
              "get namespaces");
      known =
          new Labels(
              found == null || found.getMetadata().getLabels() == null
                  ? Map.of()
                  : found.getMetadata().getLabels(),
              now);
      labels.put(namespace, known);
    }
    return known.values();
  }

  @Override
  public boolean isNewest(HasMetadata object) {
    HasMetadata now = client.resource(object).get();
    return now != null && wish(now.getMetadata()).equals(wish(object.getMetadata()));
  }

  /** What people and tools say by it; the status is the operator's own. */
  private static List<Object> wish(ObjectMeta object) {
    return Arrays.asList(
        object.getUid(),
        object.getGeneration(),
        object.getDeletionTimestamp(),
        Objects.requireNonNullElse(object.getAnnotations(), Map.of()),
        Objects.requireNonNullElse(object.getLabels(), Map.of()));
  }

  /** Null when there is none; what fails for a moment is thrown on, and tried again. */
  private static <T> T read(Supplier<T> call, String what, String right) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        throw new Refused(what, right);
      }
      throw e;
    }
  }
}
