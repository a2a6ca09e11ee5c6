package dev.fargate.local.aws.secrets;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import dev.fargate.local.aws.wire.Unsupported;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** AWS Secrets Manager without rotation, replication and keys of one's own (AWS-FACTS 9). */
public final class SecretsManager implements ServiceBehaviour, SecretValues {
  private static final String INVALID_REQUEST = "InvalidRequestException";
  private static final String INVALID_PARAMETER = "InvalidParameterException";

  private static final Duration DEFAULT_RECOVERY = Duration.ofDays(30);
  private static final int MIN_RECOVERY_DAYS = 7;
  private static final int MAX_RECOVERY_DAYS = 30;
  private static final int MAX_TAGS = 50;

  private final Scheduler scheduler;
  private final SecretStore store;
  private final SecretReading reading;

  public SecretsManager(Scheduler scheduler) {
    this.scheduler = scheduler;
    this.store = new SecretStore(scheduler);
    this.reading = new SecretReading(store);
  }

  @Override
  public String signingName() {
    return "secretsmanager";
  }

  @Override
  public Set<String> operations() {
    return Set.of(
        "CreateSecret",
        "DeleteSecret",
        "DescribeSecret",
        "GetSecretValue",
        "ListSecretVersionIds",
        "ListSecrets",
        "PutSecretValue",
        "RestoreSecret",
        "TagResource",
        "UntagResource",
        "UpdateSecret",
        "UpdateSecretVersionStage");
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return switch (operation) {
      case "CreateSecret" -> create(input, caller);
      case "PutSecretValue" -> put(input);
      case "UpdateSecret" -> update(input);
      case "UpdateSecretVersionStage" -> moveLabel(input);
      case "DeleteSecret" -> delete(input);
      case "RestoreSecret" -> restore(input);
      case "TagResource" -> tag(input);
      case "UntagResource" -> untag(input);
      case "GetSecretValue" -> reading.value(input);
      case "DescribeSecret" -> reading.describe(input);
      case "ListSecrets" -> reading.list(input);
      case "ListSecretVersionIds" -> reading.versions(input);
      default -> throw new IllegalArgumentException(operation);
    };
  }

  @Override
  public String resolve(String valueFrom) {
    return scheduler.locked(() -> reading.resolve(valueFrom));
  }

  private Struct create(Struct input, Caller caller) {
    Unsupported.refuseOthers(
        "CreateSecret",
        input,
        Set.of(
            "Name", "ClientRequestToken", "Description", "SecretString", "SecretBinary", "Tags"));
    String name = input.required("Name");
    if (!name.matches("[A-Za-z0-9/_+=.@!-]+")) {
      throw new AwsException(
          "ValidationException",
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
    Optional<SecretVersion.Value> value = value(input);
    Optional<Secret> existing = store.named(name);
    if (existing.isPresent()) {
      return repeated(existing.get(), input, value);
    }
    TreeMap<String, String> tags = withTags(Map.of(), input.structs("Tags"));
    String version = value.isPresent() ? token(input) : null;
    Secret secret = store.add(name, caller.region(), caller.accountId());
    input.string("Description").ifPresent(text -> secret.describedAs(text, store.now()));
    secret.tags().putAll(tags);
    value.ifPresent(v -> secret.put(version, v, List.of(Secret.CURRENT), store.now()));
    return named(secret).with("VersionId", version);
  }

  /** The same token with the same value is the same call again. */
  private Struct repeated(Secret secret, Struct input, Optional<SecretVersion.Value> value) {
    if (secret.deletion().isPresent()) {
      throw new AwsException(
          INVALID_REQUEST,
          "You can't create this secret because a secret with this name is already scheduled for"
              + " deletion.");
    }
    Optional<String> token = input.string("ClientRequestToken");
    boolean same =
        token.flatMap(secret::version).map(v -> Optional.of(v.value()).equals(value)).orElse(false);
    if (!same) {
      throw new AwsException(
          "ResourceExistsException",
          "The operation failed because the secret " + secret.name() + " already exists.");
    }
    return named(secret).with("VersionId", token.get());
  }

  private Struct put(Struct input) {
    Unsupported.refuseOthers(
        "PutSecretValue",
        input,
        Set.of("SecretId", "ClientRequestToken", "SecretString", "SecretBinary", "VersionStages"));
    Secret secret = store.findActive(input.required("SecretId"));
    SecretVersion.Value value =
        value(input)
            .orElseThrow(
                () ->
                    new AwsException(
                        INVALID_REQUEST, "You must provide either SecretString or SecretBinary."));
    List<String> labels =
        input.has("VersionStages") ? input.strings("VersionStages") : List.of(Secret.CURRENT);
    String version = token(input);
    secret.put(version, value, labels, store.now());
    List<String> stages = List.copyOf(secret.version(version).orElseThrow().labels());
    return named(secret)
        .with("VersionId", version)
        .with("VersionStages", stages.isEmpty() ? null : stages);
  }

  private Struct update(Struct input) {
    Unsupported.refuseOthers(
        "UpdateSecret",
        input,
        Set.of("SecretId", "ClientRequestToken", "Description", "SecretString", "SecretBinary"));
    Secret secret = store.findActive(input.required("SecretId"));
    Optional<SecretVersion.Value> value = value(input);
    String version = value.isPresent() ? token(input) : null;
    value.ifPresent(v -> secret.put(version, v, List.of(Secret.CURRENT), store.now()));
    input.string("Description").ifPresent(text -> secret.describedAs(text, store.now()));
    return named(secret).with("VersionId", version);
  }

  private Struct moveLabel(Struct input) {
    Secret secret = store.findActive(input.required("SecretId"));
    String label = input.required("VersionStage");
    Optional<String> from = input.string("RemoveFromVersionId");
    Optional<String> to = input.string("MoveToVersionId");
    Optional<String> holder = secret.labelled(label).map(SecretVersion::id);
    if (to.isEmpty() && label.equals(Secret.CURRENT)) {
      throw new AwsException(
          INVALID_PARAMETER,
          "You can only move staging label AWSCURRENT to a different secret version. It can't be"
              + " completely removed.");
    }
    if (holder.isPresent() && !holder.equals(from) && !holder.equals(to)) {
      throw new AwsException(
          INVALID_PARAMETER,
          "The parameter RemoveFromVersionId can't be empty. Staging label "
              + label
              + " is currently attached to version "
              + holder.get()
              + ", so you must explicitly reference that version in RemoveFromVersionId.");
    }
    if (from.isPresent() && !from.equals(holder)) {
      throw new AwsException(
          INVALID_PARAMETER,
          "Staging label " + label + " isn't attached to version " + from.get() + ".");
    }
    if (to.isPresent()) {
      if (secret.version(to.get()).isEmpty()) {
        throw SecretReading.noVersion("VersionId: " + to.get());
      }
      secret.refuseTooManyLabels(List.of(label));
      secret.move(label, to.get(), store.now());
    } else {
      secret.unlabel(label, store.now());
    }
    return named(secret);
  }

  private Struct delete(Struct input) {
    boolean force = input.bool("ForceDeleteWithoutRecovery").orElse(false);
    Optional<Integer> days = input.integer("RecoveryWindowInDays");
    if (force && days.isPresent()) {
      throw new AwsException(
          INVALID_PARAMETER,
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days.isPresent() && (days.get() < MIN_RECOVERY_DAYS || days.get() > MAX_RECOVERY_DAYS)) {
      throw new AwsException(
          INVALID_PARAMETER,
          "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    String id = input.required("SecretId");
    if (force) {
      Instant now = store.now();
      Optional<Secret> secret = store.search(id);
      secret.ifPresent(store::remove);
      // A forced deletion of what is not there succeeds.
      return secret
          .map(SecretsManager::named)
          .orElseGet(() -> Struct.of().with("Name", id))
          .with("DeletionDate", now);
    }
    Secret secret = store.find(id);
    if (secret.deletion().isPresent()) {
      throw new AwsException(
          INVALID_REQUEST,
          "You can't perform this operation on the secret because it was already scheduled for"
              + " deletion.");
    }
    store.removeAfter(secret, days.map(Duration::ofDays).orElse(DEFAULT_RECOVERY));
    return named(secret).with("DeletionDate", secret.deletion().orElseThrow());
  }

  private Struct restore(Struct input) {
    Secret secret = store.find(input.required("SecretId"));
    store.restore(secret);
    return named(secret);
  }

  private Struct tag(Struct input) {
    Secret secret = store.findActive(input.required("SecretId"));
    secret.tags().putAll(withTags(secret.tags(), input.structs("Tags")));
    return Struct.of();
  }

  private Struct untag(Struct input) {
    Secret secret = store.findActive(input.required("SecretId"));
    secret.tags().keySet().removeAll(input.strings("TagKeys"));
    return Struct.of();
  }

  private static TreeMap<String, String> withTags(Map<String, String> before, List<Struct> added) {
    TreeMap<String, String> tags = new TreeMap<>(before);
    for (Struct tag : added) {
      String key =
          tag.string("Key")
              .orElseThrow(() -> new AwsException(INVALID_PARAMETER, "A tag must have a Key."));
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw new AwsException(
            INVALID_PARAMETER, "Tag keys that start with aws: are reserved: " + key);
      }
      tags.put(key, tag.string("Value").orElse(""));
    }
    if (tags.size() > MAX_TAGS) {
      throw new AwsException(
          INVALID_PARAMETER, "A secret can have at most " + MAX_TAGS + " tags, not " + tags.size());
    }
    return tags;
  }

  private static Optional<SecretVersion.Value> value(Struct input) {
    if (input.has("SecretString") && input.has("SecretBinary")) {
      throw new AwsException(
          INVALID_PARAMETER,
          "You can't specify both a binary secret value and a string secret value in the same"
              + " secret.");
    }
    return input.has("SecretString") || input.has("SecretBinary")
        ? Optional.of(
            new SecretVersion.Value(
                input.string("SecretString").orElse(null), (byte[]) input.get("SecretBinary")))
        : Optional.empty();
  }

  private static String token(Struct input) {
    return input
        .string("ClientRequestToken")
        .orElseThrow(
            () ->
                new AwsException(
                    INVALID_REQUEST,
                    "You must provide a ClientRequestToken value. We recommend a UUID-type"
                        + " value."));
  }

  static Struct named(Secret secret) {
    return Struct.of().with("ARN", secret.arn()).with("Name", secret.name());
  }
}
