package dev.fargate.local.kube.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * A set of field paths as a tree. A node is in the set when it is a member; its children may be in
 * it whether or not it is itself. Values: the operations below return new sets.
 */
public final class FieldSet {
  private boolean member;
  private final NavigableMap<PathElement, FieldSet> children = new TreeMap<>();

  /** Reads {@code fieldsV1}. */
  public static FieldSet parse(JsonNode fieldsV1) {
    FieldSet set = new FieldSet();
    for (Map.Entry<String, JsonNode> entry : fieldsV1.properties()) {
      if (entry.getKey().equals(PathElement.SELF)) {
        set.member = true;
      } else {
        FieldSet child = parse(entry.getValue());
        child.member |= entry.getValue().isEmpty();
        set.children.put(PathElement.parse(entry.getKey()), child);
      }
    }
    return set;
  }

  /** Writes {@code fieldsV1}. */
  public ObjectNode toFieldsV1() {
    ObjectNode node = Json.object();
    if (member && !children.isEmpty()) {
      node.putObject(PathElement.SELF);
    }
    children.forEach((step, child) -> node.set(step.text(), child.toFieldsV1()));
    return node;
  }

  /** The node for a step, made if missing. Only for building a set. */
  FieldSet at(PathElement step) {
    return children.computeIfAbsent(step, s -> new FieldSet());
  }

  /** Makes this node a member. Only for building a set. */
  void add() {
    member = true;
  }

  /** The part of the set under a step, empty when there is none. */
  FieldSet under(PathElement step) {
    return children.getOrDefault(step, new FieldSet());
  }

  /** Whether no path is in it. */
  public boolean isEmpty() {
    return !member && children.values().stream().allMatch(FieldSet::isEmpty);
  }

  /** The paths in either. */
  public FieldSet union(FieldSet other) {
    return combine(other, (a, b) -> a || b);
  }

  /** The paths in this one but not in the other. */
  public FieldSet minus(FieldSet other) {
    return combine(other, (a, b) -> a && !b);
  }

  /** The paths in both. */
  public FieldSet intersect(FieldSet other) {
    return combine(other, (a, b) -> a && b);
  }

  /** Every path, readable, in order. */
  List<String> paths() {
    List<String> found = new ArrayList<>();
    collect("", found);
    return found;
  }

  private void collect(String prefix, List<String> found) {
    if (member && !prefix.isEmpty()) {
      found.add(prefix);
    }
    children.forEach((step, child) -> child.collect(prefix + step.readable(), found));
  }

  private FieldSet combine(FieldSet other, BiPredicate<Boolean, Boolean> rule) {
    FieldSet result = new FieldSet();
    result.member = rule.test(member, other.member);
    NavigableMap<PathElement, FieldSet> steps = new TreeMap<>(children);
    other.children.forEach(steps::putIfAbsent);
    for (PathElement step : steps.keySet()) {
      FieldSet child = under(step).combine(other.under(step), rule);
      if (!child.isEmpty()) {
        result.children.put(step, child);
      }
    }
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldSet set && member == set.member && children.equals(set.children);
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(member) * 31 + children.hashCode();
  }

  @Override
  public String toString() {
    return paths().toString();
  }
}
