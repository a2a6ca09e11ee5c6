package dev.fargate.operator.flow;

import dev.fargate.operator.apply.KubernetesSecrets;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Secrets of a cluster, with versions as an API server counts them; values are base64. */
public final class HeldSecrets implements KubernetesSecrets {
  private final Map<String, Secret> held = new LinkedHashMap<>();
  private int version;

  /** Whether the right to write is missing. */
  public boolean readOnly;

  /** What was written: verb and name. */
  public final List<String> writes = new ArrayList<>();

  @Override
  public Optional<Secret> get(String namespace, String name) {
    return Optional.ofNullable(held.get(namespace + "/" + name));
  }

  @Override
  public void create(Secret secret) throws Refused {
    write("create", secret);
    if (held.containsKey(key(secret))) {
      throw new Refused(false, "create is answered by 409");
    }
    put(secret);
  }

  @Override
  public void replace(Secret secret) throws Refused {
    write("update", secret);
    sameVersion(secret);
    put(secret);
  }

  @Override
  public void delete(Secret secret) throws Refused {
    write("delete", secret);
    sameVersion(secret);
    held.remove(key(secret));
  }

  /** A person's hand: whatever there is. */
  public void put(Secret secret) {
    version++;
    held.put(
        key(secret),
        new SecretBuilder(secret)
            .editMetadata()
            .withUid("uid-of-" + key(secret))
            .withResourceVersion(String.valueOf(version))
            .endMetadata()
            .build());
  }

  /** A person's hand: it is gone. */
  public void lose(Secret secret) {
    held.remove(key(secret));
  }

  private void write(String verb, Secret secret) throws Refused {
    if (readOnly) {
      throw new Refused(true, verb + " of Secret " + key(secret) + " is answered by 403");
    }
    writes.add(verb + " " + key(secret));
  }

  private void sameVersion(Secret secret) throws Refused {
    Secret there = held.get(key(secret));
    if (there == null
        || !there
            .getMetadata()
            .getResourceVersion()
            .equals(secret.getMetadata().getResourceVersion())) {
      throw new Refused(false, "it is answered by 409");
    }
  }

  private static String key(Secret secret) {
    return secret.getMetadata().getNamespace() + "/" + secret.getMetadata().getName();
  }
}
