package dev.fargate.api.generate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema of a Kubernetes condition, with the bounds that Kubernetes gives its own ones. */
final class ConditionSchema {

  /**
   * AWS's messages are cut to this, so that all conditions together stay far below the 64 KiB of a
   * status.
   */
  private static final long MAX_MESSAGE = 4096;

  private static final long MAX_NAME = 316;
  private static final long MAX_REASON = 1024;
  private static final long MAX_TIMESTAMP = 64;

  private ConditionSchema() {}

  static void fill(JSONSchemaProps schema) {
    Map<String, JSONSchemaProps> properties = new LinkedHashMap<>();
    properties.put("type", text("What the condition is about.", MAX_NAME).build());
    properties.put(
        "status",
        text("Whether it holds.", MAX_NAME)
            .withEnum(
                JsonNodeFactory.instance.textNode("True"),
                JsonNodeFactory.instance.textNode("False"),
                JsonNodeFactory.instance.textNode("Unknown"))
            .build());
    properties.put(
        "observedGeneration",
        new JSONSchemaPropsBuilder()
            .withType("integer")
            .withFormat("int64")
            .withDescription("The metadata.generation that the condition is about.")
            .build());
    properties.put(
        "lastTransitionTime", text("When status last changed, RFC 3339.", MAX_TIMESTAMP).build());
    properties.put(
        "reason",
        text("Why, in one word of a closed list.", MAX_REASON)
            .withPattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
            .build());
    properties.put("message", text("Why, in a sentence for people.", MAX_MESSAGE).build());
    schema.setProperties(properties);
    schema.setRequired(List.of("type", "status", "lastTransitionTime", "reason", "message"));
    schema.setXKubernetesPreserveUnknownFields(null);
    schema.setAdditionalProperties(null);
  }

  private static JSONSchemaPropsBuilder text(String description, long maxLength) {
    return new JSONSchemaPropsBuilder()
        .withType("string")
        .withDescription(description)
        .withMaxLength(maxLength);
  }
}
