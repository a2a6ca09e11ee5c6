package dev.fargate.local.kube.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON and YAML as trees; the one place that knows the mappers. Trees in the store are never
 * changed in place.
 */
public final class Json {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new YAMLMapper();

  private Json() {}

  /** A new empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A new empty list. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /**
   * A whole number as the parser would have read it, so that a number we wrote equals the same
   * number read back (Jackson's int and long nodes are never equal).
   */
  public static NumericNode number(long value) {
    return value == (int) value
        ? JsonNodeFactory.instance.numberNode((int) value)
        : JsonNodeFactory.instance.numberNode(value);
  }

  /** Compact JSON in UTF-8. */
  public static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads JSON, or YAML when the text does not begin like a JSON document.
   *
   * @param refuseDuplicates whether a repeated key is an error (strict field validation) or the
   *     last one wins
   * @throws StatusError 400 when the text cannot be read
   */
  public static JsonNode read(byte[] body, boolean refuseDuplicates) {
    ObjectMapper mapper = looksLikeJson(body) ? JSON : YAML;
    ObjectReader reader = mapper.reader();
    if (refuseDuplicates) {
      reader = reader.with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }
    try {
      return reader.readTree(body);
    } catch (JsonProcessingException e) {
      throw StatusError.badRequest("the body cannot be read: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads one JSON or YAML object.
   *
   * @throws StatusError 400 when the text is not an object
   */
  public static ObjectNode readObject(byte[] body) {
    return asObject(read(body, false));
  }

  /**
   * The node as an object.
   *
   * @throws StatusError 400 when it is something else
   */
  public static ObjectNode asObject(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw StatusError.badRequest("the body must be one object, but is " + describe(node));
  }

  private static String describe(JsonNode node) {
    return node == null || node.isMissingNode()
        ? "empty"
        : node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static boolean looksLikeJson(byte[] body) {
    for (byte b : body) {
      if (!Character.isWhitespace(b)) {
        return b == '{' || b == '[';
      }
    }
    return false;
  }
}
