package dev.fargate.operator.aws.secrets;

import dev.fargate.operator.apply.KubernetesSecrets;
import dev.fargate.operator.apply.KubernetesSecrets.Refused;
import dev.fargate.operator.apply.Publication;
import dev.fargate.operator.stack.ConnectionSecret;
import dev.fargate.operator.stack.Owner;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Keeps the Kubernetes Secret of a database's connection equal to what Secrets Manager holds. Here,
 * because only this package sees values. A Secret that is not ours is never written nor deleted;
 * every write names the version it was decided on, so nobody's edit is lost in between.
 */
public final class ConnectionSecrets {
  /** Who looks after the Secret, as Kubernetes' recommended labels say it. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  public static final String OPERATOR = "fargate-operator";

  private static final String TYPE = "Opaque";
  private static final String API_VERSION = "fargate.dev/v1alpha1";

  private final SecretVault vault;

  /**
   * By owner: what was last found in order, so that AWS is asked for values only after a change.
   */
  private final Map<Owner, String> inOrder = new ConcurrentHashMap<>();

  public ConnectionSecrets(SecretsManagerClient secrets, Clock clock) {
    this.vault = new SecretVault(secrets, clock);
  }

  /** Makes it, or repairs it. One read of Kubernetes where nothing has changed. */
  public Publication publish(
      ConnectionSecret wanted, KubernetesSecrets kubernetes, BooleanSupplier leadershipHeld) {
    Owner owner = wanted.owner();
    try {
      Optional<Secret> there = kubernetes.get(owner.namespace(), wanted.name());
      if (there.isPresent() && !isOurs(there.get(), wanted.ownerUid())) {
        return new Publication.Foreign();
      }
      String state = wanted.toString() + there.map(ConnectionSecrets::version).orElse("");
      if (there.isPresent() && state.equals(inOrder.get(owner))) {
        return new Publication.Settled();
      }
      Secret secret = secret(wanted, values(wanted));
      if (there.isPresent() && isEqual(there.get(), secret)) {
        inOrder.put(owner, state);
        return new Publication.Settled();
      }
      if (!leadershipHeld.getAsBoolean()) {
        return new Publication.Later("another process leads");
      }
      inOrder.remove(owner);
      if (there.isEmpty()) {
        kubernetes.create(secret);
      } else {
        kubernetes.replace(onTopOf(there.get(), secret));
      }
      return new Publication.Settled();
    } catch (Refused refused) {
      return refused(refused);
    }
  }

  /** Deletes it if it is ours. Asks Kubernetes once per process where there is none. */
  public Publication withdraw(
      Owner owner, String ownerUid, KubernetesSecrets kubernetes, BooleanSupplier leadershipHeld) {
    if (ownerUid.equals(inOrder.get(owner))) {
      return new Publication.Settled();
    }
    try {
      Optional<Secret> there =
          kubernetes.get(owner.namespace(), ConnectionSecret.name(owner.name()));
      if (there.isPresent() && isOurs(there.get(), ownerUid)) {
        if (!leadershipHeld.getAsBoolean()) {
          return new Publication.Later("another process leads");
        }
        kubernetes.delete(there.get());
      }
      inOrder.put(owner, ownerUid);
      return new Publication.Settled();
    } catch (Refused refused) {
      return refused(refused);
    }
  }

  private static Publication refused(Refused refused) {
    return refused.denied()
        ? new Publication.Denied(refused.getMessage())
        : new Publication.Later(refused.getMessage());
  }

  private Map<String, String> values(ConnectionSecret wanted) {
    Map<String, String> data = new TreeMap<>();
    wanted.plain().forEach((key, value) -> data.put(key, encoded(SecretText.of(value))));
    vault
        .read(wanted.credentialsArn(), null)
        .forEach((key, value) -> data.put(key, encoded(value)));
    return data;
  }

  private static String encoded(SecretText value) {
    return Base64.getEncoder().encodeToString(value.reveal().getBytes(StandardCharsets.UTF_8));
  }

  private static Secret secret(ConnectionSecret wanted, Map<String, String> data) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(wanted.owner().namespace())
        .withName(wanted.name())
        .addToLabels(MANAGED_BY, OPERATOR)
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(API_VERSION)
                .withKind(wanted.owner().kind())
                .withName(wanted.owner().name())
                .withUid(wanted.ownerUid())
                .withController(true)
                .build())
        .endMetadata()
        .withType(TYPE)
        .withData(data)
        .build();
  }

  /** Labels, annotations and further owners of others stay. */
  private static Secret onTopOf(Secret there, Secret wanted) {
    return new SecretBuilder(there).withData(wanted.getData()).build();
  }

  private static boolean isEqual(Secret there, Secret wanted) {
    return Objects.equals(there.getData(), wanted.getData());
  }

  /** The object itself is named by its uid: one of the same name that is gone is not it. */
  private static boolean isOurs(Secret secret, String ownerUid) {
    Map<String, String> labels = secret.getMetadata().getLabels();
    List<OwnerReference> owners = secret.getMetadata().getOwnerReferences();
    return labels != null
        && OPERATOR.equals(labels.get(MANAGED_BY))
        && owners.stream().anyMatch(reference -> ownerUid.equals(reference.getUid()));
  }

  private static String version(Secret secret) {
    return secret.getMetadata().getUid() + " " + secret.getMetadata().getResourceVersion();
  }
}
