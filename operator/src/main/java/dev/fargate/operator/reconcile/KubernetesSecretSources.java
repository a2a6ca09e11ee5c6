package dev.fargate.operator.reconcile;

import dev.fargate.operator.aws.secrets.SecretSources;
import dev.fargate.operator.aws.secrets.SecretText;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads exactly the named Secret, when it is needed; keeps nothing. */
public final class KubernetesSecretSources implements SecretSources {
  private final KubernetesClient client;

  public KubernetesSecretSources(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<Source> get(String namespace, String name) {
    Secret secret;
    try {
      secret = client.secrets().inNamespace(namespace).withName(name).get();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      // The right went in the middle of a pass; the next one says so.
      return Optional.empty();
    }
    if (secret == null) {
      return Optional.empty();
    }
    Map<String, SecretText> values = new HashMap<>();
    if (secret.getData() != null) {
      secret
          .getData()
          .forEach(
              (key, value) ->
                  values.put(
                      key,
                      SecretText.of(
                          new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))));
    }
    return Optional.of(new Source(secret.getMetadata().getResourceVersion(), values));
  }
}
