package dev.fargate.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a GitOps tool does to a cluster in each of its rounds, for what is in Git. */
abstract class SyncTool {
  private static final ObjectMapper JSON = new ObjectMapper();

  final KubeWorld cluster;
  private final String manager;
  private final Map<String, String> labels;

  private SyncTool(KubeWorld cluster, String manager, Map<String, String> labels) {
    this.cluster = cluster;
    this.manager = manager;
    this.labels = labels;
  }

  /** Flux' kustomize-controller: server-side apply, its labels, drift by dry run. */
  static SyncTool flux(KubeWorld cluster) {
    return new ServerSide(
        cluster,
        "kustomize-controller",
        Map.of(
            "kustomize.toolkit.fluxcd.io/name", "phoenix",
            "kustomize.toolkit.fluxcd.io/namespace", "flux-system"));
  }

  /** Argo CD with ServerSideApply=true and ServerSideDiff=true. */
  static SyncTool argoServerSide(KubeWorld cluster) {
    return new ServerSide(
        cluster, "argocd-controller", Map.of("app.kubernetes.io/instance", "phoenix"));
  }

  /** Argo CD as it is by default: client-side apply, three-way diff. */
  static SyncTool argoClientSide(KubeWorld cluster) {
    return new ClientSide(
        cluster, "argocd-controller", Map.of("app.kubernetes.io/instance", "phoenix"));
  }

  /** What it would show as out of sync, in words; empty when nothing. */
  final List<String> diffs(List<ObjectNode> git) {
    List<String> diffs = new ArrayList<>();
    for (ObjectNode object : stamped(git)) {
      Optional<ObjectNode> live = cluster.live(object);
      if (live.isEmpty()) {
        diffs.add(name(object) + " is missing");
        continue;
      }
      ObjectNode was = withoutManagedFields(live.get());
      ObjectNode becomes = withoutManagedFields(predicted(object, live.get()));
      if (!was.equals(becomes)) {
        diffs.add(name(object) + ": " + changes("", was, becomes));
      }
    }
    toPrune(git).forEach(object -> diffs.add(name(object) + " is to be pruned"));
    return diffs;
  }

  /** Writes everything, whether it differs or not, and prunes what carries its labels. */
  final void sync(List<ObjectNode> git) {
    stamped(git).forEach(this::write);
    toPrune(git).forEach(cluster::delete);
  }

  /** The live object as it would be after a write. */
  abstract ObjectNode predicted(ObjectNode object, ObjectNode live);

  abstract void write(ObjectNode object);

  final String manager() {
    return manager;
  }

  private List<ObjectNode> toPrune(List<ObjectNode> git) {
    List<String> wanted = git.stream().map(SyncTool::name).toList();
    String selector =
        String.join(",", labels.entrySet().stream().map(Map.Entry::toString).sorted().toList());
    return cluster.objects(selector).stream()
        .filter(object -> !wanted.contains(name(object)))
        .filter(object -> !object.at("/metadata").has("deletionTimestamp"))
        .toList();
  }

  private List<ObjectNode> stamped(List<ObjectNode> git) {
    return git.stream()
        .map(
            object -> {
              ObjectNode copy = object.deepCopy();
              labels.forEach(((ObjectNode) copy.path("metadata")).withObject("/labels")::put);
              return copy;
            })
        .toList();
  }

  static String name(ObjectNode object) {
    return object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
  }

  private static ObjectNode withoutManagedFields(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    ((ObjectNode) copy.path("metadata")).remove("managedFields");
    return copy;
  }

  private static List<String> changes(String path, JsonNode was, JsonNode becomes) {
    List<String> changes = new ArrayList<>();
    if (was.isObject() && becomes.isObject()) {
      ObjectNode names = JSON.createObjectNode();
      names.setAll((ObjectNode) was);
      names.setAll((ObjectNode) becomes);
      for (Iterator<String> it = names.fieldNames(); it.hasNext(); ) {
        String field = it.next();
        changes.addAll(changes(path + "." + field, was.path(field), becomes.path(field)));
      }
    } else if (!was.equals(becomes)) {
      changes.add(path + ": " + was + " -> " + becomes);
    }
    return changes;
  }

  private static final class ServerSide extends SyncTool {
    private ServerSide(KubeWorld cluster, String manager, Map<String, String> labels) {
      super(cluster, manager, labels);
    }

    @Override
    ObjectNode predicted(ObjectNode object, ObjectNode live) {
      return cluster.apply(object, manager(), true);
    }

    @Override
    void write(ObjectNode object) {
      cluster.apply(object, manager(), false);
    }
  }

  private static final class ClientSide extends SyncTool {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private ClientSide(KubeWorld cluster, String manager, Map<String, String> labels) {
      super(cluster, manager, labels);
    }

    @Override
    ObjectNode predicted(ObjectNode object, ObjectNode live) {
      ObjectNode copy = live.deepCopy();
      merge(copy, threeWay(lastApplied(live), remembering(object), live));
      return copy;
    }

    @Override
    void write(ObjectNode object) {
      ObjectNode wanted = remembering(object);
      Optional<ObjectNode> live = cluster.live(object);
      if (live.isEmpty()) {
        cluster.create(wanted, manager());
        return;
      }
      ObjectNode patch = threeWay(lastApplied(live.get()), wanted, live.get());
      if (!patch.isEmpty()) {
        cluster.merge(object, patch, manager());
      }
    }

    private static ObjectNode remembering(ObjectNode object) {
      ObjectNode copy = object.deepCopy();
      ((ObjectNode) copy.path("metadata"))
          .withObject("/annotations")
          .put(LAST_APPLIED, object.toString());
      return copy;
    }

    private static JsonNode lastApplied(ObjectNode live) {
      String text = live.at("/metadata/annotations").path(LAST_APPLIED).asText("{}");
      return KubeWorld.tree(text);
    }

    /** A JSON merge patch; lists are compared and replaced whole, as for custom resources. */
    private static ObjectNode threeWay(JsonNode original, JsonNode wanted, JsonNode live) {
      ObjectNode patch = JSON.createObjectNode();
      wanted
          .properties()
          .forEach(
              field -> {
                JsonNode now = live.path(field.getKey());
                if (field.getValue().isObject() && now.isObject()) {
                  ObjectNode below = threeWay(original.path(field.getKey()), field.getValue(), now);
                  if (!below.isEmpty()) {
                    patch.set(field.getKey(), below);
                  }
                } else if (!Shipped.plain(field.getValue()).equals(Shipped.plain(now))) {
                  patch.set(field.getKey(), field.getValue());
                }
              });
      original
          .fieldNames()
          .forEachRemaining(
              field -> {
                if (!wanted.has(field) && live.has(field)) {
                  patch.putNull(field);
                }
              });
      return patch;
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
      patch
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isNull()) {
                  target.remove(field.getKey());
                } else if (field.getValue() instanceof ObjectNode below
                    && target.get(field.getKey()) instanceof ObjectNode now) {
                  merge(now, below);
                } else {
                  target.set(field.getKey(), field.getValue());
                }
              });
    }
  }
}
