package dev.fargate.local.aws.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads secrets: values, descriptions, lists, and what a starting task asks for. */
final class SecretReading {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** ListSecrets and ListSecretVersionIds: at most 100 an answer. */
  private static final int DEFAULT_PAGE = 100;

  /** {@code arn:aws:secretsmanager:region:account:secret:name-suffix}. */
  private static final int ARN_PARTS = 7;

  private final SecretStore store;

  SecretReading(SecretStore store) {
    this.store = store;
  }

  Struct value(Struct input) {
    Secret secret = store.findActive(input.required("SecretId"));
    SecretVersion version =
        version(secret, input.string("VersionStage"), input.string("VersionId"));
    version.accessed(store.now().truncatedTo(ChronoUnit.DAYS));
    return SecretsManager.named(secret)
        .with("VersionId", version.id())
        .with("SecretString", version.value().text())
        .with("SecretBinary", version.value().bytes())
        .with("VersionStages", version.labels().isEmpty() ? null : List.copyOf(version.labels()))
        .with("CreatedDate", version.created());
  }

  Struct describe(Struct input) {
    Secret secret = store.find(input.required("SecretId"));
    return secret.describe().with("VersionIdsToStages", labels(secret));
  }

  Struct list(Struct input) {
    List<Secret> matching = new ArrayList<>(store.all());
    matching.removeIf(SecretFilters.of(input.structs("Filters")).negate());
    if (!input.bool("IncludePlannedDeletion").orElse(false)) {
      matching.removeIf(secret -> secret.deletion().isPresent());
    }
    matching.sort(Comparator.comparing(Secret::name));
    if (input.string("SortOrder").orElse("asc").equals("desc")) {
      Collections.reverse(matching);
    }
    return page(
        input,
        "SecretList",
        matching,
        secret -> secret.describe().with("SecretVersionsToStages", labels(secret)));
  }

  Struct versions(Struct input) {
    Secret secret = store.find(input.required("SecretId"));
    boolean all = input.bool("IncludeDeprecated").orElse(false);
    List<SecretVersion> versions =
        secret.versions(store.now()).stream().filter(v -> all || !v.labels().isEmpty()).toList();
    Struct page =
        page(
            input,
            "Versions",
            versions,
            v ->
                Struct.of()
                    .with("VersionId", v.id())
                    .with("VersionStages", v.labels().isEmpty() ? null : List.copyOf(v.labels()))
                    .with("LastAccessedDate", v.accessed())
                    .with("CreatedDate", v.created()));
    return page.with("ARN", secret.arn()).with("Name", secret.name());
  }

  /** See {@link SecretValues#resolve}. */
  String resolve(String valueFrom) {
    String[] parts = valueFrom.split(":", -1);
    if (parts.length < ARN_PARTS || !parts[2].equals("secretsmanager")) {
      throw new AwsException(
          "InvalidParameterException",
          "valueFrom '" + valueFrom + "' is not the ARN of a Secrets Manager secret");
    }
    Secret secret = store.findActive(String.join(":", List.of(parts).subList(0, ARN_PARTS)));
    SecretVersion version = version(secret, part(parts, ARN_PARTS + 1), part(parts, ARN_PARTS + 2));
    version.accessed(store.now().truncatedTo(ChronoUnit.DAYS));
    if (version.value().text() == null) {
      throw new AwsException(
          "InvalidParameterException", "the secret " + secret.arn() + " has a binary value");
    }
    return part(parts, ARN_PARTS)
        .map(key -> member(version.value().text(), key))
        .orElse(version.value().text());
  }

  static AwsException noVersion(String which) {
    return new AwsException(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for " + which);
  }

  private SecretVersion version(Secret secret, Optional<String> label, Optional<String> id) {
    // Removes what AWS would have removed by now.
    secret.versions(store.now());
    if (id.isPresent()) {
      SecretVersion version =
          secret.version(id.get()).orElseThrow(() -> noVersion("VersionId: " + id.get()));
      if (label.isPresent() && !version.labels().contains(label.get())) {
        throw new AwsException(
            "InvalidRequestException",
            "You provided a VersionStage that is not associated to the provided VersionId.");
      }
      return version;
    }
    String wanted = label.orElse(Secret.CURRENT);
    return secret.labelled(wanted).orElseThrow(() -> noVersion("staging label: " + wanted));
  }

  private Object labels(Secret secret) {
    var labels = secret.labels(store.now());
    return labels.isEmpty() ? null : labels;
  }

  private static Optional<String> part(String[] parts, int index) {
    return index < parts.length && !parts[index].isEmpty()
        ? Optional.of(parts[index])
        : Optional.empty();
  }

  private static String member(String json, String key) {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      // The cause would carry a piece of the secret.
      throw new AwsException(
          "InvalidParameterException", "invalid character: the secret's value is not JSON");
    }
    JsonNode member = node.get(key);
    if (member == null) {
      throw new AwsException(
          "ResourceNotFoundException",
          "retrieved secret from Secrets Manager did not contain json key " + key);
    }
    return member.isTextual() ? member.textValue() : member.toString();
  }

  private static <T> Struct page(
      Struct input, String member, List<T> all, Function<T, Struct> describe) {
    int start = input.string("NextToken").map(SecretReading::position).orElse(0);
    int end = Math.min(all.size(), start + input.integer("MaxResults").orElse(DEFAULT_PAGE));
    return Struct.of()
        .with(member, all.subList(Math.min(start, end), end).stream().map(describe).toList())
        .with("NextToken", end < all.size() ? String.valueOf(end) : null);
  }

  private static int position(String token) {
    if (!token.matches("[0-9]{1,9}")) {
      throw new AwsException("InvalidNextTokenException", "Invalid pagination token");
    }
    return Integer.parseInt(token);
  }
}
