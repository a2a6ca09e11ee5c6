package dev.fargate.local.kube.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.schema.ListType;
import dev.fargate.local.kube.schema.Schema;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.StatusError.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks an object beside its schema. A part that equals its former state is let be, even if it
 * would be refused today (validation ratcheting, as since Kubernetes 1.30): an object of an older
 * schema can still be changed and deleted.
 */
final class Validation {
  private final List<Cause> causes = new ArrayList<>();

  private Validation() {}

  static List<Cause> check(Schema schema, JsonNode value, JsonNode old) {
    Validation validation = new Validation();
    validation.walk(schema, value, old, "");
    return validation.causes;
  }

  private void walk(Schema schema, JsonNode value, JsonNode old, String path) {
    if (value.equals(old)) {
      return;
    }
    List<Cause> own = ValueChecks.check(schema, value, path);
    causes.addAll(own);
    if (own.stream().anyMatch(c -> c.reason().equals("FieldValueTypeInvalid"))) {
      return;
    }
    combinations(schema, value, path);
    if (value.isObject()) {
      walkObject(schema, value, old, path);
    } else if (value.isArray()) {
      walkList(schema, value, old, path);
    }
  }

  private void walkObject(Schema schema, JsonNode object, JsonNode old, String path) {
    for (JsonNode name : schema.keyword("required")) {
      if (!object.has(name.asText())) {
        causes.add(
            new Cause(
                "FieldValueRequired", FieldPath.field(path, name.asText()), "Required value"));
      }
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = entry.getKey();
      JsonNode before = old == null ? null : old.get(name);
      schema
          .declared(name)
          .ifPresent(s -> walk(s, entry.getValue(), before, FieldPath.field(path, name)));
    }
  }

  private void walkList(Schema schema, JsonNode list, JsonNode old, String path) {
    duplicates(schema, list, path);
    Map<ObjectNode, JsonNode> before = new HashMap<>();
    if (old != null && schema.listType() == ListType.MAP) {
      old.forEach(item -> before.put(key(schema, item), item));
    }
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = list.get(i);
      walk(schema.item(), item, before.get(key(schema, item)), FieldPath.index(path, i));
    }
  }

  private void duplicates(Schema schema, JsonNode list, String path) {
    if (schema.listType() == ListType.ATOMIC) {
      return;
    }
    Set<JsonNode> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode identity =
          schema.listType() == ListType.SET ? list.get(i) : key(schema, list.get(i));
      if (!seen.add(identity)) {
        causes.add(
            new Cause(
                "FieldValueDuplicate", FieldPath.index(path, i), "Duplicate value: " + identity));
      }
    }
  }

  private void combinations(Schema schema, JsonNode value, String path) {
    for (JsonNode part : schema.keyword("allOf")) {
      causes.addAll(part(schema, part, value, path));
    }
    long any = fitting(schema, "anyOf", value, path);
    if (schema.keyword("anyOf").size() > 0 && any == 0) {
      invalid(path, value, "must validate at least one schema (anyOf)");
    }
    long one = fitting(schema, "oneOf", value, path);
    if (schema.keyword("oneOf").size() > 0 && one != 1) {
      invalid(
          path,
          value,
          "must validate one and only one schema (oneOf); found " + one + " valid alternatives");
    }
    JsonNode not = schema.keyword("not");
    if (not.isObject() && part(schema, not, value, path).isEmpty()) {
      invalid(path, value, "must not validate the schema (not)");
    }
  }

  private static long fitting(Schema schema, String keyword, JsonNode value, String path) {
    long fitting = 0;
    for (JsonNode part : schema.keyword(keyword)) {
      fitting += part(schema, part, value, path).isEmpty() ? 1 : 0;
    }
    return fitting;
  }

  private static List<Cause> part(Schema schema, JsonNode part, JsonNode value, String path) {
    Validation validation = new Validation();
    validation.walk(schema.part(part), value, null, path);
    return validation.causes;
  }

  private void invalid(String path, JsonNode value, String why) {
    String shown =
        value.isContainerNode() ? "\"" + ValueChecks.typeOf(value) + "\"" : value.toString();
    causes.add(
        new Cause(
            "FieldValueInvalid", FieldPath.orRoot(path), "Invalid value: " + shown + ": " + why));
  }

  /** The part of a keyed item that tells it apart. */
  static ObjectNode key(Schema list, JsonNode item) {
    ObjectNode key = Json.object();
    for (String name : list.listMapKeys()) {
      if (item.has(name)) {
        key.set(name, item.get(name));
      }
    }
    return key;
  }
}
