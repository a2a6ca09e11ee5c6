package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks a value against the model: required members, enum, pattern, length, range, the Java type
 * of each value and members that the model lacks. Texts are those of AWS's own validation.
 */
final class Constraints {
  private final ServiceModel model;

  /** Whether a list or map may be empty where the model asks for an item. */
  private final boolean emptyAnswers;

  private final List<Violation> violations = new ArrayList<>();

  /**
   * @param path such as {@code tags.1.member.key}
   * @param missing whether a required member is absent
   */
  record Violation(String path, boolean missing, String text) {}

  private Constraints(ServiceModel model, boolean emptyAnswers) {
    this.model = model;
    this.emptyAnswers = emptyAnswers;
  }

  /** What of a request breaks the model. */
  static List<Violation> check(ServiceModel model, String shape, Struct value) {
    return check(model, shape, value, false);
  }

  /**
   * What of an answer breaks the model. AWS's own lists and maps may be empty: a load balancer
   * without tags is described with none, though a list of tags has at least one in the model.
   */
  static List<Violation> checkAnswer(ServiceModel model, String shape, Struct value) {
    return check(model, shape, value, true);
  }

  private static List<Violation> check(
      ServiceModel model, String shape, Struct value, boolean emptyAnswers) {
    Constraints constraints = new Constraints(model, emptyAnswers);
    constraints.structure(model.structure(shape), value, "");
    return constraints.violations;
  }

  /** All violations in AWS's one sentence. */
  static String sentence(List<Violation> violations) {
    String texts = String.join("; ", violations.stream().map(Violation::text).toList());
    return violations.size() == 1
        ? "1 validation error detected: " + texts
        : violations.size() + " validation errors detected: " + texts;
  }

  private void structure(Shape.Structure shape, Struct struct, String path) {
    for (String name : shape.required()) {
      if (!struct.has(name)) {
        String where = path + lowerFirst(name);
        violations.add(
            new Violation(
                where,
                true,
                "Value null at '"
                    + where
                    + "' failed to satisfy constraint: Member must not be null"));
      }
    }
    struct
        .members()
        .forEach(
            (name, value) -> {
              Shape.Member member = shape.members().get(name);
              String where = path + lowerFirst(name);
              if (member == null) {
                violate(shape, value, where, shape.name() + " has no member " + name);
              } else {
                any(model.shape(member.shape()), value, where);
              }
            });
  }

  private void any(Shape shape, Object value, String path) {
    if (shape instanceof Shape.Structure structure && value instanceof Struct struct) {
      structure(structure, struct, path + ".");
    } else if (shape instanceof Shape.ListOf list && value instanceof List<?> items) {
      if (!items.isEmpty() || !emptyAnswers) {
        size(shape, list.size(), items.size(), items, path);
      }
      Shape item = model.shape(list.member().shape());
      for (int i = 0; i < items.size(); i++) {
        any(item, items.get(i), path + "." + (i + 1) + ".member");
      }
    } else if (shape instanceof Shape.MapOf map && value instanceof Map<?, ?> entries) {
      if (!entries.isEmpty() || !emptyAnswers) {
        size(shape, map.size(), entries.size(), entries, path);
      }
      Shape key = model.shape(map.key().shape());
      Shape item = model.shape(map.value().shape());
      entries.forEach(
          (k, v) -> {
            any(key, k, path + "." + k + ".key");
            any(item, v, path + "." + k + ".member");
          });
    } else {
      scalar(shape, value, path);
    }
  }

  private void scalar(Shape shape, Object value, String path) {
    if (shape instanceof Shape.Text text && value instanceof String string) {
      text(text, string, path);
    } else if (shape instanceof Shape.Whole whole && isWhole(whole, value)) {
      range(shape, whole.range(), ((Number) value).doubleValue(), value, path);
    } else if (shape instanceof Shape.Decimal decimal && value instanceof Number number) {
      range(shape, decimal.range(), number.doubleValue(), value, path);
    } else if (shape instanceof Shape.Blob blob && value instanceof byte[] bytes) {
      size(shape, blob.length(), bytes.length, bytes, path);
    } else if (!(shape instanceof Shape.Bool && value instanceof Boolean)
        && !(shape instanceof Shape.Time && value instanceof Instant)) {
      violate(
          shape,
          value,
          path,
          "Member must be of shape " + shape.name() + ", not " + value.getClass().getSimpleName());
    }
  }

  private void text(Shape.Text shape, String value, String path) {
    if (!shape.values().isEmpty() && !shape.values().contains(value)) {
      violate(shape, value, path, "Member must satisfy enum value set: " + shape.values());
    }
    size(shape, shape.length(), value.length(), value, path);
    shape
        .pattern()
        .filter(pattern -> !pattern.matcher(value).matches())
        .ifPresent(
            pattern ->
                violate(
                    shape,
                    value,
                    path,
                    "Member must satisfy regular expression pattern: " + pattern.pattern()));
  }

  private void size(Shape shape, Shape.Bounds bounds, int size, Object value, String path) {
    bounded(shape, bounds, size, value, path, "length");
  }

  private void range(Shape shape, Shape.Bounds bounds, double number, Object value, String path) {
    bounded(shape, bounds, number, value, path, "value");
  }

  private void bounded(
      Shape shape, Shape.Bounds bounds, double number, Object value, String path, String what) {
    if (bounds.min().isPresent() && number < bounds.min().getAsDouble()) {
      violate(
          shape,
          value,
          path,
          "Member must have "
              + what
              + " greater than or equal to "
              + plain(bounds.min().getAsDouble()));
    }
    if (bounds.max().isPresent() && number > bounds.max().getAsDouble()) {
      violate(
          shape,
          value,
          path,
          "Member must have "
              + what
              + " less than or equal to "
              + plain(bounds.max().getAsDouble()));
    }
  }

  private void violate(Shape shape, Object value, String path, String constraint) {
    String shown = shape.sensitive() || value instanceof byte[] ? "" : " '" + value + "'";
    violations.add(
        new Violation(
            path,
            false,
            "Value" + shown + " at '" + path + "' failed to satisfy constraint: " + constraint));
  }

  private static boolean isWhole(Shape.Whole shape, Object value) {
    return value instanceof Integer || (shape.isLong() && value instanceof Long);
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
  }

  private static String lowerFirst(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
