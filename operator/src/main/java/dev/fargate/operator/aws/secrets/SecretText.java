package dev.fargate.operator.aws.secrets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A secret value. It prints {@code ***} wherever it goes; only this package can read it (decision
 * 12).
 */
public final class SecretText {
  private final String value;

  private SecretText(String value) {
    this.value = Objects.requireNonNull(value);
  }

  public static SecretText of(String value) {
    return new SecretText(value);
  }

  String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretText text
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), text.value.getBytes(StandardCharsets.UTF_8));
  }

  /** The same for all: a hash would tell something about the value. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "***";
  }
}
