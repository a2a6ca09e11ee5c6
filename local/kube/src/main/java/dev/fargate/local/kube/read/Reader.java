package dev.fargate.local.kube.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.ObjectKey;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.resource.Target;
import dev.fargate.local.kube.selector.Selector;
import dev.fargate.local.kube.store.Store;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.KubeResponse;
import dev.fargate.local.kube.wire.Query;
import dev.fargate.local.kube.wire.StatusError;
import java.time.InstantSource;
import java.util.List;

/** Gets and lists. */
public final class Reader {
  private final Store store;
  private final InstantSource clock;
  private final Pages pages = new Pages();

  /** A reader of a store. */
  public Reader(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** One object, as its target's version sees it. */
  public ObjectNode get(Target target) {
    ResourceType type = target.type();
    return store
        .get(type.storage().resource(), target.key())
        .map(type.storage().toServed())
        .orElseThrow(() -> StatusError.notFound(target.subject()));
  }

  /** Answers a get. */
  public KubeResponse get(Target target, KubeRequest request) {
    return KubeResponse.json(200, represent(target.type(), get(target), request));
  }

  /** An object in the form the request wants. */
  public ObjectNode represent(ResourceType type, ObjectNode object, KubeRequest request) {
    Representation form = Representation.of(request.header("accept"));
    return form.one(type, object, request.query().first("includeObject"), clock.instant());
  }

  /** Answers a list. */
  public KubeResponse list(Target target, KubeRequest request) {
    Query query = request.query();
    checkVersion(query);
    Pages.Page page = pages.page(query, () -> select(target, query));
    ObjectNode meta = Json.object().put("resourceVersion", Long.toString(page.version()));
    if (!page.next().isEmpty()) {
      meta.put("continue", page.next()).put("remainingItemCount", page.remaining());
    }
    Representation form = Representation.of(request.header("accept"));
    return KubeResponse.json(
        200,
        form.list(
            target.type(), page.objects(), meta, query.first("includeObject"), clock.instant()));
  }

  /** The selected objects at the present version, as the target's version sees them. */
  public Store.Snapshot select(Target target, Query query) {
    Selector selector = Selector.of(query, target.type());
    Store.Snapshot all = store.list(target.type().storage().resource(), target.namespace());
    List<ObjectNode> selected =
        all.objects().stream()
            .map(target.type().storage().toServed())
            .filter(selector::test)
            .toList();
    return new Store.Snapshot(all.version(), selected);
  }

  /** The keys of the selected objects. */
  public List<ObjectKey> keys(Target target, Query query) {
    return select(target, query).objects().stream().map(ObjectKey::of).toList();
  }

  private void checkVersion(Query query) {
    String match = query.first("resourceVersionMatch");
    long wanted = query.number("resourceVersion").orElse(0);
    if (!match.isEmpty() && !query.has("resourceVersion")) {
      throw StatusError.badRequest(
          "resourceVersionMatch is forbidden unless resourceVersion is provided");
    }
    if (!match.isEmpty() && !match.equals("Exact") && !match.equals("NotOlderThan")) {
      throw StatusError.badRequest("resourceVersionMatch: Unsupported value: \"" + match + "\"");
    }
    long present = store.version();
    if (wanted > present) {
      throw StatusError.of(
          504, "Timeout", "Too large resource version: " + wanted + ", current: " + present);
    }
    if (match.equals("Exact") && wanted != present) {
      throw StatusError.expired(
          "The provided resource version "
              + wanted
              + " is not kept: only the current one, "
              + present);
    }
  }
}
