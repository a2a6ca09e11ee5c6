package dev.fargate.operator.properties;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.operator.validate.AppValidation;
import dev.fargate.operator.validate.DatabaseValidation;
import dev.fargate.operator.validate.EnvironmentValidation;
import dev.fargate.operator.validate.Problem;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Phoenix sample with one change, as a line of a file in {@code properties} says it.
 *
 * @param kind whose sample is changed
 * @param field that a refusal has to name; empty when there is none
 */
record ChangedSpec(String kind, String field, JsonNode change) {
  private static final Pattern LONG = Pattern.compile("<(.) \\* ([0-9]+)>");

  static List<ChangedSpec> in(String file) {
    List<ChangedSpec> specs = new ArrayList<>();
    ApiServer.yaml(file)
        .forEach(
            one ->
                specs.add(
                    new ChangedSpec(
                        one.path("kind").asText(), one.path("field").asText(), one.get("change"))));
    return specs;
  }

  ObjectNode object() {
    ObjectNode object = ApiServer.sample(kind);
    merge((ObjectNode) object.get("spec"), (ObjectNode) expand(change));
    return object;
  }

  /** What the operator itself says of an object. */
  static List<Problem> problems(ObjectNode object) throws JsonProcessingException {
    var json = Serialization.jsonMapper();
    return switch (object.path("kind").asText()) {
      case "FargateApp" -> AppValidation.check(json.treeToValue(object, FargateApp.class));
      case "FargateDatabase" ->
          DatabaseValidation.check(json.treeToValue(object, FargateDatabase.class));
      default -> EnvironmentValidation.check(json.treeToValue(object, FargateEnvironment.class));
    };
  }

  @Override
  public String toString() {
    return kind + " " + field + " " + change;
  }

  private static JsonNode expand(JsonNode node) {
    if (node.isTextual()) {
      Matcher repeated = LONG.matcher(node.asText());
      return repeated.matches()
          ? TextNode.valueOf(repeated.group(1).repeat(Integer.parseInt(repeated.group(2))))
          : node;
    }
    if (node.has("times")) {
      return many(node);
    }
    return mapped(node, ChangedSpec::expand);
  }

  /** A copy with each field or item put through a function; itself where it has none. */
  static JsonNode mapped(JsonNode node, UnaryOperator<JsonNode> function) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = ApiServer.JSON.createObjectNode();
      object
          .properties()
          .forEach(field -> copy.set(field.getKey(), function.apply(field.getValue())));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = ApiServer.JSON.createArrayNode();
      array.forEach(item -> copy.add(function.apply(item)));
      return copy;
    }
    return node;
  }

  private static JsonNode many(JsonNode node) {
    ArrayNode list = ApiServer.JSON.createArrayNode();
    ObjectNode map = ApiServer.JSON.createObjectNode();
    for (int i = 0; i < node.get("times").asInt(); i++) {
      JsonNode item = counted(node.get("item"), i);
      list.add(item);
      map.set(node.path("key").asText().replace("#", String.valueOf(i)), item);
    }
    return node.has("key") ? map : list;
  }

  private static JsonNode counted(JsonNode item, int number) {
    try {
      return ApiServer.JSON.readTree(item.toString().replace("#", String.valueOf(number)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** As a JSON merge patch: null removes, lists are replaced. */
  static void merge(ObjectNode object, ObjectNode change) {
    change
        .properties()
        .forEach(
            field -> {
              JsonNode there = object.get(field.getKey());
              if (field.getValue().isNull()) {
                object.remove(field.getKey());
              } else if (there instanceof ObjectNode inner
                  && field.getValue() instanceof ObjectNode more) {
                merge(inner, more);
              } else {
                object.set(field.getKey(), field.getValue());
              }
            });
  }
}
