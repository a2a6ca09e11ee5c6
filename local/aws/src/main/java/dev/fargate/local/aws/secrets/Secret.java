package dev.fargate.local.aws.secrets;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One secret: its versions and which labels they carry. */
final class Secret {
  static final String CURRENT = "AWSCURRENT";
  static final String PREVIOUS = "AWSPREVIOUS";

  /** AWS may remove versions without a label, but none younger than a day; this endpoint does. */
  private static final Duration UNLABELLED_KEPT = Duration.ofHours(24);

  private static final int MAX_LABELS = 20;

  private final String name;
  private final String arn;
  private final Instant created;
  private final Map<String, String> tags = new TreeMap<>();
  private final Map<String, SecretVersion> versions = new LinkedHashMap<>();
  private String description;
  private Instant changed;
  private Instant deletion;

  Secret(String name, String arn, Instant created) {
    this.name = name;
    this.arn = arn;
    this.created = created;
    this.changed = created;
  }

  String name() {
    return name;
  }

  String arn() {
    return arn;
  }

  Map<String, String> tags() {
    return tags;
  }

  String description() {
    return description == null ? "" : description;
  }

  void describedAs(String text, Instant now) {
    description = text;
    changed = now;
  }

  /** When it is gone for good; empty unless scheduled for deletion. */
  Optional<Instant> deletion() {
    return Optional.ofNullable(deletion);
  }

  /**
   * @param at null restores
   */
  void deleteAt(Instant at) {
    deletion = at;
  }

  Collection<SecretVersion> versions(Instant now) {
    versions.values().removeIf(v -> v.unlabelledBefore(now.minus(UNLABELLED_KEPT)));
    return versions.values();
  }

  Optional<SecretVersion> labelled(String label) {
    return versions.values().stream().filter(v -> v.labels().contains(label)).findFirst();
  }

  Optional<SecretVersion> version(String id) {
    return Optional.ofNullable(versions.get(id));
  }

  /**
   * Adds a version and moves the labels to it. The same id with the same value changes nothing.
   *
   * @throws AwsException ResourceExistsException for the same id with another value
   */
  void put(String id, SecretVersion.Value value, List<String> labels, Instant now) {
    SecretVersion existing = versions.get(id);
    if (existing != null) {
      if (!existing.value().equals(value)) {
        throw new AwsException(
            "ResourceExistsException",
            "You can't use ClientRequestToken "
                + id
                + " because that value is already in use for a version of secret "
                + arn
                + ".");
      }
      return;
    }
    List<String> wanted = new ArrayList<>(labels);
    if (versions.isEmpty() && !wanted.contains(CURRENT)) {
      wanted.add(CURRENT);
    }
    refuseTooManyLabels(wanted);
    versions.put(id, new SecretVersion(id, value, now));
    wanted.forEach(label -> move(label, id, now));
    changed = now;
  }

  /** Moves a label; AWSCURRENT leaves AWSPREVIOUS where it was. */
  void move(String label, String toVersion, Instant now) {
    Optional<SecretVersion> from = labelled(label);
    from.ifPresent(v -> v.unlabel(label, now));
    versions.get(toVersion).label(label);
    if (label.equals(CURRENT) && from.isPresent() && !from.get().id().equals(toVersion)) {
      labelled(PREVIOUS).ifPresent(v -> v.unlabel(PREVIOUS, now));
      from.get().label(PREVIOUS);
    }
    changed = now;
  }

  void unlabel(String label, Instant now) {
    labelled(label).ifPresent(v -> v.unlabel(label, now));
    changed = now;
  }

  void refuseTooManyLabels(List<String> added) {
    long labels =
        versions.values().stream().mapToLong(v -> v.labels().size()).sum()
            + added.stream().filter(label -> labelled(label).isEmpty()).count();
    if (labels > MAX_LABELS) {
      throw new AwsException(
          "LimitExceededException",
          "The secret would have " + labels + " staging labels; at most " + MAX_LABELS);
    }
  }

  /** What DescribeSecret and ListSecrets have in common. */
  Struct describe() {
    return Struct.of()
        .with("ARN", arn)
        .with("Name", name)
        .with("Description", description)
        .with("LastChangedDate", changed)
        .with(
            "LastAccessedDate",
            versions.values().stream()
                .map(SecretVersion::accessed)
                .filter(java.util.Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null))
        .with("DeletedDate", deletion)
        .with(
            "Tags",
            tags.isEmpty()
                ? null
                : tags.entrySet().stream()
                    .map(t -> Struct.of().with("Key", t.getKey()).with("Value", t.getValue()))
                    .toList())
        .with("CreatedDate", created);
  }

  /** Version id to its labels, only versions that have any. */
  Map<String, Object> labels(Instant now) {
    Map<String, Object> labels = new LinkedHashMap<>();
    for (SecretVersion version : versions(now)) {
      if (!version.labels().isEmpty()) {
        labels.put(version.id(), List.copyOf(version.labels()));
      }
    }
    return labels;
  }
}
