package dev.fargate.local.aws.secrets;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** One version of a secret. Its value never shows in {@code toString}. */
final class SecretVersion {
  private final String id;
  private final Value value;
  private final Instant created;
  private final Set<String> labels = new TreeSet<>();
  private Instant unlabelledSince;
  private Instant accessed;

  /**
   * @param text null when the value is binary
   * @param bytes null when the value is text
   */
  record Value(String text, byte[] bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Value that
          && java.util.Objects.equals(text, that.text)
          && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return java.util.Objects.hash(text, Arrays.hashCode(bytes));
    }

    @Override
    public String toString() {
      return "***";
    }
  }

  SecretVersion(String id, Value value, Instant created) {
    this.id = id;
    this.value = value;
    this.created = created;
    this.unlabelledSince = created;
  }

  String id() {
    return id;
  }

  Value value() {
    return value;
  }

  Instant created() {
    return created;
  }

  Instant accessed() {
    return accessed;
  }

  void accessed(Instant day) {
    accessed = day;
  }

  Set<String> labels() {
    return labels;
  }

  void label(String label) {
    labels.add(label);
  }

  void unlabel(String label, Instant now) {
    if (labels.remove(label) && labels.isEmpty()) {
      unlabelledSince = now;
    }
  }

  /** Whether it has had no label since before this time. */
  boolean unlabelledBefore(Instant time) {
    return labels.isEmpty() && unlabelledSince.isBefore(time);
  }
}
