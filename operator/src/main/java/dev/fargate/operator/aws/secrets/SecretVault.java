package dev.fargate.operator.aws.secrets;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.aws.errors.ErrorTable;
import dev.fargate.operator.stack.Names;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The calls of Secrets Manager that carry values. An error of theirs leaves without any value in
 * it, even where AWS quotes one.
 */
final class SecretVault {
  private static final String CURRENT = "AWSCURRENT";

  /**
   * The label of every version we write. AWS purges a version without a label some time after it
   * has been replaced, and a rollback may need it (decision 12).
   */
  private static final String KEPT_LABEL = "fargate-kept-";

  /** AWS takes 20 labels over all versions of a secret; two are its own. */
  private static final int KEPT_VERSIONS = 15;

  /** So many characters of a value would help whoever guesses the rest. */
  private static final int TELLING = 8;

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final SecretsManagerClient secrets;
  private final Clock clock;

  SecretVault(SecretsManagerClient secrets, Clock clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  /**
   * The values of a version. Which is the current one AWS may tell late (its reads are eventually
   * consistent), what a version holds never: asked without it, a value that has just been written
   * may look as if it had not been, and would be written again and again.
   *
   * @param version null: the current one, as far as AWS tells
   */
  SortedMap<String, SecretText> read(String arn, String version) {
    return SecretValues.parse(
        SecretText.of(
            secrets
                .getSecretValue(request -> request.secretId(arn).versionId(version))
                .secretString()));
  }

  /** The id of the current version; null while there is none. */
  String current(String arn) {
    return current(versions(arn));
  }

  /**
   * Makes a secret.
   *
   * @return its ARN and version id
   */
  Written create(String name, Map<String, String> tags, SortedMap<String, SecretText> values) {
    SecretText json = SecretValues.json(values);
    var created =
        guarded(
            values.values(),
            () ->
                secrets.createSecret(
                    request ->
                        request
                            .name(name)
                            .clientRequestToken(successor(name, Map.of()))
                            .secretString(json.reveal())
                            .tags(SecretRunner.tags(tags))));
    // It may have been made and labelled before, and nobody heard of it.
    keepCurrent(created.arn(), versions(created.arn()));
    return new Written(created.arn(), created.versionId());
  }

  /** Writes a new version. */
  Written put(String arn, SortedMap<String, SecretText> values) {
    Map<String, List<String>> versions = versions(arn);
    keepCurrent(arn, versions);
    SecretText json = SecretValues.json(values);
    String version =
        guarded(
            values.values(),
            () ->
                secrets
                    .putSecretValue(
                        request ->
                            request
                                .secretId(arn)
                                .clientRequestToken(successor(arn, versions))
                                .secretString(json.reveal())
                                .versionStages(CURRENT, label()))
                    .versionId());
    letGo(arn);
    return new Written(arn, version);
  }

  /** Their labels by their ids. */
  private Map<String, List<String>> versions(String arn) {
    return secrets.describeSecret(request -> request.secretId(arn)).versionIdsToStages();
  }

  /**
   * The id of the version that follows these; of none, the first one's. It tells nothing of its
   * values, and is the same for whoever saw the same versions: of two processes one of which was
   * frozen meanwhile only the first makes one, and the late one changes nothing.
   */
  private static String successor(String secret, Map<String, List<String>> versions) {
    String current = current(versions);
    return Names.sha256(
        secret
            + "\n"
            + (current == null ? "none" : current)
            + "\n"
            + String.join("\n", new TreeSet<>(versions.keySet())));
  }

  /** The id of the current one of these, by their labels; null when none is. */
  static String current(Map<String, List<String>> versions) {
    return versions.entrySet().stream()
        .filter(version -> version.getValue().contains(CURRENT))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** A version whose creation was never answered has no label yet. */
  private void keepCurrent(String arn, Map<String, List<String>> versions) {
    versions.forEach(
        (version, labels) -> {
          if (labels.contains(CURRENT)
              && labels.stream().noneMatch(label -> label.startsWith(KEPT_LABEL))) {
            secrets.updateSecretVersionStage(
                request ->
                    request
                        .secretId(arn)
                        // Older than that of the version that follows: no two are the same.
                        .versionStage(label(clock.instant().minusMillis(1)))
                        .moveToVersionId(version));
          }
        });
  }

  record Written(String arn, String versionId) {}

  private String label() {
    return label(clock.instant());
  }

  private static String label(Instant at) {
    return KEPT_LABEL + TIMESTAMP.format(at);
  }

  private record Labelled(String label, String versionId) {}

  private void letGo(String arn) {
    List<Labelled> oldestFirst =
        versions(arn).entrySet().stream()
            .flatMap(
                version ->
                    version.getValue().stream()
                        .filter(label -> label.startsWith(KEPT_LABEL))
                        .map(label -> new Labelled(label, version.getKey())))
            .sorted(Comparator.comparing(Labelled::label))
            .toList();
    for (Labelled old : oldestFirst.subList(0, Math.max(0, oldestFirst.size() - KEPT_VERSIONS))) {
      secrets.updateSecretVersionStage(
          request ->
              request.secretId(arn).versionStage(old.label()).removeFromVersionId(old.versionId()));
    }
  }

  private static <T> T guarded(Collection<SecretText> values, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException failure) {
      String message = String.valueOf(failure.getMessage());
      if (values.stream().noneMatch(value -> quotes(message, value))) {
        throw failure;
      }
      AwsFailure classified = ErrorTable.classify(failure);
      // Without the cause: it would carry the message into logs.
      throw new AwsFailure(
          classified.errorClass(),
          classified.code(),
          "AWS's message is left out, since it quotes a secret value",
          classified.requestId(),
          null);
    }
  }

  /** In whole, as JSON writes it, or in part: AWS cuts long values when it quotes them. */
  private static boolean quotes(String message, SecretText value) {
    String plain = value.reveal();
    if (plain.isBlank()) {
      return false;
    }
    String json = SecretValues.json(new TreeMap<>(Map.of("", value))).reveal();
    String quoted = json.substring(json.indexOf(':') + 2, json.length() - 2);
    return message.contains(plain)
        || message.contains(quoted)
        || (plain.length() > TELLING && quotesPart(message, plain));
  }

  private static boolean quotesPart(String message, String plain) {
    return message.contains(plain.substring(0, TELLING))
        || message.contains(plain.substring(plain.length() - TELLING));
  }
}
