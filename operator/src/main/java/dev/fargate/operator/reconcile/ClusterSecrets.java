package dev.fargate.operator.reconcile;

import dev.fargate.operator.apply.KubernetesSecrets;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Secrets of the cluster, one at a time, by get, create, update and delete. */
public final class ClusterSecrets implements KubernetesSecrets {
  private final KubernetesClient client;

  public ClusterSecrets(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<Secret> get(String namespace, String name) throws Refused {
    try {
      return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
    } catch (KubernetesClientException e) {
      throw refused("get", namespace, name, e);
    }
  }

  @Override
  public void create(Secret secret) throws Refused {
    try {
      resource(secret).create();
    } catch (KubernetesClientException e) {
      throw refused("create", secret, e);
    }
  }

  @Override
  public void replace(Secret secret) throws Refused {
    try {
      // Of a resource that carries its resourceVersion: one PUT, refused when it has moved on.
      resource(secret).update();
    } catch (KubernetesClientException e) {
      throw refused("update", secret, e);
    }
  }

  @Override
  public void delete(Secret secret) throws Refused {
    try {
      resource(secret).lockResourceVersion(secret.getMetadata().getResourceVersion()).delete();
    } catch (KubernetesClientException e) {
      throw refused("delete", secret, e);
    }
  }

  private Resource<Secret> resource(Secret secret) {
    return client.secrets().inNamespace(secret.getMetadata().getNamespace()).resource(secret);
  }

  private static Refused refused(String verb, Secret secret, KubernetesClientException e) {
    return refused(verb, secret.getMetadata().getNamespace(), secret.getMetadata().getName(), e);
  }

  /** In our words: an API server's answer to a bad Secret may quote what is in it. */
  private static Refused refused(
      String verb, String namespace, String name, KubernetesClientException e) {
    return new Refused(
        e.getCode() == HttpURLConnection.HTTP_FORBIDDEN,
        verb + " of Secret " + namespace + "/" + name + " is answered by " + e.getCode());
  }
}
