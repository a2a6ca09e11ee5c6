package dev.fargate.local.aws.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The awsJson 1.0 and 1.1 protocols: operation in {@code X-Amz-Target}, JSON bodies, times as epoch
 * seconds (AWS-FACTS 1).
 */
final class JsonProtocol implements WireProtocol {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServiceModel model;

  JsonProtocol(ServiceModel model) {
    this.model = model;
  }

  @Override
  public String operation(HttpRequest request) {
    String prefix = model.metadata().targetPrefix() + ".";
    String target =
        request
            .header("X-Amz-Target")
            .orElseThrow(
                () ->
                    new AwsException(
                        "UnknownOperationException",
                        model.metadata().signingName()
                            + " speaks awsJson: header X-Amz-Target is missing"));
    if (!target.startsWith(prefix)) {
      throw new AwsException(
          "UnknownOperationException",
          "X-Amz-Target '" + target + "' does not start with '" + prefix + "'");
    }
    return target.substring(prefix.length());
  }

  @Override
  public Struct decode(ServiceModel.Operation operation, HttpRequest request) {
    JsonNode body;
    try {
      body = request.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(request.body());
    } catch (IOException e) {
      throw refused("the request body is not JSON");
    }
    if (operation.input().isEmpty()) {
      return Struct.of();
    }
    return structure(model.structure(operation.input().get()), body, "request");
  }

  private Struct structure(Shape.Structure shape, JsonNode node, String path) {
    if (!node.isObject()) {
      throw refused(path + " must be an object");
    }
    Struct struct = Struct.of();
    node.properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              Shape.Member member = shape.members().get(name);
              if (member == null) {
                throw refused(
                    path + " has member '" + name + "', which " + shape.name() + " does not have");
              }
              if (!entry.getValue().isNull()) {
                struct.with(
                    name, value(model.shape(member.shape()), entry.getValue(), path + "." + name));
              }
            });
    return struct;
  }

  private Object value(Shape shape, JsonNode node, String path) {
    if (shape instanceof Shape.Structure structure) {
      return structure(structure, node, path);
    }
    if (shape instanceof Shape.ListOf list && node.isArray()) {
      Shape item = model.shape(list.member().shape());
      List<Object> items = new ArrayList<>();
      for (JsonNode child : node) {
        if (child.isNull()) {
          throw refused(path + " has a null item");
        }
        items.add(value(item, child, path + "." + items.size()));
      }
      return items;
    }
    if (shape instanceof Shape.MapOf map && node.isObject()) {
      Shape item = model.shape(map.value().shape());
      Map<String, Object> entries = new LinkedHashMap<>();
      node.properties()
          .forEach(
              e -> entries.put(e.getKey(), value(item, e.getValue(), path + "." + e.getKey())));
      return entries;
    }
    return scalar(shape, node)
        .orElseThrow(
            () ->
                refused(
                    path
                        + " must be a "
                        + shape.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT)
                        + " ("
                        + shape.name()
                        + "), not a JSON "
                        + node.getNodeType().toString().toLowerCase(java.util.Locale.ROOT)));
  }

  private static Optional<Object> scalar(Shape shape, JsonNode node) {
    if (shape instanceof Shape.Text && node.isTextual()) {
      return Optional.of(node.textValue());
    }
    if (shape instanceof Shape.Whole whole && node.isIntegralNumber()) {
      if (whole.isLong()) {
        return node.canConvertToLong() ? Optional.of(node.longValue()) : Optional.empty();
      }
      return node.canConvertToInt() ? Optional.of(node.intValue()) : Optional.empty();
    }
    if (shape instanceof Shape.Decimal && node.isNumber()) {
      return Optional.of(node.doubleValue());
    }
    if (shape instanceof Shape.Bool && node.isBoolean()) {
      return Optional.of(node.booleanValue());
    }
    if (shape instanceof Shape.Time && node.isNumber()) {
      long millis = node.decimalValue().movePointRight(3).longValue();
      return Optional.of(Instant.ofEpochMilli(millis));
    }
    if (shape instanceof Shape.Blob && node.isTextual()) {
      try {
        return Optional.of(node.binaryValue());
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  @Override
  public HttpResponse encode(ServiceModel.Operation operation, Struct output, String requestId) {
    if (operation.output().isEmpty()) {
      return response(200, new byte[0], requestId);
    }
    return response(200, bytes(node(model.structure(operation.output().get()), output)), requestId);
  }

  @Override
  public HttpResponse encode(AwsException error, String requestId) {
    Optional<Shape.Structure> shape = model.error(error.code());
    ObjectNode body = shape.map(s -> node(s, error.members())).orElseGet(JSON::createObjectNode);
    body.put("__type", error.code());
    String message =
        shape.stream()
            .flatMap(s -> s.members().keySet().stream())
            .filter("message"::equalsIgnoreCase)
            .findFirst()
            .orElse("message");
    body.put(message, error.getMessage());
    return response(error.httpStatus(), bytes(body), requestId);
  }

  private HttpResponse response(int status, byte[] body, String requestId) {
    return new HttpResponse(
        status,
        Map.of(
            "Content-Type",
            "application/x-amz-json-" + model.metadata().jsonVersion(),
            "x-amzn-RequestId",
            requestId),
        body);
  }

  private ObjectNode node(Shape.Structure shape, Struct struct) {
    ObjectNode node = JSON.createObjectNode();
    struct
        .members()
        .forEach(
            (name, value) ->
                node.set(name, node(model.shape(shape.members().get(name).shape()), value)));
    return node;
  }

  private JsonNode node(Shape shape, Object value) {
    if (shape instanceof Shape.Structure structure) {
      return node(structure, (Struct) value);
    }
    if (shape instanceof Shape.ListOf list) {
      ArrayNode items = JSON.createArrayNode();
      ((List<?>) value).forEach(item -> items.add(node(model.shape(list.member().shape()), item)));
      return items;
    }
    if (shape instanceof Shape.MapOf map) {
      ObjectNode entries = JSON.createObjectNode();
      ((Map<?, ?>) value)
          .forEach((k, v) -> entries.set((String) k, node(model.shape(map.value().shape()), v)));
      return entries;
    }
    if (shape instanceof Shape.Time) {
      return JSON.getNodeFactory()
          .numberNode(BigDecimal.valueOf(((Instant) value).toEpochMilli(), 3));
    }
    return JSON.valueToTree(value);
  }

  private static byte[] bytes(ObjectNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AwsException refused(String message) {
    return new AwsException("SerializationException", message);
  }
}
