package dev.fargate.operator.cli.preview;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.operator.cli.manifest.Manifests;
import dev.fargate.operator.flow.Related;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The objects of the files, laid over those of the cluster if there is one. Without a cluster, what
 * the files refer to and do not hold is taken to exist, and noted.
 */
final class GivenObjects implements Related {
  private final Manifests files;
  private final KubernetesClient client;
  private final Map<String, FargateEnvironment> environments;
  private final Map<String, FargateDatabase> databases;
  private final Map<String, FargateApp> apps;
  private final Set<String> assumed = new TreeSet<>();

  /** Whether an environment or a database may be unknown; AWS cannot be read without. */
  private final boolean objectsMayBeUnknown;

  /**
   * @param client null: no cluster
   * @param live whether AWS is read
   */
  GivenObjects(Manifests files, KubernetesClient client, boolean live, Instant now) {
    this.files = files;
    this.client = client;
    this.objectsMayBeUnknown = client == null && !live;
    ClusterObjects cluster = client == null ? ClusterObjects.none() : ClusterObjects.read(client);
    environments = overlaid(cluster.environments(), files.of(FargateEnvironment.class), now);
    databases = overlaid(cluster.databases(), files.of(FargateDatabase.class), now);
    apps = overlaid(cluster.apps(), files.of(FargateApp.class), now);
  }

  /** A preview writes nothing. */
  @Override
  public boolean isNewest(HasMetadata object) {
    return true;
  }

  /** The files' objects with the identity and the status that they have in the cluster. */
  private static <S, R extends CustomResource<?, S>> Map<String, R> overlaid(
      List<R> cluster, List<R> files, Instant now) {
    Map<String, R> all = new LinkedHashMap<>();
    cluster.forEach(object -> all.put(key(object), object));
    for (R object : files) {
      R known = all.put(key(object), object);
      if (known == null) {
        object.getMetadata().setCreationTimestamp(now.toString());
        object.getMetadata().setGeneration(1L);
      } else {
        object.getMetadata().setCreationTimestamp(known.getMetadata().getCreationTimestamp());
        object.getMetadata().setGeneration(known.getMetadata().getGeneration());
        object.getMetadata().setUid(known.getMetadata().getUid());
        object.setStatus(known.getStatus());
      }
    }
    return all;
  }

  /** What was taken to exist although nobody gave it; sorted. */
  Set<String> assumed() {
    return assumed;
  }

  @Override
  public Optional<FargateEnvironment> environment(String name) {
    FargateEnvironment given = environments.get(key("", name));
    if (given != null || !objectsMayBeUnknown) {
      return Optional.ofNullable(given);
    }
    assumed.add("FargateEnvironment " + name);
    List<Ingress> ingresses =
        appsIn(name).stream().flatMap(app -> app.getSpec().ingresses.stream()).toList();
    return Optional.of(
        Unknown.environment(
            name,
            ingresses.stream()
                .map(ingress -> ingress.loadBalancer)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new)),
            ingresses.stream()
                .map(ingress -> ingress.listenerPort)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new)),
            logGroupsIn(name)));
  }

  private Set<String> logGroupsIn(String environment) {
    return Stream.concat(
            appsIn(environment).stream().map(app -> app.getSpec().logs),
            databasesIn(environment).stream().map(database -> database.getSpec().logs))
        .filter(logs -> logs != null && logs.group != null)
        .map(logs -> logs.group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public Optional<FargateDatabase> database(String namespace, String name) {
    FargateDatabase given = databases.get(key(namespace, name));
    if (given != null || !objectsMayBeUnknown) {
      return Optional.ofNullable(given);
    }
    assumed.add("FargateDatabase " + namespace + "/" + name);
    return Optional.of(Unknown.database(namespace, name));
  }

  @Override
  public Optional<FargateApp> app(String namespace, String name) {
    FargateApp given = apps.get(key(namespace, name));
    if (given != null || !objectsMayBeUnknown) {
      return Optional.ofNullable(given);
    }
    assumed.add("FargateApp " + namespace + "/" + name);
    return Optional.of(Unknown.app(namespace, name));
  }

  @Override
  public List<FargateApp> appsIn(String environment) {
    return apps.values().stream()
        .filter(app -> environment.equals(nameOf(app.getSpec().environment)))
        .toList();
  }

  @Override
  public List<FargateDatabase> databasesIn(String environment) {
    return databases.values().stream()
        .filter(database -> environment.equals(nameOf(database.getSpec().environment)))
        .toList();
  }

  @Override
  public Optional<String> configMapValue(String namespace, String name, String key) {
    ConfigMap map = find(ConfigMap.class, namespace, name);
    if (map == null && client != null) {
      map = client.configMaps().inNamespace(namespace).withName(name).get();
    }
    if (map == null && client == null) {
      String what = "ConfigMap " + namespace + "/" + name;
      assumed.add(what);
      return Optional.of(Unknown.after(what + " key " + key));
    }
    return Optional.ofNullable(map).map(ConfigMap::getData).map(data -> data.get(key));
  }

  @Override
  public boolean secretHasKey(String namespace, String name, String key) {
    Secret secret = find(Secret.class, namespace, name);
    if (secret == null && client != null) {
      secret = client.secrets().inNamespace(namespace).withName(name).get();
    }
    if (secret == null && client == null) {
      assumed.add("Secret " + namespace + "/" + name);
      return true;
    }
    return secret != null
        && (secret.getData() != null && secret.getData().containsKey(key)
            || secret.getStringData() != null && secret.getStringData().containsKey(key));
  }

  @Override
  public Map<String, String> namespaceLabels(String namespace) {
    Namespace found = find(Namespace.class, null, namespace);
    if (found == null && client != null) {
      found = client.namespaces().withName(namespace).get();
    }
    return found == null || found.getMetadata().getLabels() == null
        ? Map.of()
        : found.getMetadata().getLabels();
  }

  private <R extends HasMetadata> R find(Class<R> type, String namespace, String name) {
    return files.of(type).stream()
        .filter(object -> key(object).equals(key(namespace, name)))
        .findFirst()
        .orElse(null);
  }

  private static String nameOf(String environment) {
    return environment == null ? FieldDefaults.ENVIRONMENT : environment;
  }

  private static String key(HasMetadata object) {
    return key(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  private static String key(String namespace, String name) {
    return (namespace == null ? "" : namespace) + "/" + name;
  }
}
