package dev.fargate.local.aws.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** A shape of AWS's service model with its constraints. Members name other shapes by name. */
public sealed interface Shape {
  String name();

  /** Whether values are secret and so must not be shown. */
  default boolean sensitive() {
    return false;
  }

  /**
   * @param members in the model's order
   * @param error present for exceptions
   */
  record Structure(
      String name,
      Map<String, Member> members,
      Set<String> required,
      boolean sensitive,
      Optional<ErrorTrait> error)
      implements Shape {}

  /**
   * @param code on the wire; ELBv2's lack the shape's {@code Exception} suffix
   */
  record ErrorTrait(String code, int httpStatus) {}

  record ListOf(String name, Member member, Bounds size, boolean flattened) implements Shape {}

  record MapOf(String name, Member key, Member value, Bounds size) implements Shape {}

  /**
   * @param values the enum; empty when any text will do
   */
  record Text(
      String name, List<String> values, Optional<Pattern> pattern, Bounds length, boolean sensitive)
      implements Shape {}

  record Whole(String name, boolean isLong, Bounds range) implements Shape {}

  record Decimal(String name, Bounds range) implements Shape {}

  record Bool(String name) implements Shape {}

  record Time(String name) implements Shape {}

  record Blob(String name, Bounds length, boolean sensitive) implements Shape {}

  /**
   * A use of a shape.
   *
   * @param shape its name
   * @param locationName the name on the wire where it differs
   * @param queryName the name in an ec2 query where it differs from both
   */
  record Member(String shape, Optional<String> locationName, Optional<String> queryName) {}

  /** An inclusive range; an absent end is open. */
  record Bounds(OptionalDouble min, OptionalDouble max) {}
}
