package dev.fargate.local.kube.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/**
 * How a served version relates to what is stored.
 *
 * @param resource the place all versions share
 * @param version the version objects are stored in
 * @param toServed turns a stored object into this version; must not change its argument
 * @param toStored the way back; must not change its argument
 */
public record Storage(
    GroupResource resource,
    GroupVersion version,
    UnaryOperator<ObjectNode> toServed,
    UnaryOperator<ObjectNode> toStored) {

  /** Stored as served. */
  public static Storage same(GroupVersion version, String plural) {
    return new Storage(
        new GroupResource(version.group(), plural),
        version,
        UnaryOperator.identity(),
        UnaryOperator.identity());
  }

  /** Versions that differ in nothing but {@code apiVersion}: conversion strategy {@code None}. */
  public static Storage renamed(GroupVersion served, GroupVersion stored, String plural) {
    if (served.equals(stored)) {
      return same(served, plural);
    }
    return new Storage(
        new GroupResource(stored.group(), plural),
        stored,
        object -> object.deepCopy().put("apiVersion", served.toString()),
        object -> object.deepCopy().put("apiVersion", stored.toString()));
  }
}
