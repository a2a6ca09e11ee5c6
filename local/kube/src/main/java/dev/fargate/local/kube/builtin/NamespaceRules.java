package dev.fargate.local.kube.builtin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Catalog;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.store.Store;
import dev.fargate.local.kube.write.KindRules;
import dev.fargate.local.kube.write.Removal;
import java.util.Optional;

/** Namespaces: their content goes with them, and they go last. */
public final class NamespaceRules implements KindRules {
  private final Store store;
  private final Catalog catalog;
  private final Removal removal;

  /** Rules over the content of a store. */
  public NamespaceRules(Store store, Catalog catalog, Removal removal) {
    this.store = store;
    this.catalog = catalog;
    this.removal = removal;
  }

  @Override
  public void complete(ObjectNode object, Optional<ObjectNode> live) {
    ObjectNode labels = Meta.of(object).withObjectProperty("labels");
    labels.put("kubernetes.io/metadata.name", Meta.name(object));
    if (live.isEmpty()) {
      object.putObject("spec").putArray("finalizers").add("kubernetes");
      object.putObject("status").put("phase", "Active");
    }
  }

  @Override
  public void deleting(ObjectNode object) {
    object.withObjectProperty("status").put("phase", "Terminating");
  }

  @Override
  public void stored(ObjectNode object) {
    if (Meta.deleting(object)) {
      for (ResourceType type : catalog.stored()) {
        if (type.namespaced()) {
          removal.deleteAll(type, Meta.name(object));
        }
      }
    }
  }

  @Override
  public boolean mayGo(ObjectNode object) {
    return catalog.stored().stream()
        .filter(ResourceType::namespaced)
        .allMatch(
            type -> store.list(type.storage().resource(), Meta.name(object)).objects().isEmpty());
  }
}
