package dev.fargate.local.kube.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Catalog;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who owns whom, by {@code ownerReferences}. */
final class Owners {
  private final Store store;
  private final Catalog catalog;

  Owners(Store store, Catalog catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  /** A stored object and the resource it is of. */
  record Found(ResourceType type, ObjectNode object) {}

  /** The objects that name that uid as an owner. */
  List<Found> dependentsOf(String uid) {
    List<Found> found = new ArrayList<>();
    for (ResourceType type : catalog.stored()) {
      for (ObjectNode object : store.list(type.storage().resource(), "").objects()) {
        if (ownerUids(object).contains(uid)) {
          found.add(new Found(type, object));
        }
      }
    }
    return found;
  }

  /** Whether at least one owner still exists. */
  boolean hasLiveOwner(ObjectNode object) {
    Set<String> owners = ownerUids(object);
    for (ResourceType type : catalog.stored()) {
      for (ObjectNode candidate : store.list(type.storage().resource(), "").objects()) {
        if (owners.contains(Meta.uid(candidate))) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The objects, out of everything stored, that wait for their dependents and are named as owners
   * by this one.
   */
  List<Found> foregroundOwnersOf(ObjectNode object) {
    Set<String> owners = ownerUids(object);
    List<Found> found = new ArrayList<>();
    if (owners.isEmpty()) {
      return found;
    }
    for (ResourceType type : catalog.stored()) {
      for (ObjectNode candidate : store.list(type.storage().resource(), "").objects()) {
        if (owners.contains(Meta.uid(candidate))
            && Meta.finalizers(candidate).contains(Removal.FOREGROUND)) {
          found.add(new Found(type, candidate));
        }
      }
    }
    return found;
  }

  static boolean hasOwners(ObjectNode object) {
    return !object.path("metadata").path("ownerReferences").isEmpty();
  }

  /** A copy without the reference to that owner. */
  static ObjectNode without(ObjectNode object, String uid) {
    ObjectNode copy = object.deepCopy();
    ObjectNode meta = Meta.of(copy);
    if (meta.get("ownerReferences") instanceof ArrayNode references) {
      for (int i = references.size() - 1; i >= 0; i--) {
        if (references.get(i).path("uid").asText().equals(uid)) {
          references.remove(i);
        }
      }
      if (references.isEmpty()) {
        meta.remove("ownerReferences");
      }
    }
    return copy;
  }

  private static Set<String> ownerUids(ObjectNode object) {
    Set<String> uids = new HashSet<>();
    for (JsonNode reference : object.path("metadata").path("ownerReferences")) {
      uids.add(reference.path("uid").asText());
    }
    return uids;
  }
}
