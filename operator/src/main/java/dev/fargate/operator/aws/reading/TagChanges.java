package dev.fargate.operator.aws.reading;

import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.diff.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which tags an UPDATE writes: exactly those that it says change. What is removed is removed first:
 * one of the tags that are set says which keys are ours, and after a failure between the two calls
 * the old one must still say so.
 *
 * @param set key to value
 */
public record TagChanges(Map<String, String> set, List<String> removed) {
  private static final String PREFIX = "tags.";

  public static TagChanges of(Action action) {
    Map<String, String> set = new TreeMap<>();
    List<String> removed = new ArrayList<>();
    for (FieldChange change : action.changes()) {
      if (change.field().startsWith(PREFIX)) {
        String key = change.field().substring(PREFIX.length());
        if (action.tags().containsKey(key)) {
          set.put(key, action.tags().get(key));
        } else {
          removed.add(key);
        }
      }
    }
    return new TagChanges(set, removed);
  }
}
