package dev.fargate.local.aws.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns a trimmed model's JSON into a {@link ServiceModel}. */
final class ModelParser {
  /** AWS answers errors with 400 unless the model says otherwise (AWS-FACTS 1). */
  private static final int CLIENT_ERROR = 400;

  private static final int SERVER_ERROR = 500;

  private static final int OK = 200;

  /**
   * What REST models may say and none of ours does. A model that says it needs the codec to learn
   * it first: read as if it were not there, it would be a wrong answer.
   */
  private static final List<String> UNSPOKEN =
      List.of(
          "payload", "streaming", "jsonvalue", "xmlAttribute", "timestampFormat", "eventstream");

  private final String signingName;
  private final JsonNode root;

  ModelParser(String signingName, JsonNode root) {
    this.signingName = signingName;
    this.root = root;
  }

  ServiceModel parse() {
    Map<String, ServiceModel.Operation> operations = new LinkedHashMap<>();
    root.get("operations")
        .properties()
        .forEach(entry -> operations.put(entry.getKey(), operation(entry.getValue())));
    Map<String, Shape> shapes = new LinkedHashMap<>();
    root.get("shapes")
        .properties()
        .forEach(e -> shapes.put(e.getKey(), shape(e.getKey(), e.getValue())));
    Map<String, ServiceModel.Http> others = new LinkedHashMap<>();
    root.get("otherOperations")
        .properties()
        .forEach(entry -> others.put(entry.getKey(), http(entry.getValue())));
    return new ServiceModel(metadata(), operations, others, shapes);
  }

  private ServiceModel.Metadata metadata() {
    JsonNode metadata = root.get("metadata");
    ServiceModel.Protocol first = protocol(metadata.get("protocol").asText());
    Set<ServiceModel.Protocol> others = new LinkedHashSet<>();
    texts(metadata.path("protocols")).forEach(text -> others.add(protocol(text)));
    others.remove(first);
    return new ServiceModel.Metadata(
        signingName,
        first,
        metadata.get("apiVersion").asText(),
        metadata.path("targetPrefix").asText(""),
        metadata.path("jsonVersion").asText(""),
        metadata.path("xmlNamespace").asText(namespaceOfInputs()),
        others,
        metadata.has("awsQueryCompatible"));
  }

  private ServiceModel.Protocol protocol(String text) {
    return switch (text) {
      case "json" -> ServiceModel.Protocol.JSON;
      case "query" -> ServiceModel.Protocol.QUERY;
      case "ec2" -> ServiceModel.Protocol.EC2;
      case "rest-json" -> ServiceModel.Protocol.REST_JSON;
      case "rest-xml" -> ServiceModel.Protocol.REST_XML;
      case "smithy-rpc-v2-cbor" -> ServiceModel.Protocol.CBOR;
      default ->
          throw new IllegalArgumentException(
              signingName + " speaks '" + text + "', which the codec does not know");
    };
  }

  /** Models of rest-xml name the namespace at the inputs that have a body. */
  private String namespaceOfInputs() {
    for (JsonNode operation : root.get("operations")) {
      String uri = operation.at("/input/xmlNamespace/uri").asText("");
      if (!uri.isEmpty()) {
        return uri;
      }
    }
    return "";
  }

  private static ServiceModel.Operation operation(JsonNode node) {
    return new ServiceModel.Operation(
        node.get("name").asText(),
        http(node.path("http")),
        text(node.path("input"), "shape"),
        text(node.path("input"), "locationName"),
        text(node.path("output"), "shape"),
        text(node.path("output"), "resultWrapper"));
  }

  private static ServiceModel.Http http(JsonNode node) {
    return new ServiceModel.Http(
        node.path("method").asText("POST"),
        node.path("requestUri").asText("/"),
        node.path("responseCode").asInt(OK));
  }

  private Shape shape(String name, JsonNode node) {
    refuseUnspoken(name, node);
    Shape.Bounds bounds = new Shape.Bounds(number(node, "min"), number(node, "max"));
    boolean sensitive = node.path("sensitive").asBoolean();
    String type = node.get("type").asText();
    return switch (type) {
      case "structure" -> structure(name, node, sensitive);
      case "list" ->
          new Shape.ListOf(
              name, member(node.get("member")), bounds, node.path("flattened").asBoolean());
      case "map" ->
          new Shape.MapOf(name, member(node.get("key")), member(node.get("value")), bounds);
      case "string", "character" ->
          new Shape.Text(
              name,
              texts(node.path("enum")),
              text(node, "pattern").map(Pattern::compile),
              bounds,
              sensitive);
      case "integer" -> new Shape.Whole(name, false, bounds);
      case "long" -> new Shape.Whole(name, true, bounds);
      case "double", "float" -> new Shape.Decimal(name, bounds);
      case "boolean" -> new Shape.Bool(name);
      case "timestamp" -> new Shape.Time(name);
      case "blob" -> new Shape.Blob(name, bounds, sensitive);
      default -> throw new IllegalArgumentException("shape " + name + " is a " + type);
    };
  }

  private void refuseUnspoken(String shape, JsonNode node) {
    if (!root.at("/metadata/protocol").asText().startsWith("rest-")) {
      return;
    }
    for (String trait : UNSPOKEN) {
      boolean said = node.has(trait);
      for (JsonNode member : node.path("members")) {
        said |= member.has(trait);
      }
      if (said) {
        throw new IllegalArgumentException(
            signingName
                + ": shape "
                + shape
                + " has the trait '"
                + trait
                + "', which the codec does not know");
      }
    }
  }

  private static Shape structure(String name, JsonNode node, boolean sensitive) {
    Map<String, Shape.Member> members = new LinkedHashMap<>();
    node.path("members")
        .properties()
        .forEach(entry -> members.put(entry.getKey(), member(entry.getValue())));
    Set<String> required = new LinkedHashSet<>(texts(node.path("required")));
    return new Shape.Structure(name, members, required, sensitive, error(name, node));
  }

  private static Optional<Shape.ErrorTrait> error(String name, JsonNode node) {
    if (!node.path("exception").asBoolean() && !node.has("error")) {
      return Optional.empty();
    }
    int status = node.path("fault").asBoolean() ? SERVER_ERROR : CLIENT_ERROR;
    JsonNode error = node.path("error");
    return Optional.of(
        new Shape.ErrorTrait(
            error.path("code").asText(name), error.path("httpStatusCode").asInt(status)));
  }

  private static Shape.Member member(JsonNode node) {
    return new Shape.Member(
        node.get("shape").asText(),
        text(node, "locationName"),
        text(node, "queryName"),
        location(node.path("location").asText("")));
  }

  private static Shape.Location location(String name) {
    return switch (name) {
      case "" -> Shape.Location.BODY;
      case "uri" -> Shape.Location.URI;
      case "querystring" -> Shape.Location.QUERY_STRING;
      case "header" -> Shape.Location.HEADER;
      default -> throw new IllegalArgumentException("a member is in location '" + name + "'");
    };
  }

  private static Optional<String> text(JsonNode node, String field) {
    return node.has(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
  }

  private static OptionalDouble number(JsonNode node, String field) {
    return node.has(field) ? OptionalDouble.of(node.get(field).asDouble()) : OptionalDouble.empty();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
