package dev.fargate.local.kube.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.fargate.local.kube.schema.Schema;
import dev.fargate.local.kube.wire.StatusError.Cause;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The keywords that look at one value alone, with the words a real server finds for them. */
final class ValueChecks {
  private final Schema schema;
  private final String path;
  private final List<Cause> causes = new ArrayList<>();

  private ValueChecks(Schema schema, String path) {
    this.schema = schema;
    this.path = path;
  }

  /** What is wrong with a value, apart from what is in it. */
  static List<Cause> check(Schema schema, JsonNode value, String path) {
    ValueChecks checks = new ValueChecks(schema, path);
    if (value.isNull() && schema.nullable()) {
      return checks.causes;
    }
    if (!checks.type(value)) {
      return checks.causes;
    }
    checks.enumeration(value);
    if (value.isTextual()) {
      checks.text(value.asText());
    } else if (value.isNumber()) {
      checks.number(value);
    } else if (value.isArray()) {
      checks.size(value.size(), "Items", "items");
    } else if (value.isObject()) {
      checks.size(value.size(), "Properties", "properties");
    }
    return checks.causes;
  }

  private boolean type(JsonNode value) {
    if (schema.intOrString()) {
      if (!value.isTextual() && !value.isIntegralNumber()) {
        wrongType("integer,string", value);
      }
      return causes.isEmpty();
    }
    boolean fits =
        switch (schema.type()) {
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber() || (value.isNumber() && wholeNumber(value));
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          case "array" -> value.isArray();
          case "object" -> value.isObject();
          default -> true;
        };
    if (!fits) {
      wrongType(schema.type(), value);
    }
    return fits;
  }

  private static boolean wholeNumber(JsonNode value) {
    return value.decimalValue().stripTrailingZeros().scale() <= 0;
  }

  private void wrongType(String expected, JsonNode value) {
    String actual = typeOf(value);
    String message =
        "Invalid value: \""
            + actual
            + "\": "
            + body()
            + " must be of type "
            + expected
            + ": \""
            + actual
            + "\"";
    causes.add(new Cause("FieldValueTypeInvalid", FieldPath.orRoot(path), message));
  }

  private void enumeration(JsonNode value) {
    JsonNode allowed = schema.keyword("enum");
    if (allowed.isMissingNode()
        || StreamSupport.stream(allowed.spliterator(), false).anyMatch(value::equals)) {
      return;
    }
    String values =
        StreamSupport.stream(allowed.spliterator(), false)
            .map(JsonNode::toString)
            .collect(Collectors.joining(", "));
    causes.add(
        new Cause(
            "FieldValueNotSupported",
            path,
            "Unsupported value: " + value + ": supported values: " + values));
  }

  private void text(String text) {
    JsonNode longest = schema.keyword("maxLength");
    int length = text.codePointCount(0, text.length());
    if (longest.isNumber() && length > longest.asLong()) {
      causes.add(
          new Cause(
              "FieldValueTooLong",
              path,
              "Too long: may not be more than " + longest.asLong() + " bytes"));
    }
    if (length < schema.keyword("minLength").asLong(0)) {
      invalid(
          quoted(text),
          "should be at least " + schema.keyword("minLength").asLong() + " chars long");
    }
    String pattern = schema.keyword("pattern").asText("");
    if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
      invalid(quoted(text), "should match '" + pattern + "'");
    }
    String format = schema.keyword("format").asText("");
    if (!Formats.fits(format, text)) {
      invalid(quoted(text), "must be of type " + format + ": " + quoted(text));
    }
  }

  private void number(JsonNode value) {
    BigDecimal number = value.decimalValue();
    JsonNode least = schema.keyword("minimum");
    JsonNode most = schema.keyword("maximum");
    boolean above = schema.keyword("exclusiveMinimum").asBoolean(false);
    boolean below = schema.keyword("exclusiveMaximum").asBoolean(false);
    if (least.isNumber() && number.compareTo(least.decimalValue()) < (above ? 1 : 0)) {
      invalid(value.toString(), "should be greater than " + (above ? "" : "or equal to ") + least);
    }
    if (most.isNumber() && number.compareTo(most.decimalValue()) > (below ? -1 : 0)) {
      invalid(value.toString(), "should be less than " + (below ? "" : "or equal to ") + most);
    }
    JsonNode step = schema.keyword("multipleOf");
    if (step.isNumber() && number.remainder(step.decimalValue()).signum() != 0) {
      invalid(value.toString(), "should be a multiple of " + step);
    }
    String format = schema.keyword("format").asText("");
    boolean tooLarge =
        (format.equals("int32") && !value.canConvertToInt())
            || (format.equals("int64") && !value.canConvertToLong());
    if (tooLarge) {
      invalid(value.toString(), "must be of type " + format + ": " + value);
    }
  }

  private void size(int size, String keyword, String what) {
    JsonNode most = schema.keyword("max" + keyword);
    if (most.isNumber() && size > most.asLong()) {
      causes.add(
          new Cause(
              "FieldValueTooMany",
              path,
              "Too many: " + size + ": must have at most " + most + " items"));
    }
    if (size < schema.keyword("min" + keyword).asLong(0)) {
      invalid(
          Integer.toString(size),
          "should have at least " + schema.keyword("min" + keyword) + " " + what);
    }
  }

  private void invalid(String value, String why) {
    causes.add(
        new Cause(
            "FieldValueInvalid",
            FieldPath.orRoot(path),
            "Invalid value: " + value + ": " + body() + " " + why));
  }

  private String body() {
    return (path.isEmpty() ? "" : path + " ") + "in body";
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  /** A value's type in the words of OpenAPI. */
  static String typeOf(JsonNode value) {
    if (value.isIntegralNumber()) {
      return "integer";
    }
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case OBJECT -> "object";
      case BOOLEAN -> "boolean";
      case NUMBER -> "number";
      case NULL -> "null";
      default -> "string";
    };
  }
}
