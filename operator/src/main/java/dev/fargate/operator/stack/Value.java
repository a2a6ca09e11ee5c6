package dev.fargate.operator.stack;

import java.util.List;

/**
 * A string of a resource that may be known only after another resource exists. Compares as changed
 * and prints as {@code (known after: X)} until then.
 */
public sealed interface Value {
  /** A value known now. */
  record Known(String value) implements Value {
    @Override
    public String toString() {
      return value;
    }
  }

  /** An output of a resource of the same stack. */
  record Ref(ResourceId resource, Output output) implements Value {
    @Override
    public String toString() {
      return "(known after: " + resource + ")";
    }
  }

  /** Several parts, put together without a separator. */
  record Joined(List<Value> parts) implements Value {
    public Joined {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      parts.forEach(text::append);
      return text.toString();
    }
  }

  static Value known(String value) {
    return new Known(value);
  }

  static Value ref(ResourceId resource, Output output) {
    return new Ref(resource, output);
  }

  static Value joined(Value... parts) {
    return new Joined(List.of(parts));
  }
}
