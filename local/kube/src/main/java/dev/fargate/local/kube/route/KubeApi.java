package dev.fargate.local.kube.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.builtin.BuiltIns;
import dev.fargate.local.kube.builtin.NamespaceRules;
import dev.fargate.local.kube.builtin.SecretRules;
import dev.fargate.local.kube.crd.DefinitionRules;
import dev.fargate.local.kube.discovery.Discovery;
import dev.fargate.local.kube.fault.Faults;
import dev.fargate.local.kube.openapi.OpenApi;
import dev.fargate.local.kube.read.Reader;
import dev.fargate.local.kube.read.Watches;
import dev.fargate.local.kube.record.Call;
import dev.fargate.local.kube.record.CallRecorder;
import dev.fargate.local.kube.resource.Catalog;
import dev.fargate.local.kube.resource.GroupResource;
import dev.fargate.local.kube.resource.GroupVersion;
import dev.fargate.local.kube.resource.Target;
import dev.fargate.local.kube.store.Store;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.KubeResponse;
import dev.fargate.local.kube.wire.StatusError;
import dev.fargate.local.kube.write.Kinds;
import dev.fargate.local.kube.write.Removal;
import dev.fargate.local.kube.write.Stamps;
import dev.fargate.local.kube.write.Writer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kubernetes API without sockets: one call in, one answer out, in the caller's thread. {@code
 * KubeServer} puts it behind http; a test in virtual time calls {@link #handle} directly.
 */
public final class KubeApi {
  private static final Logger LOG = LoggerFactory.getLogger(KubeApi.class);

  private final Store store;
  private final Catalog catalog = new Catalog();
  private final CallRecorder recorder = new CallRecorder();
  private final Faults faults;
  private final Discovery discovery = new Discovery(catalog);
  private final OpenApi openApi = new OpenApi(catalog);
  private final Router router = new Router(catalog);
  private final Verbs verbs;

  /**
   * An API on the real clock, with namespaces {@code default} and {@code kube-system} and nothing
   * else in it.
   */
  public KubeApi() {
    this(InstantSource.system(), new SecureRandom(), Store.DEFAULT_LOG_CAPACITY);
  }

  /**
   * An API whose every answer follows from its calls.
   *
   * @param clock where all times come from
   * @param random where uids and generated names come from
   * @param logCapacity how many changes a watch may lag behind before it gets 410
   */
  public KubeApi(InstantSource clock, RandomGenerator random, int logCapacity) {
    store = new Store(logCapacity);
    faults = new Faults(store::wake);
    BuiltIns.types().forEach(catalog::serve);
    Stamps stamps = new Stamps(clock, random);
    Kinds kinds = new Kinds();
    Removal removal = new Removal(store, catalog, kinds, stamps);
    kinds.add(new GroupResource("", "namespaces"), new NamespaceRules(store, catalog, removal));
    kinds.add(new GroupResource("", "secrets"), new SecretRules());
    kinds.add(
        new GroupResource("apiextensions.k8s.io", "customresourcedefinitions"),
        new DefinitionRules(store, catalog, removal, stamps));
    Reader reader = new Reader(store, clock);
    Watches watches = new Watches(store, reader, clock, faults);
    verbs = new Verbs(reader, watches, new Writer(store, kinds, stamps, removal), removal);
    for (String namespace : List.of("default", "kube-system")) {
      handle(
          KubeRequest.of(
              "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + namespace + "\"}}"));
    }
    recorder.clear();
  }

  /** Answers one call. Never throws: what goes wrong is a {@code Status} answer. */
  public KubeResponse handle(KubeRequest request) {
    try {
      return route(request);
    } catch (StatusError e) {
      return e.response();
    } catch (RuntimeException e) {
      LOG.error("{} {}", request.method(), request.path(), e);
      return StatusError.internal("an error in this local server: " + e).response();
    }
  }

  /** What was called. */
  public CallRecorder recorder() {
    return recorder;
  }

  /** What is made to go wrong. */
  public Faults faults() {
    return faults;
  }

  /**
   * Forgets all past changes: watches that lag behind, and those that resume at an old version, get
   * 410.
   */
  public void compact() {
    store.compact();
  }

  private KubeResponse route(KubeRequest request) {
    List<String> segments = Router.segments(request.path());
    String first = segments.isEmpty() ? "" : segments.get(0);
    int objectsFrom = first.equals("api") ? 2 : 3;
    if ((first.equals("api") || first.equals("apis")) && segments.size() > objectsFrom) {
      return objects(request, segments);
    }
    if (!request.method().equals("GET")) {
      throw StatusError.methodNotAllowed(
          "the server does not allow " + request.method() + " on " + request.path());
    }
    return switch (first) {
      case "healthz", "livez", "readyz" ->
          new KubeResponse.Complete(
              200, "text/plain", List.of(), "ok".getBytes(StandardCharsets.UTF_8));
      default -> KubeResponse.json(200, store.locked(() -> described(segments)));
    };
  }

  private ObjectNode described(List<String> segments) {
    String path = String.join("/", segments);
    if (path.equals("version")) {
      return discovery.version();
    }
    if (path.equals("api")) {
      return discovery.coreVersions();
    }
    if (path.equals("apis")) {
      return discovery.groups();
    }
    if (path.startsWith("openapi/v3")) {
      return openApi(segments);
    }
    boolean core = segments.size() == 2 && segments.get(0).equals("api");
    if (core || (segments.size() == 3 && segments.get(0).equals("apis"))) {
      return discovery.resources(
          GroupVersion.parse(String.join("/", segments.subList(1, segments.size()))));
    }
    if (segments.size() == 2 && segments.get(0).equals("apis")) {
      return discovery.group(segments.get(1));
    }
    throw StatusError.noSuchResource("the server could not find the requested resource: /" + path);
  }

  private ObjectNode openApi(List<String> segments) {
    if (segments.size() == 2) {
      return openApi.index();
    }
    return openApi.document(
        GroupVersion.parse(String.join("/", segments.subList(3, segments.size()))));
  }

  private KubeResponse objects(KubeRequest request, List<String> segments) {
    Target target = router.target(segments);
    String verb = Router.verb(request.method(), target, request.query().flag("watch"));
    Call call =
        new Call(
            verb,
            target.type().version().group(),
            target.type().names().plural(),
            target.subresource(),
            target.namespace(),
            target.name(),
            request.header("user-agent"));
    recorder.record(call);
    StatusError lost = faults.before(call);
    KubeResponse response = store.locked(() -> verbs.run(verb, target, request));
    return lost == null ? response : lost.response();
  }
}
