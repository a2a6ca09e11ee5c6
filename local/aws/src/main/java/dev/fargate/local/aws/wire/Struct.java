package dev.fargate.local.aws.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A decoded AWS structure, input or output: member name to value. Values are {@link Struct} for
 * structures, {@code Map<String, Object>} for maps, {@code List<?>} for lists, {@code String},
 * {@code Integer}, {@code Long}, {@code Double}, {@code Boolean}, {@code java.time.Instant} for
 * timestamps and {@code byte[]} for blobs. An absent member is absent from the map, never null.
 */
public final class Struct {
  private final Map<String, Object> members = new LinkedHashMap<>();

  /** An empty structure to be filled with {@link #with}. */
  public static Struct of() {
    return new Struct();
  }

  /** Sets a member and returns this; a null value leaves the member absent. */
  public Struct with(String member, Object value) {
    if (value == null) {
      members.remove(member);
    } else {
      members.put(member, value);
    }
    return this;
  }

  public boolean has(String member) {
    return members.containsKey(member);
  }

  /** The raw value, or null when absent. */
  public Object get(String member) {
    return members.get(member);
  }

  public Optional<String> string(String member) {
    return Optional.ofNullable((String) members.get(member));
  }

  /** A member that the service model requires, so that validation has seen it already. */
  public String required(String member) {
    return string(member)
        .orElseThrow(() -> new IllegalStateException("required member absent: " + member));
  }

  /** An integer or long member. */
  public Optional<Integer> integer(String member) {
    return Optional.ofNullable((Number) members.get(member)).map(Number::intValue);
  }

  public Optional<Boolean> bool(String member) {
    return Optional.ofNullable((Boolean) members.get(member));
  }

  public Optional<Struct> struct(String member) {
    return Optional.ofNullable((Struct) members.get(member));
  }

  /**
   * The structures of a list member; empty when absent. Use {@link #has} to tell absent from empty.
   */
  @SuppressWarnings("unchecked")
  public List<Struct> structs(String member) {
    return (List<Struct>) members.getOrDefault(member, List.of());
  }

  /** The strings of a list member; empty when absent. */
  @SuppressWarnings("unchecked")
  public List<String> strings(String member) {
    return (List<String>) members.getOrDefault(member, List.of());
  }

  /** A map member; empty when absent. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> map(String member) {
    return (Map<String, Object>) members.getOrDefault(member, Map.of());
  }

  /** The members in order of setting; a live read-only view. */
  public Map<String, Object> members() {
    return java.util.Collections.unmodifiableMap(members);
  }

  /** A shallow copy: members set on it do not show here. */
  public Struct copy() {
    Struct copy = new Struct();
    copy.members.putAll(members);
    return copy;
  }

  /** A copy that shares no structure, list or map with this. */
  public Struct deepCopy() {
    return (Struct) copied(this);
  }

  private static Object copied(Object value) {
    if (value instanceof Struct struct) {
      Struct copy = new Struct();
      struct.members.forEach((name, member) -> copy.members.put(name, copied(member)));
      return copy;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Struct::copied).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(key, copied(item)));
      return copy;
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Struct that && members.equals(that.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return members.toString();
  }
}
