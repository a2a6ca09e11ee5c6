package dev.fargate.api.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Does to an object what an API server does for CEL: fills in defaults, then evaluates the rules at
 * every level.
 */
final class CelRules {

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("self", SimpleType.DYN)
          .addVar("oldSelf", SimpleType.DYN)
          .build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();
  private static final Map<String, CelRuntime.Program> PROGRAMS = new HashMap<>();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final JSONSchemaProps schema;
  private final List<String> messages = new ArrayList<>();

  private CelRules(JSONSchemaProps schema) {
    this.schema = schema;
  }

  /** The rules of a kind, to be asked many times. */
  static CelRules of(Class<? extends CustomResource<?, ?>> kind) {
    return new CelRules(Schemas.of(kind));
  }

  /** The messages of all rules that a new object breaks; the text is its spec as YAML. */
  List<String> create(String spec) {
    return check(read(spec), null);
  }

  /** The messages of all rules that the change of an object breaks. */
  List<String> change(String from, String to) {
    return check(read(to), read(from));
  }

  private List<String> check(Object self, Object oldSelf) {
    messages.clear();
    evaluate(schema, self, oldSelf);
    return List.copyOf(messages);
  }

  private Object read(String spec) {
    try {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("metadata", Map.of("name", "phoenix"));
      object.put("spec", plain(YAML.readTree(spec)));
      withDefaults(schema, object);
      return object;
    } catch (IOException e) {
      throw new IllegalArgumentException(spec, e);
    }
  }

  private void evaluate(JSONSchemaProps at, Object self, Object oldSelf) {
    if (at.getXKubernetesValidations() != null) {
      at.getXKubernetesValidations().forEach(rule -> evaluate(rule, self, oldSelf));
    }
    if (self instanceof Map<?, ?> object && at.getProperties() != null) {
      Map<?, ?> old = oldSelf instanceof Map<?, ?> m ? m : Map.of();
      at.getProperties()
          .forEach(
              (name, field) -> {
                if (object.containsKey(name)) {
                  evaluate(field, object.get(name), old.get(name));
                }
              });
    } else if (self instanceof List<?> list) {
      for (Object item : list) {
        evaluate(at.getItems().getSchema(), item, sameKey(at, item, oldSelf));
      }
    }
  }

  /**
   * Items of a list map are compared with the old item of the same key; other items have no old
   * self.
   */
  private static Object sameKey(JSONSchemaProps at, Object item, Object oldList) {
    if (!"map".equals(at.getXKubernetesListType()) || !(oldList instanceof List<?> old)) {
      return null;
    }
    String key = at.getXKubernetesListMapKeys().get(0);
    return old.stream()
        .filter(o -> ((Map<?, ?>) o).get(key).equals(((Map<?, ?>) item).get(key)))
        .findFirst()
        .orElse(null);
  }

  private void evaluate(ValidationRule rule, Object self, Object oldSelf) {
    boolean transition = rule.getRule().contains("oldSelf");
    if (transition && oldSelf == null) {
      return;
    }
    Map<String, Object> variables =
        transition ? Map.of("self", self, "oldSelf", oldSelf) : Map.of("self", self);
    try {
      if (!Boolean.TRUE.equals(program(rule.getRule()).eval(variables))) {
        messages.add(rule.getMessage());
      }
    } catch (CelEvaluationException | CelValidationException e) {
      throw new AssertionError(rule.getRule(), e);
    }
  }

  private static CelRuntime.Program program(String rule)
      throws CelValidationException, CelEvaluationException {
    CelRuntime.Program known = PROGRAMS.get(rule);
    if (known == null) {
      known = RUNTIME.createProgram(COMPILER.compile(rule).getAst());
      PROGRAMS.put(rule, known);
    }
    return known;
  }

  @SuppressWarnings("unchecked")
  private static void withDefaults(JSONSchemaProps at, Object value) {
    if (value instanceof Map<?, ?> object && at.getProperties() != null) {
      at.getProperties()
          .forEach(
              (name, field) -> {
                if (field.getDefault() != null && !object.containsKey(name)) {
                  ((Map<String, Object>) object).put(name, plain(field.getDefault()));
                }
                withDefaults(field, object.get(name));
              });
    } else if (value instanceof List<?> list) {
      list.forEach(item -> withDefaults(at.getItems().getSchema(), item));
    }
  }

  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> object = new LinkedHashMap<>();
      node.properties().forEach(field -> object.put(field.getKey(), plain(field.getValue())));
      return object;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(item -> list.add(plain(item)));
      return list;
    }
    if (node.isIntegralNumber()) {
      return node.longValue();
    }
    return node.isBoolean() ? node.booleanValue() : (Object) node.textValue();
  }
}
