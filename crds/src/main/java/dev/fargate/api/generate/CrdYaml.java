package dev.fargate.api.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * A definition as YAML that people can review: whole numbers without a fraction, one line per
 * description. Strings stay quoted, because YAML's own idea of which words are booleans is a trap.
 */
final class CrdYaml {

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .build());

  private CrdYaml() {}

  static String of(CustomResourceDefinition crd) {
    try {
      return YAML.writeValueAsString(tree(crd));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A definition, or a part of one, as it goes over the wire. */
  static JsonNode tree(Object part) {
    try {
      return wholeNumbers(new ObjectMapper().readTree(new KubernetesSerialization().asJson(part)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The model holds minimum and maximum as doubles. */
  private static JsonNode wholeNumbers(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(wholeNumbers(field.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, wholeNumbers(array.get(i)));
      }
    } else if (node.isDouble() && node.doubleValue() == node.longValue()) {
      return LongNode.valueOf(node.longValue());
    }
    return node;
  }
}
