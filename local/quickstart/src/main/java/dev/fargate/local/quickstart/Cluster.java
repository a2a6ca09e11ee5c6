package dev.fargate.local.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.quickstart.progress.ObjectState;
import dev.fargate.local.quickstart.sample.Sample;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The sample's objects in the cluster. */
public final class Cluster {
  /**
   * The field manager of kubectl itself, and the annotation that its client-side apply keeps: so
   * that whoever goes on with {@code kubectl apply}, with or without --server-side, meets neither a
   * conflict nor a warning.
   */
  private static final String FIELD_MANAGER = "kubectl";

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** What others stand on comes first. */
  private static final List<String> WORST_ORDER =
      List.of("FargateEnvironment", "FargateDatabase", "FargateApp");

  private final KubernetesClient client;
  private final ObjectMapper json = new ObjectMapper();
  private final List<GenericKubernetesResource> objects;

  public Cluster(KubernetesClient client, Sample sample) {
    this.client = client;
    this.objects = sample.objects().stream().map(this::resource).toList();
  }

  private GenericKubernetesResource resource(ObjectNode object) {
    try {
      GenericKubernetesResource resource =
          json.treeToValue(object, GenericKubernetesResource.class);
      resource.getMetadata().getAnnotations().put(LAST_APPLIED, lastApplied(object));
      return resource;
    } catch (JsonProcessingException e) {
      throw new QuickstartFailure(
          "%s is no Kubernetes object: %s"
              .formatted(object.at("/metadata/name").asText(), e.getOriginalMessage()),
          e);
    }
  }

  /** As kubectl writes it: keys in order, annotations always there, a line end. */
  private String lastApplied(ObjectNode object) throws JsonProcessingException {
    ObjectNode applied = object.deepCopy();
    applied.withObject("/metadata").withObject("/annotations");
    Object ordered = json.convertValue(applied, new TypeReference<TreeMap<String, Object>>() {});
    return json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).writeValueAsString(ordered)
        + "\n";
  }

  /**
   * Like {@code kubectl apply -f}: in the given order, which need not be the order of use.
   *
   * @throws QuickstartFailure with the API server's words when it refuses an object
   */
  public void apply() {
    for (GenericKubernetesResource object : objects) {
      try {
        client.resource(object).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
      } catch (KubernetesClientException e) {
        throw new QuickstartFailure(
            "The API server refuses %s %s: %s"
                .formatted(object.getKind(), object.getMetadata().getName(), e.getMessage()),
            e);
      }
    }
  }

  /**
   * Asks for the deletion of all, without waiting: first what others use, which is the hard way.
   */
  public void deleteInTheWorstOrder() {
    delete(WORST_ORDER);
  }

  /**
   * Asks for the deletion of all, without waiting.
   *
   * @param kinds in this order; objects of other kinds come last
   */
  public void delete(List<String> kinds) {
    sorted(kinds).forEach(object -> client.resource(object).delete());
  }

  private List<GenericKubernetesResource> sorted(List<String> kinds) {
    List<GenericKubernetesResource> order = new ArrayList<>(objects);
    order.sort(Comparator.comparingInt(object -> rank(kinds, object.getKind())));
    return order;
  }

  private static int rank(List<String> kinds, String kind) {
    return kinds.contains(kind) ? kinds.indexOf(kind) : kinds.size();
  }

  /** The objects of ours that still exist, environments first. */
  public List<ObjectState> states() {
    return sorted(WORST_ORDER).stream()
        .filter(object -> object.getApiVersion().startsWith("fargate.dev/"))
        .map(object -> client.resource(object).get())
        .filter(java.util.Objects::nonNull)
        .map(object -> ObjectState.of(json.valueToTree((Object) object)))
        .toList();
  }

  /** The objects that still exist, of whatever kind, as {@code Kind name}. */
  public List<String> remaining() {
    return objects.stream()
        .filter(object -> client.resource(object).get() != null)
        .map(object -> object.getKind() + " " + object.getMetadata().getName())
        .toList();
  }

  /** The objects of ours as they are now, for a person to read. */
  public List<JsonNode> present() {
    return objects.stream()
        .filter(object -> object.getApiVersion().startsWith("fargate.dev/"))
        .map(object -> client.resource(object).get())
        .filter(java.util.Objects::nonNull)
        .<JsonNode>map(object -> json.valueToTree(object))
        .toList();
  }
}
