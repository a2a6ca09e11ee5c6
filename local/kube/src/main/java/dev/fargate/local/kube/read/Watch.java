package dev.fargate.local.kube.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.resource.Target;
import dev.fargate.local.kube.selector.Selector;
import dev.fargate.local.kube.store.Store;
import dev.fargate.local.kube.store.StoreEvent;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.StatusError;
import dev.fargate.local.kube.wire.WatchStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** One watch: a place in the store's log that moves on as events are taken. */
final class Watch implements WatchStream {
  private final Store store;
  private final Target target;
  private final Selector selector;
  private final Form form;
  private final Gate gate;
  private final Deque<ObjectNode> ready = new ArrayDeque<>();
  private long position;
  private volatile boolean ended;

  /** How events are written. */
  record Form(Representation representation, String includeObject, InstantSource clock) {}

  Watch(Store store, Target target, Selector selector, Form form, Gate gate) {
    this.store = store;
    this.target = target;
    this.selector = selector;
    this.form = form;
    this.gate = gate;
  }

  /** Begins after a version; called once. */
  void beginAt(long version) {
    position = version;
  }

  /** Puts the present objects in front, as if they had just been added. */
  void replay(Store.Snapshot snapshot) {
    snapshot.objects().forEach(object -> ready.add(event("ADDED", object)));
    position = snapshot.version();
  }

  /** Says up to which version everything has been told. */
  void bookmark(boolean endOfReplay) {
    ObjectNode object = Json.object();
    object
        .put("kind", target.type().names().kind())
        .put("apiVersion", target.type().version().toString());
    ObjectNode meta = object.putObject("metadata").put("resourceVersion", Long.toString(position));
    if (endOfReplay) {
      meta.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    ready.add(event("BOOKMARK", object));
  }

  /** Ends the watch with 410. */
  void expire(String why) {
    ready.add(Json.object().put("type", "ERROR").set("object", StatusError.expired(why).status()));
    ended = true;
  }

  @Override
  public Optional<ObjectNode> next(Duration wait) throws InterruptedException {
    Optional<ObjectNode> event = store.locked(this::advance);
    if (event.isEmpty() && !ended && !wait.isZero()) {
      store.await(position, wait);
      event = store.locked(this::advance);
    }
    return event;
  }

  @Override
  public boolean ended() {
    return ended && ready.isEmpty();
  }

  @Override
  public void close() {
    ended = true;
    store.wake();
  }

  /** The version up to which this watch has looked at everything. */
  long position() {
    return position;
  }

  private Optional<ObjectNode> advance() {
    while (ready.isEmpty() && !ended) {
      if (!store.remembers(position)) {
        expire("too old resource version: " + position + " (" + store.version() + ")");
        break;
      }
      Optional<StoreEvent> next = store.eventAfter(position);
      if (next.isEmpty()) {
        break;
      }
      Optional<ObjectNode> told = translate(next.get());
      Gate.Fate fate = told.isEmpty() ? Gate.Fate.DELIVER : gate.fate(target, told.get());
      if (fate == Gate.Fate.HOLD) {
        break;
      }
      position = next.get().version();
      switch (fate) {
        case DELIVER -> told.ifPresent(ready::add);
        case DROP -> {}
        case CUT -> ended = true;
        case EXPIRE -> expire("too old resource version: " + position + " (injected)");
        default -> throw new IllegalStateException(fate.name());
      }
    }
    return Optional.ofNullable(ready.poll());
  }

  /**
   * What this watch says of a change: nothing, or a type of its own when the object comes into or
   * leaves the selection.
   */
  private Optional<ObjectNode> translate(StoreEvent change) {
    ResourceType type = target.type();
    if (!change.resource().equals(type.storage().resource()) || !inNamespace(change)) {
      return Optional.empty();
    }
    ObjectNode now = type.storage().toServed().apply(change.object());
    boolean was =
        change.previous().map(type.storage().toServed()).map(selector::test).orElse(false);
    boolean is = change.type() != StoreEvent.Type.DELETED && selector.test(now);
    if (is) {
      return Optional.of(event(was ? "MODIFIED" : "ADDED", now));
    }
    return was ? Optional.of(event("DELETED", now)) : Optional.empty();
  }

  private boolean inNamespace(StoreEvent change) {
    return target.namespace().isEmpty() || target.namespace().equals(change.key().namespace());
  }

  private ObjectNode event(String eventType, ObjectNode object) {
    ObjectNode body =
        eventType.equals("BOOKMARK") && form.representation != Representation.TABLE
            ? object
            : form.representation.one(
                target.type(), object, form.includeObject, form.clock.instant());
    return Json.object().put("type", eventType).set("object", body);
  }
}
