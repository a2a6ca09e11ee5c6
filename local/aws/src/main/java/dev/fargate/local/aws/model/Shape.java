package dev.fargate.local.aws.model;

import java.util.LinkedHashMap;
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
      implements Shape {

    /** The same structure with only the members that travel there. */
    public Structure in(Location location) {
      Map<String, Member> there = new LinkedHashMap<>(members);
      there.values().removeIf(member -> member.location() != location);
      return new Structure(name, there, required, sensitive, error);
    }
  }

  /** Where a REST protocol puts a member; the others put everything into the body. */
  enum Location {
    BODY,
    URI,
    QUERY_STRING,
    HEADER
  }

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
  record Member(
      String shape, Optional<String> locationName, Optional<String> queryName, Location location) {

    /** The name on the wire of a member that the model calls so. */
    public String wireName(String name) {
      return locationName.orElse(name);
    }
  }

  /** An inclusive range; an absent end is open. */
  record Bounds(OptionalDouble min, OptionalDouble max) {}
}
