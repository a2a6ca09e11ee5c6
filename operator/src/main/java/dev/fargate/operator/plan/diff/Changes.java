package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Collects the fields in which what is wanted differs from what is there. A reference that is not
 * resolved prints as {@code (known after: X)} and so differs from anything AWS can have.
 */
public final class Changes {
  private final List<FieldChange> list = new ArrayList<>();

  /** Compares by value; null is absent. */
  public Changes field(String field, Object before, Object after, Effect effect) {
    String was = text(before);
    String becomes = text(after);
    if (!Objects.equals(was, becomes)) {
      list.add(new FieldChange(field, was, becomes, effect));
    }
    return this;
  }

  /** Compares without regard to order: AWS returns such lists as it likes. */
  public Changes set(String field, Collection<?> before, Collection<?> after, Effect effect) {
    return field(field, sorted(before), sorted(after), effect);
  }

  /** One change per key; a key that is not wanted is left alone. */
  public Changes wantedKeys(
      String field, Map<String, ?> before, Map<String, ?> after, Effect effect) {
    after.forEach((key, value) -> field(field + "." + key, before.get(key), value, effect));
    return this;
  }

  /** One change per key that is added, changed or taken away. */
  public Changes map(String field, Map<String, ?> before, Map<String, ?> after, Effect effect) {
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.forEach(key -> field(field + "." + key, before.get(key), after.get(key), effect));
    return this;
  }

  /** A change that no comparison shows. */
  public Changes add(FieldChange change) {
    list.add(change);
    return this;
  }

  public List<FieldChange> list() {
    return List.copyOf(list);
  }

  private static List<String> sorted(Collection<?> values) {
    return values.stream().map(String::valueOf).sorted(Comparator.naturalOrder()).toList();
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }
}
