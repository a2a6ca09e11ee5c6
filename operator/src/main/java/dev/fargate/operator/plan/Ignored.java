package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Resource;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The properties that the spec leaves to others. What is wanted of a thing that is there already is
 * wanted with AWS's own values in them, so that no comparison sees them differ, and a call that
 * writes them together with others writes what is there.
 *
 * @param properties {@code Kind.property}, as {@link
 *     dev.fargate.operator.plan.diff.Differs#ignorable} lists them
 */
public record Ignored(Set<String> properties) {
  public Ignored {
    properties = Set.copyOf(properties);
  }

  public static Ignored nothing() {
    return new Ignored(Set.of());
  }

  /** The first with the second's values in every ignored property. Both are of one kind. */
  public Resource keep(Resource wanted, Resource actual) {
    Resource kept = wanted;
    String kind = wanted.id().kind().label() + ".";
    for (String property : properties) {
      if (property.startsWith(kind)) {
        List<String> path = Arrays.asList(property.substring(kind.length()).split("\\."));
        kept = (Resource) with(kept, actual, path);
      }
    }
    return kept;
  }

  /** A copy of the first record with the second's value where the path of components leads. */
  static Object with(Object wanted, Object actual, List<String> path) {
    RecordComponent[] components = wanted.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = read(components[i], wanted);
      if (components[i].getName().equals(path.get(0))) {
        Object there = read(components[i], actual);
        boolean whole = path.size() == 1 || values[i] == null || there == null;
        values[i] = whole ? there : with(values[i], there, path.subList(1, path.size()));
      }
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return wanted.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + wanted.getClass(), e);
    }
  }

  private static Object read(RecordComponent component, Object value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
