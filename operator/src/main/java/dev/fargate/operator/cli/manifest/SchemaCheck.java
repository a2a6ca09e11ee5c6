package dev.fargate.operator.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks an object against the schema of its kind as the API server would, and fills in the
 * schema's defaults. Rules in CEL are {@link SchemaRules}.
 */
final class SchemaCheck {
  /** A misspelt name differs from the right one by this many letters at most. */
  private static final int MISSPELT = 2;

  private final Document document;
  private final List<FileProblem> problems;

  SchemaCheck(Document document, List<FileProblem> problems) {
    this.document = document;
    this.problems = problems;
  }

  /** Checks a value; what is wrong is added to the problems. */
  void check(String path, JsonNode value, JSONSchemaProps schema) {
    if (!isOfType(value, schema.getType())) {
      problem(path, "must be " + article(schema.getType()) + ", but is " + shown(value));
      return;
    }
    if (value instanceof ObjectNode object) {
      object(path, object, schema);
    } else if (value instanceof ArrayNode array) {
      array(path, array, schema);
    } else {
      scalar(path, value, schema);
    }
  }

  private void object(String path, ObjectNode object, JSONSchemaProps schema) {
    Map<String, JSONSchemaProps> fields =
        schema.getProperties() == null ? Map.of() : schema.getProperties();
    // An explicit null means absent.
    new ArrayList<>(object.properties())
        .stream().filter(e -> e.getValue().isNull()).forEach(e -> object.remove(e.getKey()));
    fields.forEach(
        (name, field) -> {
          if (!object.has(name) && field.getDefault() != null) {
            object.set(name, field.getDefault().deepCopy());
          }
        });
    for (String required :
        schema.getRequired() == null ? List.<String>of() : schema.getRequired()) {
      if (!object.has(required)) {
        problem(join(path, required), "is required" + example(fields.get(required)));
      }
    }
    bounds(path, object.size(), "fields", schema.getMinProperties(), schema.getMaxProperties());
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      JSONSchemaProps field = fields.get(entry.getKey());
      if (field != null) {
        check(join(path, entry.getKey()), entry.getValue(), field);
      } else if (schema.getAdditionalProperties() != null) {
        check(
            join(path, entry.getKey()),
            entry.getValue(),
            schema.getAdditionalProperties().getSchema());
      } else {
        problem(join(path, entry.getKey()), unknown(entry.getKey(), fields.keySet()));
      }
    }
  }

  private void array(String path, ArrayNode array, JSONSchemaProps schema) {
    bounds(path, array.size(), "items", schema.getMinItems(), schema.getMaxItems());
    Set<String> seen = new HashSet<>();
    List<String> keys = schema.getXKubernetesListMapKeys();
    for (int i = 0; i < array.size(); i++) {
      String item = path + "[" + i + "]";
      check(item, array.get(i), schema.getItems().getSchema());
      if (keys != null && !keys.isEmpty()) {
        JsonNode one = array.get(i);
        String key = keys.stream().map(k -> one.path(k).asText()).collect(Collectors.joining("/"));
        if (!seen.add(key)) {
          problem(item + "." + keys.get(0), "is \"" + key + "\" a second time; names must differ");
        }
      } else if ("set".equals(schema.getXKubernetesListType())
          && !seen.add(array.get(i).asText())) {
        problem(item, "is there twice; keep one");
      }
    }
  }

  private void scalar(String path, JsonNode value, JSONSchemaProps schema) {
    if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
      List<String> allowed = schema.getEnum().stream().map(JsonNode::asText).toList();
      if (!allowed.contains(value.asText())) {
        problem(path, "is " + shown(value) + "; use one of " + String.join(", ", allowed));
      }
      return;
    }
    if (value.isTextual()) {
      bounds(
          path,
          value.asText().length(),
          "characters",
          schema.getMinLength(),
          schema.getMaxLength());
      String pattern = schema.getPattern();
      if (pattern != null && !Pattern.compile(pattern).matcher(value.asText()).find()) {
        problem(path, "is " + shown(value) + ", which does not match " + pattern + example(schema));
      }
    } else if (value.isNumber()) {
      if (schema.getMinimum() != null && value.doubleValue() < schema.getMinimum()) {
        problem(path, "is " + value + "; at least " + schema.getMinimum().longValue());
      }
      if (schema.getMaximum() != null && value.doubleValue() > schema.getMaximum()) {
        problem(path, "is " + value + "; at most " + schema.getMaximum().longValue());
      }
    }
  }

  private void bounds(String path, int size, String what, Long least, Long most) {
    if (least != null && most != null && least.equals(most) && size != least) {
      problem(path, "has " + size + " " + what + "; exactly " + least + " must be set");
    } else if (least != null && size < least) {
      problem(path, "has " + size + " " + what + "; at least " + least);
    } else if (most != null && size > most) {
      problem(path, "has " + size + " " + what + "; at most " + most);
    }
  }

  private static boolean isOfType(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      default -> true;
    };
  }

  private static String article(String type) {
    return switch (type) {
      case "object" -> "an object with fields";
      case "array" -> "a list (its items begin with -)";
      case "string" -> "a string (put it in quotes)";
      case "integer" -> "a whole number, without quotes";
      case "boolean" -> "true or false, without quotes";
      default -> type;
    };
  }

  private static String shown(JsonNode value) {
    return value.isContainerNode() ? (value.isObject() ? "an object" : "a list") : value.toString();
  }

  /** The example of a field's description. */
  private static String example(JSONSchemaProps schema) {
    String description =
        schema == null || schema.getDescription() == null ? "" : schema.getDescription();
    int start = description.indexOf("Example: ");
    if (start < 0) {
      return "";
    }
    String example = description.substring(start + "Example: ".length());
    int end = example.indexOf(". ");
    example = end < 0 ? example.replaceFirst("\\.$", "") : example.substring(0, end);
    return ", for example " + example;
  }

  private static String unknown(String name, Set<String> known) {
    String nearest =
        known.stream()
            .filter(other -> distance(name, other) <= MISSPELT)
            .min(Comparator.comparingInt(other -> distance(name, other)))
            .orElse(null);
    return "is no field here; "
        + (nearest != null
            ? "did you mean " + nearest + "?"
            : "fields are " + known.stream().sorted().collect(Collectors.joining(", ")));
  }

  /** How many letters must be put in, left out or changed (Levenshtein). */
  private static int distance(String name, String known) {
    String one = name.toLowerCase(Locale.ROOT);
    String other = known.toLowerCase(Locale.ROOT);
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private void problem(String field, String message) {
    problems.add(document.problem(field, message));
  }
}
