package dev.fargate.local.kube.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A structural schema: one node of {@code openAPIV3Schema}, read once, never changed. */
public final class Schema {
  /**
   * Anything goes: objects merge by field, lists are atomic. Stands for kinds and fields without a
   * schema.
   */
  public static final Schema OPEN =
      new Schema(
          Json.object().put("x-kubernetes-preserve-unknown-fields", true), Map.of(), null, null);

  private final ObjectNode source;
  private final Map<String, Schema> properties;
  private final Schema items;
  private final Schema additional;
  private final ListType listType;
  private final List<String> listMapKeys;
  private final Map<JsonNode, Schema> parts = new ConcurrentHashMap<>();

  private Schema(
      ObjectNode source, Map<String, Schema> properties, Schema items, Schema additional) {
    this.source = source;
    this.properties = properties;
    this.items = items;
    this.additional = additional;
    this.listType =
        switch (source.path("x-kubernetes-list-type").asText()) {
          case "set" -> ListType.SET;
          case "map" -> ListType.MAP;
          default -> ListType.ATOMIC;
        };
    List<String> keys = new ArrayList<>();
    source.path("x-kubernetes-list-map-keys").forEach(k -> keys.add(k.asText()));
    this.listMapKeys = List.copyOf(keys);
  }

  /** Reads a schema as it stands in a CustomResourceDefinition. */
  public static Schema of(JsonNode source) {
    if (!(source instanceof ObjectNode node)) {
      return OPEN;
    }
    Map<String, Schema> properties = new LinkedHashMap<>();
    node.path("properties").properties().forEach(e -> properties.put(e.getKey(), of(e.getValue())));
    Schema items = node.path("items").isObject() ? of(node.get("items")) : null;
    return new Schema(node, Collections.unmodifiableMap(properties), items, additional(node));
  }

  private static Schema additional(ObjectNode node) {
    JsonNode additional = node.path("additionalProperties");
    if (additional.isObject()) {
      return of(additional);
    }
    return additional.asBoolean(false) ? OPEN : null;
  }

  /**
   * The schema of one alternative of {@code allOf}, {@code anyOf}, {@code oneOf} or {@code not},
   * read once.
   */
  public Schema part(JsonNode alternative) {
    return parts.computeIfAbsent(alternative, Schema::of);
  }

  /** The same schema with one property put in place. */
  public Schema with(String name, Schema property) {
    Map<String, Schema> more = new LinkedHashMap<>(properties);
    more.put(name, property);
    return new Schema(source, Collections.unmodifiableMap(more), items, additional);
  }

  /** A keyword's value, missing when absent. */
  public JsonNode keyword(String name) {
    JsonNode value = source.get(name);
    return value == null ? MissingNode.getInstance() : value;
  }

  /** The declared type, empty when any type may stand here. */
  public String type() {
    return keyword("type").asText("");
  }

  /** The declared properties, in order. */
  public Map<String, Schema> properties() {
    return properties;
  }

  /** The schema of every list item. */
  public Optional<Schema> items() {
    return Optional.ofNullable(items);
  }

  /** The schema of the values under undeclared keys, if such keys are allowed. */
  public Optional<Schema> additionalProperties() {
    return Optional.ofNullable(additional);
  }

  /**
   * The schema a field has, if the field is known: declared, or allowed by {@code
   * additionalProperties}.
   */
  public Optional<Schema> declared(String field) {
    Schema property = properties.get(field);
    return Optional.ofNullable(property == null ? additional : property);
  }

  /** The schema to walk on with under a field: open when undeclared. */
  public Schema field(String name) {
    return declared(name).orElse(OPEN);
  }

  /** The schema to walk on with under a list. */
  public Schema item() {
    return items == null ? OPEN : items;
  }

  /** How this list merges; {@link ListType#ATOMIC} unless said otherwise. */
  public ListType listType() {
    return listType;
  }

  /** The fields that tell the items of a {@link ListType#MAP} list apart. */
  public List<String> listMapKeys() {
    return listMapKeys;
  }

  /** Whether an object is one value for merging and ownership. */
  public boolean atomicMap() {
    return keyword("x-kubernetes-map-type").asText().equals("atomic");
  }

  /** Whether undeclared fields are kept. */
  public boolean preservesUnknown() {
    return keyword("x-kubernetes-preserve-unknown-fields").asBoolean(false);
  }

  /** Whether a number and a text are both fine. */
  public boolean intOrString() {
    return keyword("x-kubernetes-int-or-string").asBoolean(false);
  }

  /** Whether null is a value here. */
  public boolean nullable() {
    return keyword("nullable").asBoolean(false);
  }

  /**
   * Whether a whole Kubernetes object stands here, with apiVersion, kind and metadata of its own.
   */
  public boolean embeddedResource() {
    return keyword("x-kubernetes-embedded-resource").asBoolean(false);
  }

  /** The node as it stands in the definition; must not be changed. */
  public ObjectNode source() {
    return source;
  }
}
