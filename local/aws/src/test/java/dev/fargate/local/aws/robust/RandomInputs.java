package dev.fargate.local.aws.robust;

import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Random inputs that mostly satisfy AWS's model, made of values the endpoint has used before: a
 * member gets values seen under its own name, so that calls meet what earlier calls made.
 */
final class RandomInputs {
  private static final int MAX_DEPTH = 5;
  private static final int SEEN_KEPT = 12;

  private final Random random;
  private final Map<String, List<String>> seen = new HashMap<>();

  RandomInputs(Random random) {
    this.random = random;
  }

  /** Remembers the texts of an answer or a successful input. */
  void learn(Struct struct) {
    struct.members().forEach(this::learn);
  }

  void learn(String name, Object value) {
    if (value instanceof Struct struct) {
      learn(struct);
    } else if (value instanceof List<?> list) {
      list.forEach(item -> learn(singular(name), item));
    } else if (value instanceof String text && !text.isEmpty()) {
      List<String> texts = seen.computeIfAbsent(key(name), k -> new ArrayList<>());
      if (!texts.contains(text)) {
        texts.add(text);
        if (texts.size() > SEEN_KEPT) {
          texts.remove(random.nextInt(texts.size()));
        }
      }
    }
  }

  Struct input(ServiceModel model, Shape.Structure shape) {
    return structure(model, shape, 0);
  }

  /** A copy in which one or two members, at any depth, are others. */
  Struct changed(ServiceModel model, Shape.Structure shape, Struct input) {
    Struct copy = input.deepCopy();
    List<String> names = new ArrayList<>(copy.members().keySet());
    for (int i = random.nextInt(2); i >= 0 && !names.isEmpty(); i--) {
      String name = names.get(random.nextInt(names.size()));
      Shape member = model.shape(shape.members().get(name).shape());
      copy.with(name, changed(model, name, member, copy.get(name)));
    }
    if (random.nextInt(3) == 0 && !shape.members().isEmpty()) {
      List<String> all = new ArrayList<>(shape.members().keySet());
      String name = all.get(random.nextInt(all.size()));
      Shape member = model.shape(shape.members().get(name).shape());
      copy.with(name, value(model, name, member, 1));
    }
    return copy;
  }

  private Object changed(ServiceModel model, String name, Shape shape, Object value) {
    if (random.nextInt(4) == 0) {
      return value(model, name, shape, 2);
    }
    if (shape instanceof Shape.Structure structure && value instanceof Struct struct) {
      return changed(model, structure, struct);
    }
    if (shape instanceof Shape.ListOf list && value instanceof List<?> items && !items.isEmpty()) {
      Shape item = model.shape(list.member().shape());
      List<Object> copy = new ArrayList<>(items);
      int at = random.nextInt(copy.size());
      copy.set(at, changed(model, singular(name), item, copy.get(at)));
      return copy;
    }
    return value(model, name, shape, 2);
  }

  private Struct structure(ServiceModel model, Shape.Structure shape, int depth) {
    Struct struct = Struct.of();
    shape
        .members()
        .forEach(
            (name, member) -> {
              boolean required = shape.required().contains(name);
              if (required || (depth < MAX_DEPTH && random.nextInt(3) == 0)) {
                struct.with(name, value(model, name, model.shape(member.shape()), depth + 1));
              }
            });
    return struct;
  }

  private Object value(ServiceModel model, String name, Shape shape, int depth) {
    if (shape instanceof Shape.Structure structure) {
      return structure(model, structure, depth);
    }
    if (shape instanceof Shape.ListOf list) {
      int least = (int) list.size().min().orElse(0);
      int size = Math.max(least, depth > MAX_DEPTH ? 0 : random.nextInt(3));
      Shape item = model.shape(list.member().shape());
      List<Object> items = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        items.add(value(model, singular(name), item, depth + 1));
      }
      return items;
    }
    if (shape instanceof Shape.MapOf map) {
      Map<String, Object> entries = new LinkedHashMap<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        Shape value = model.shape(map.value().shape());
        entries.put("k" + i, value(model, name + "Value", value, depth + 1));
      }
      return entries;
    }
    return scalar(name, shape);
  }

  private Object scalar(String name, Shape shape) {
    if (shape instanceof Shape.Text text) {
      return text(name, text);
    }
    if (shape instanceof Shape.Whole whole) {
      int number = whole(whole.range());
      return whole.isLong() ? (Object) (long) number : (Object) number;
    }
    if (shape instanceof Shape.Decimal) {
      return random.nextInt(100) / 2.0;
    }
    if (shape instanceof Shape.Bool) {
      return random.nextBoolean();
    }
    if (shape instanceof Shape.Time) {
      return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(100_000));
    }
    return new byte[] {1, 2, 3};
  }

  private String text(String name, Shape.Text shape) {
    if (!shape.values().isEmpty()) {
      return shape.values().get(random.nextInt(shape.values().size()));
    }
    List<String> texts = seen.getOrDefault(key(name), List.of());
    if (!texts.isEmpty() && random.nextInt(5) > 0) {
      return texts.get(random.nextInt(texts.size()));
    }
    List<String> plain =
        List.of("a", "web", "a.b", "*", "0.0.0.0/0", "/x", "80", "é ", "x".repeat(40));
    String text = plain.get(random.nextInt(plain.size()));
    Optional<java.util.regex.Pattern> pattern = shape.pattern();
    int least = (int) shape.length().min().orElse(0);
    String fitting = text.length() < least ? text.repeat(least) : text;
    return pattern.isPresent() && !pattern.get().matcher(fitting).matches()
        ? "a".repeat(Math.max(1, least))
        : fitting;
  }

  private int whole(Shape.Bounds range) {
    List<Integer> plain = List.of(0, 1, 2, 5, 30, 80, 100, 256, 512, 1000, 3000, -1);
    int number = plain.get(random.nextInt(plain.size()));
    int least = (int) range.min().orElse(number);
    int most = (int) range.max().orElse(number);
    return Math.min(Math.max(number, least), Math.max(most, least));
  }

  private static String singular(String name) {
    return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
