package dev.fargate.local.kube.read;

import dev.fargate.local.kube.resource.Target;
import dev.fargate.local.kube.selector.Selector;
import dev.fargate.local.kube.store.Store;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.KubeResponse;
import dev.fargate.local.kube.wire.Query;
import dev.fargate.local.kube.wire.StatusError;
import dev.fargate.local.kube.wire.WatchStream;
import java.time.InstantSource;

/** Begins watches. */
public final class Watches {
  private final Store store;
  private final Reader reader;
  private final InstantSource clock;
  private final Gate gate;

  /** Watches on a store, every event passing the gate. */
  public Watches(Store store, Reader reader, InstantSource clock, Gate gate) {
    this.store = store;
    this.reader = reader;
    this.clock = clock;
    this.gate = gate;
  }

  /**
   * Begins a watch.
   *
   * @throws StatusError 400 when its options contradict each other
   */
  public KubeResponse.Streaming watch(Target target, KubeRequest request) {
    return store.locked(() -> new KubeResponse.Streaming(begin(target, request)));
  }

  private WatchStream begin(Target target, KubeRequest request) {
    Query query = request.query();
    Representation representation = Representation.of(request.header("accept"));
    Watch.Form form = new Watch.Form(representation, query.first("includeObject"), clock);
    Watch watch = new Watch(store, target, Selector.of(query, target.type()), form, gate);
    long from = query.number("resourceVersion").orElse(0);
    boolean sendInitial = query.flag("sendInitialEvents");
    checkInitial(query);
    if (sendInitial || (from == 0 && !query.values().containsKey("sendInitialEvents"))) {
      watch.replay(reader.select(target, query));
      if (sendInitial && query.flag("allowWatchBookmarks")) {
        watch.bookmark(true);
      }
    } else if (from == 0) {
      watch.beginAt(store.version());
    } else {
      watch.beginAt(from);
      if (!store.remembers(from)) {
        watch.expire("too old resource version: " + from + " (" + store.version() + ")");
      }
    }
    if (query.flag("allowWatchBookmarks")) {
      return new BookmarkedWatch(watch);
    }
    return watch;
  }

  private static void checkInitial(Query query) {
    boolean given = query.values().containsKey("sendInitialEvents");
    String match = query.first("resourceVersionMatch");
    if (given && !match.equals("NotOlderThan")) {
      throw StatusError.badRequest(
          "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    }
    if (!given && !match.isEmpty()) {
      throw StatusError.badRequest(
          "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
    }
  }
}
