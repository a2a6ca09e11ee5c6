package dev.fargate.local.aws.secrets;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** All secrets by name; one that is scheduled for deletion still holds its name. */
final class SecretStore {
  private static final String SUFFIX_LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int SUFFIX_LENGTH = 6;

  private final Scheduler scheduler;
  private final Map<String, Secret> secrets = new TreeMap<>();
  private final Map<String, Scheduler.Scheduled> deletions = new HashMap<>();

  /** Seeded: the same run gives the same ARNs. */
  private final Random random = new Random(1);

  SecretStore(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  Instant now() {
    return scheduler.now();
  }

  Collection<Secret> all() {
    return secrets.values();
  }

  Optional<Secret> named(String name) {
    return Optional.ofNullable(secrets.get(name));
  }

  Secret add(String name, String region, String account) {
    StringBuilder suffix = new StringBuilder("-");
    while (suffix.length() <= SUFFIX_LENGTH) {
      suffix.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
    }
    String arn = "arn:aws:secretsmanager:" + region + ":" + account + ":secret:" + name + suffix;
    Secret secret = new Secret(name, arn, now());
    secrets.put(name, secret);
    return secret;
  }

  /**
   * By name, full ARN, or ARN without the random suffix.
   *
   * @throws AwsException ResourceNotFoundException
   */
  Secret find(String id) {
    return search(id)
        .orElseThrow(
            () ->
                new AwsException(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret."));
  }

  /**
   * As {@link #find}, and it must not be scheduled for deletion.
   *
   * @throws AwsException InvalidRequestException
   */
  Secret findActive(String id) {
    Secret secret = find(id);
    if (secret.deletion().isPresent()) {
      throw new AwsException(
          "InvalidRequestException",
          "You can't perform this operation on the secret because it was marked for deletion.");
    }
    return secret;
  }

  Optional<Secret> search(String id) {
    if (!id.startsWith("arn:")) {
      return named(id);
    }
    return secrets.values().stream()
        .filter(secret -> secret.arn().equals(id) || withoutSuffix(secret.arn()).equals(id))
        .findFirst();
  }

  void remove(Secret secret) {
    cancelDeletion(secret);
    secrets.remove(secret.name());
  }

  void removeAfter(Secret secret, Duration window) {
    secret.deleteAt(now().plus(window));
    deletions.put(
        secret.name(),
        scheduler.after(window, "delete secret " + secret.name(), () -> remove(secret)));
  }

  void restore(Secret secret) {
    cancelDeletion(secret);
    secret.deleteAt(null);
  }

  private void cancelDeletion(Secret secret) {
    Scheduler.Scheduled deletion = deletions.remove(secret.name());
    if (deletion != null) {
      deletion.cancel();
    }
  }

  private static String withoutSuffix(String arn) {
    return arn.substring(0, arn.length() - SUFFIX_LENGTH - 1);
  }
}
