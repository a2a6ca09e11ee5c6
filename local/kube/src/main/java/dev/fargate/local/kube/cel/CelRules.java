package dev.fargate.local.kube.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.compiler.CelCompiler;
import dev.fargate.local.kube.schema.ListType;
import dev.fargate.local.kube.schema.ObjectSchemas;
import dev.fargate.local.kube.schema.Schema;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.StatusError.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** All rules of one schema, and where they stand in it. */
public final class CelRules {
  /** No rules at all: what built-in kinds have. */
  public static final CelRules NONE = new CelRules();

  private final Map<Schema, List<CelRule>> rules = new IdentityHashMap<>();
  private final List<Cause> refused = new ArrayList<>();

  private CelRules() {}

  /**
   * Compiles the rules of a schema; what cannot be compiled is in {@link #refused}.
   *
   * @param path where the schema stands in its definition
   */
  public static CelRules compile(Schema root, String path) {
    CelRules all = new CelRules();
    all.compileFrom(root, path, true);
    return all;
  }

  /** What is wrong with the rules themselves. */
  public List<Cause> refused() {
    return List.copyOf(refused);
  }

  private void compileFrom(Schema schema, String path, boolean correlatable) {
    JsonNode sources = schema.keyword("x-kubernetes-validations");
    if (!sources.isEmpty()) {
      rules.put(schema, compileHere(schema, sources, path, correlatable));
    }
    schema
        .properties()
        .forEach(
            (name, property) ->
                compileFrom(property, path + ".properties[" + name + "]", correlatable));
    schema
        .additionalProperties()
        .ifPresent(s -> compileFrom(s, path + ".additionalProperties", correlatable));
    boolean below = correlatable && schema.listType() == ListType.MAP;
    schema.items().ifPresent(s -> compileFrom(s, path + ".items", below));
  }

  private List<CelRule> compileHere(
      Schema schema, JsonNode sources, String path, boolean correlatable) {
    CelCompiler compiler = CelRule.compiler(visible(schema));
    List<CelRule> compiled = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      String at = path + ".x-kubernetes-validations[" + i + "].";
      try {
        CelRule rule = CelRule.compile(compiler, schema, sources.get(i));
        if (rule.transition() && !correlatable) {
          throw new CelRefused(
              "rule", "oldSelf cannot be used on the uncorrelatable portion of the schema");
        }
        compiled.add(rule);
      } catch (CelRefused e) {
        String shown = sources.get(i).path(e.field()).toString();
        refused.add(
            new Cause(
                "FieldValueInvalid",
                at + e.field(),
                "Invalid value: " + shown + ": " + e.getMessage()));
      }
    }
    return compiled;
  }

  /** Of an object's metadata rules see only the names, as on a real server. */
  private static Schema visible(Schema schema) {
    boolean root = schema.properties().get("metadata") == ObjectSchemas.metadata();
    return root ? schema.with("metadata", ObjectSchemas.metadataForRules()) : schema;
  }

  /**
   * What the rules say about an object.
   *
   * @param old the state before, null for a create
   */
  public List<Cause> check(Schema schema, JsonNode value, JsonNode old) {
    List<Cause> causes = new ArrayList<>();
    if (!rules.isEmpty()) {
      walk(schema, value, old, "", causes);
    }
    return causes;
  }

  private void walk(Schema schema, JsonNode value, JsonNode old, String path, List<Cause> causes) {
    boolean unchanged = value.equals(old);
    for (CelRule rule : rules.getOrDefault(schema, List.of())) {
      boolean applies = rule.transition() ? old != null : !unchanged;
      if (applies) {
        rule.refusal(value, old)
            .ifPresent(message -> causes.add(cause(rule, value, path, message)));
      }
    }
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        String name = entry.getKey();
        String at = path.isEmpty() ? name : path + "." + name;
        JsonNode before = old == null ? null : old.get(name);
        schema.declared(name).ifPresent(s -> walk(s, entry.getValue(), before, at, causes));
      }
    } else if (value.isArray()) {
      Map<ObjectNode, JsonNode> before = byKey(schema, old);
      for (int i = 0; i < value.size(); i++) {
        JsonNode item = value.get(i);
        walk(schema.item(), item, before.get(key(schema, item)), path + "[" + i + "]", causes);
      }
    }
  }

  private static Map<ObjectNode, JsonNode> byKey(Schema list, JsonNode old) {
    Map<ObjectNode, JsonNode> items = new HashMap<>();
    if (old != null && list.listType() == ListType.MAP) {
      old.forEach(item -> items.put(key(list, item), item));
    }
    return items;
  }

  private static ObjectNode key(Schema list, JsonNode item) {
    ObjectNode key = Json.object();
    list.listMapKeys()
        .forEach(name -> key.set(name, item.path(name).isMissingNode() ? null : item.get(name)));
    return key;
  }

  private static Cause cause(CelRule rule, JsonNode value, String path, String message) {
    String place = path + rule.fieldPath();
    String field = place.isEmpty() ? "<nil>" : place.startsWith(".") ? place.substring(1) : place;
    String shown =
        value.isObject() ? "\"object\"" : value.isArray() ? "\"array\"" : value.toString();
    String text =
        switch (rule.reason()) {
          case "FieldValueRequired" -> "Required value: " + message;
          case "FieldValueForbidden" -> "Forbidden: " + message;
          case "FieldValueDuplicate" -> "Duplicate value: " + shown;
          default -> "Invalid value: " + shown + ": " + message;
        };
    return new Cause(rule.reason(), field, text);
  }
}
