package dev.fargate.api.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind's schema as JSON Schema (draft 7), for editors and for checks in a pipeline without a
 * cluster. It refuses fields that it does not know, as `kubectl apply` with strict validation does.
 * What only the API server can check (CEL rules, keyed lists) is not in it.
 */
final class JsonSchema {

  private static final String DRAFT = "http://json-schema.org/draft-07/schema#";

  /** Words that only the API server understands. */
  private static final String KUBERNETES_WORD = "x-kubernetes-";

  private static final String LIST_TYPE = KUBERNETES_WORD + "list-type";

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonSchema() {}

  /** Where checkers of manifests look for it: folder by group, name by kind and version. */
  static String path(CustomResourceDefinition crd) {
    return "crds/schema/%s/%s_%s.json"
        .formatted(
            crd.getSpec().getGroup(),
            crd.getSpec().getNames().getSingular(),
            crd.getSpec().getVersions().get(0).getName());
  }

  static String of(CustomResourceDefinition crd) {
    var version = crd.getSpec().getVersions().get(0);
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", DRAFT);
    schema.put("title", crd.getSpec().getNames().getKind());
    schema.setAll((ObjectNode) CrdYaml.tree(version.getSchema().getOpenAPIV3Schema()));
    translate(schema);
    ObjectNode properties = (ObjectNode) schema.get("properties");
    properties
        .putObject("apiVersion")
        .put("const", crd.getSpec().getGroup() + "/" + version.getName());
    properties.putObject("kind").put("const", crd.getSpec().getNames().getKind());
    properties.putObject("metadata").put("type", "object");
    schema.putArray("required").add("apiVersion").add("kind").add("metadata").add("spec");
    return text(schema);
  }

  private static void translate(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path("properties").isObject() && object.path("type").asText().equals("object")) {
        object.put("additionalProperties", false);
      }
      if (object.path(LIST_TYPE).asText().equals("set")) {
        object.put("uniqueItems", true);
      }
      object.remove(kubernetesWords(object));
    }
    node.forEach(JsonSchema::translate);
  }

  private static List<String> kubernetesWords(ObjectNode object) {
    List<String> words = new ArrayList<>();
    object.fieldNames().forEachRemaining(words::add);
    words.removeIf(word -> !word.startsWith(KUBERNETES_WORD));
    return words;
  }

  private static String text(ObjectNode schema) {
    DefaultPrettyPrinter lines = new DefaultPrettyPrinter();
    lines.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
    lines.indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
    try {
      return JSON.writer(lines).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
