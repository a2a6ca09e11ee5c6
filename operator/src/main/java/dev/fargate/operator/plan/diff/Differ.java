package dev.fargate.operator.plan.diff;

import dev.fargate.operator.stack.Resource;
import java.util.Set;

/**
 * Compares one kind of resource, field by field, and says what changing each field does.
 *
 * <p>A change with effect {@code REPLACE} means that the two are not the same thing to AWS: what is
 * wanted is made beside (or after) what is there. What others own is not compared (decision 10).
 */
public interface Differ<R extends Resource> {
  Class<R> type();

  /**
   * The fields that a user may leave to others ({@code spec.ignore}), by the path of the record
   * component. None that says whose the thing is, who reaches it or which revision runs; none that
   * makes another thing of it.
   */
  default Set<String> ignorable() {
    return Set.of();
  }

  /**
   * @param actual as read from AWS
   * @param wanted with references resolved as far as known
   */
  void compare(R actual, R wanted, Changes changes);
}
