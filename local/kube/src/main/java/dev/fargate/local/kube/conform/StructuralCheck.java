package dev.fargate.local.kube.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.fargate.local.kube.schema.ListType;
import dev.fargate.local.kube.schema.Schema;
import dev.fargate.local.kube.wire.StatusError.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a schema is structural: what a real server refuses in a definition, and what this one
 * does not know.
 */
public final class StructuralCheck {
  private static final Set<String> TYPES =
      Set.of("string", "integer", "number", "boolean", "array", "object");
  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "properties",
          "additionalProperties",
          "items",
          "required",
          "enum",
          "default",
          "nullable",
          "description",
          "title",
          "example",
          "externalDocs",
          "format",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minProperties",
          "maxProperties",
          "allOf",
          "anyOf",
          "oneOf",
          "not",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-int-or-string",
          "x-kubernetes-embedded-resource",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-map-type",
          "x-kubernetes-validations");
  private static final Set<String> NOT_IN_ALTERNATIVES =
      Set.of(
          "default",
          "description",
          "title",
          "nullable",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-list-type");

  private final List<Cause> causes = new ArrayList<>();

  private StructuralCheck() {}

  /**
   * What is wrong with a schema.
   *
   * @param path where it stands in its definition
   */
  public static List<Cause> check(Schema root, String path) {
    StructuralCheck check = new StructuralCheck();
    if (!root.type().equals("object")) {
      check.causes.add(
          new Cause(
              "FieldValueInvalid",
              path + ".type",
              "Invalid value: \"" + root.type() + "\": must be object at the root"));
    }
    check.node(root, path);
    return check.causes;
  }

  private void node(Schema schema, String path) {
    schema.source().fieldNames().forEachRemaining(name -> keyword(name, path));
    type(schema, path);
    lists(schema, path);
    pattern(schema, path);
    defaults(schema, path);
    if (!schema.properties().isEmpty() && schema.additionalProperties().isPresent()) {
      forbidden(
          path + ".additionalProperties",
          "additionalProperties and properties are mutual exclusive");
    }
    for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
      for (int i = 0; i < schema.keyword(keyword).size(); i++) {
        alternative(schema.keyword(keyword).get(i), path + "." + keyword + "[" + i + "]");
      }
    }
    for (Map.Entry<String, Schema> property : schema.properties().entrySet()) {
      node(property.getValue(), path + ".properties[" + property.getKey() + "]");
    }
    schema.items().ifPresent(s -> node(s, path + ".items"));
    schema
        .additionalProperties()
        .filter(s -> s != Schema.OPEN)
        .ifPresent(s -> node(s, path + ".additionalProperties"));
  }

  private void keyword(String name, String path) {
    if (!KEYWORDS.contains(name)) {
      forbidden(
          path + "." + name,
          "this keyword is not allowed in a structural schema, or not known here");
    }
  }

  private void type(Schema schema, String path) {
    boolean free = schema.intOrString() || schema.preservesUnknown();
    if (schema.type().isEmpty() && !free) {
      causes.add(
          new Cause(
              "FieldValueRequired",
              path + ".type",
              "Required value: must not be empty for specified object fields"));
    } else if (!schema.type().isEmpty() && !TYPES.contains(schema.type())) {
      causes.add(
          new Cause(
              "FieldValueNotSupported",
              path + ".type",
              "Unsupported value: \"" + schema.type() + "\": supported values: " + TYPES));
    }
    if (schema.type().equals("array") && schema.items().isEmpty()) {
      causes.add(
          new Cause("FieldValueRequired", path + ".items", "Required value: must be specified"));
    }
    if (schema.keyword("uniqueItems").asBoolean(false)) {
      forbidden(
          path + ".uniqueItems",
          "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    }
    String format = schema.keyword("format").asText("");
    if (Formats.unsupported(format)) {
      forbidden(
          path + ".format",
          "format " + format + " is not checked by this local server: use a pattern");
    }
  }

  private void lists(Schema schema, String path) {
    String listType = schema.keyword("x-kubernetes-list-type").asText("");
    if (!listType.isEmpty() && !Set.of("atomic", "set", "map").contains(listType)) {
      causes.add(
          new Cause(
              "FieldValueNotSupported",
              path + ".x-kubernetes-list-type",
              "Unsupported value: \""
                  + listType
                  + "\": supported values: \"atomic\", \"map\", \"set\""));
    }
    boolean keyed = schema.listType() == ListType.MAP;
    if (keyed == schema.listMapKeys().isEmpty()) {
      forbidden(
          path + ".x-kubernetes-list-map-keys",
          "must be given exactly if x-kubernetes-list-type is map");
    }
    for (String key : keyed ? schema.listMapKeys() : List.<String>of()) {
      Schema item = schema.item();
      boolean required = false;
      for (JsonNode name : item.keyword("required")) {
        required |= name.asText().equals(key);
      }
      Schema property = item.properties().get(key);
      if (property == null || !(required || !property.keyword("default").isMissingNode())) {
        causes.add(
            new Cause(
                "FieldValueRequired",
                path + ".items.properties[" + key + "]",
                "Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"));
      }
    }
  }

  private void pattern(Schema schema, String path) {
    try {
      Pattern.compile(schema.keyword("pattern").asText(""));
    } catch (PatternSyntaxException e) {
      causes.add(
          new Cause(
              "FieldValueInvalid",
              path + ".pattern",
              "Invalid value: "
                  + schema.keyword("pattern")
                  + ": must be a valid RE2 expression: "
                  + e.getMessage()));
    }
  }

  private void defaults(Schema schema, String path) {
    JsonNode standard = schema.keyword("default");
    if (standard.isMissingNode()) {
      return;
    }
    JsonNode complete = standard.deepCopy();
    Defaulting.fill(schema, complete);
    for (Cause cause : Validation.check(schema, complete, null)) {
      causes.add(new Cause(cause.reason(), path + ".default", cause.message()));
    }
  }

  private void alternative(JsonNode schema, String path) {
    schema
        .fieldNames()
        .forEachRemaining(
            name -> {
              keyword(name, path);
              if (NOT_IN_ALTERNATIVES.contains(name)) {
                forbidden(path + "." + name, "must be empty to be structural");
              }
            });
  }

  private void forbidden(String path, String why) {
    causes.add(new Cause("FieldValueForbidden", path, "Forbidden: " + why));
  }
}
