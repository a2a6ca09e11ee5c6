package dev.fargate.local.kube.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Catalog;
import dev.fargate.local.kube.resource.GroupResource;
import dev.fargate.local.kube.resource.GroupVersion;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.resource.ObjectKey;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.resource.Target;
import dev.fargate.local.kube.store.Store;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.StatusError;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes objects and what goes with them: finalizers, owned objects, the content of namespaces and
 * definitions. A real cluster does the cascade a little later and in the background; here it is
 * done when the call returns.
 */
public final class Removal {
  /** Keeps an owner until its dependents are gone. */
  static final String FOREGROUND = "foregroundDeletion";

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final GroupResource DEFINITIONS =
      new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");

  private final Store store;
  private final Catalog catalog;
  private final Kinds kinds;
  private final Stamps stamps;
  private final Owners owners;

  /** A removal on a store. */
  public Removal(Store store, Catalog catalog, Kinds kinds, Stamps stamps) {
    this.store = store;
    this.catalog = catalog;
    this.kinds = kinds;
    this.stamps = stamps;
    this.owners = new Owners(store, catalog);
  }

  /**
   * What a deletion did.
   *
   * @param object the last state
   * @param gone false when it waits for finalizers
   */
  public record Removed(ObjectNode object, boolean gone) {}

  /**
   * Deletes one object, now or as soon as its finalizers allow.
   *
   * @throws StatusError 404 when there is none, 409 when a precondition fails
   */
  public Removed delete(Target target, DeleteOptions options) {
    ResourceType type = target.type();
    ObjectNode live =
        store
            .get(type.storage().resource(), target.key())
            .orElseThrow(() -> StatusError.notFound(target.subject()));
    Identity.checkUid(target, live, options.uid());
    Identity.checkVersion(target, live, options.resourceVersion());
    if (options.dryRun()) {
      return new Removed(live, Meta.finalizers(live).isEmpty());
    }
    if (options.propagation() == DeleteOptions.Propagation.ORPHAN) {
      orphanDependentsOf(Meta.uid(live));
    }
    if (Meta.deleting(live)) {
      return new Removed(live, false);
    }
    List<String> finalizers = new ArrayList<>(Meta.finalizers(live));
    boolean foreground = options.propagation() == DeleteOptions.Propagation.FOREGROUND;
    if (foreground && !owners.dependentsOf(Meta.uid(live)).isEmpty()) {
      finalizers.add(FOREGROUND);
    }
    if (finalizers.isEmpty() && kinds.of(type).mayGo(live)) {
      return new Removed(remove(type, live), true);
    }
    return markDeleting(target, live, finalizers);
  }

  private Removed markDeleting(Target target, ObjectNode live, List<String> finalizers) {
    ResourceType type = target.type();
    ObjectNode marked = live.deepCopy();
    Meta.of(marked)
        .put("deletionTimestamp", stamps.now())
        .set("deletionGracePeriodSeconds", Json.number(0));
    Meta.finalizers(marked, finalizers);
    Generation.bump(marked);
    kinds.of(type).deleting(marked);
    ObjectNode stored = store.put(type.storage().resource(), marked);
    kinds.of(type).stored(stored);
    if (finalizers.contains(FOREGROUND)) {
      deleteDependentsOf(Meta.uid(stored));
    }
    finishWaiting();
    var left = store.get(type.storage().resource(), target.key());
    return left.map(object -> new Removed(object, false))
        .orElseGet(() -> new Removed(stored, true));
  }

  /** Takes an object out for good, and everything that was only waiting for that. */
  ObjectNode remove(ResourceType type, ObjectNode lastState) {
    ObjectNode gone = store.remove(type.storage().resource(), lastState);
    kinds.of(type).removed(gone);
    deleteDependentsOf(Meta.uid(gone));
    for (Owners.Found owner : owners.foregroundOwnersOf(gone)) {
      finishForeground(owner);
    }
    finishWaiting();
    return gone;
  }

  /**
   * Deletes a new object whose owners are all gone already, as the garbage collector of a real
   * cluster does.
   */
  void collectIfOwnersAreGone(ResourceType type, ObjectNode object) {
    if (Owners.hasOwners(object) && !owners.hasLiveOwner(object)) {
      delete(Target.object(type, ObjectKey.of(object)), DeleteOptions.CASCADE);
    }
  }

  /**
   * Checks that a new object's namespace and definition are there to stay.
   *
   * @throws StatusError 404 when the namespace does not exist, 403 when it is being deleted, 405
   *     when the definition is
   */
  void requireLivePlace(Target target) {
    GroupResource resource = target.type().storage().resource();
    ObjectKey definition = new ObjectKey("", resource.resource() + "." + resource.group());
    if (target.type().custom()
        && store.get(DEFINITIONS, definition).filter(Meta::deleting).isPresent()) {
      throw StatusError.methodNotAllowed(
          "create not allowed while custom resource definition is terminating");
    }
    if (!target.type().namespaced()) {
      return;
    }
    String name = target.namespace();
    ObjectNode namespace =
        store
            .get(NAMESPACES, new ObjectKey("", name))
            .orElseThrow(
                () -> StatusError.notFound(new StatusError.Subject("", "namespaces", name)));
    if (Meta.deleting(namespace)) {
      throw StatusError.forbidden(
          target.subject(),
          "unable to create new content in namespace " + name + " because it is being terminated");
    }
  }

  /** Deletes everything in a namespace, or of one resource when the namespace is empty. */
  public void deleteAll(ResourceType type, String namespace) {
    for (ObjectNode object : store.list(type.storage().resource(), namespace).objects()) {
      ObjectKey key = ObjectKey.of(object);
      if (store.get(type.storage().resource(), key).isPresent()) {
        delete(Target.object(type, key), DeleteOptions.CASCADE);
      }
    }
  }

  private void deleteDependentsOf(String uid) {
    for (Owners.Found dependent : owners.dependentsOf(uid)) {
      ObjectNode orphan = Owners.without(dependent.object(), uid);
      ObjectKey key = ObjectKey.of(orphan);
      if (Owners.hasOwners(orphan) && owners.hasLiveOwner(orphan)) {
        store.put(dependent.type().storage().resource(), orphan);
      } else if (store.get(dependent.type().storage().resource(), key).isPresent()) {
        delete(Target.object(dependent.type(), key), DeleteOptions.CASCADE);
      }
    }
  }

  private void orphanDependentsOf(String uid) {
    for (Owners.Found dependent : owners.dependentsOf(uid)) {
      store.put(dependent.type().storage().resource(), Owners.without(dependent.object(), uid));
    }
  }

  private void finishForeground(Owners.Found owner) {
    if (owners.dependentsOf(Meta.uid(owner.object())).isEmpty()) {
      ObjectNode done = owner.object().deepCopy();
      List<String> finalizers = new ArrayList<>(Meta.finalizers(done));
      finalizers.remove(FOREGROUND);
      Meta.finalizers(done, finalizers);
      if (finalizers.isEmpty()) {
        remove(owner.type(), done);
      } else {
        store.put(owner.type().storage().resource(), done);
      }
    }
  }

  /** Lets go the namespaces and definitions that were waiting for their content. */
  private void finishWaiting() {
    finishWaiting(NAMESPACES, new GroupVersion("", "v1"));
    finishWaiting(DEFINITIONS, new GroupVersion("apiextensions.k8s.io", "v1"));
  }

  private void finishWaiting(GroupResource holders, GroupVersion version) {
    ResourceType type = catalog.get(version, holders.resource());
    for (ObjectNode holder : store.list(holders, "").objects()) {
      boolean waits = Meta.deleting(holder) && Meta.finalizers(holder).isEmpty();
      boolean there = store.get(holders, ObjectKey.of(holder)).isPresent();
      if (waits && there && kinds.of(type).mayGo(holder)) {
        remove(type, holder);
      }
    }
  }
}
