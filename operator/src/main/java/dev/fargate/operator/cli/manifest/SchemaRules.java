package dev.fargate.operator.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The schema's rules in CEL, as the API server evaluates them for a new object. Rules about a
 * change need the object as it was, and are left to the API server.
 */
final class SchemaRules {
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("self", SimpleType.DYN)
          .build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();

  private final Document document;
  private final List<FileProblem> problems;

  SchemaRules(Document document, List<FileProblem> problems) {
    this.document = document;
    this.problems = problems;
  }

  /**
   * Evaluates the rules at a value and below; broken ones are added to the problems.
   *
   * @param value fits the schema, its defaults filled in
   */
  void check(String path, JsonNode value, JSONSchemaProps schema) {
    if (schema.getXKubernetesValidations() != null) {
      for (ValidationRule rule : schema.getXKubernetesValidations()) {
        if (!rule.getRule().contains("oldSelf") && !holds(rule.getRule(), value)) {
          String field = rule.getFieldPath() == null ? "" : rule.getFieldPath();
          problems.add(document.problem(path + field, rule.getMessage()));
        }
      }
    }
    if (value.isObject() && schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach(
              (name, field) -> {
                if (value.has(name)) {
                  check(path + "." + name, value.get(name), field);
                }
              });
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(path + "[" + i + "]", value.get(i), schema.getItems().getSchema());
      }
    }
  }

  private static boolean holds(String rule, JsonNode self) {
    try {
      Object result =
          RUNTIME.createProgram(COMPILER.compile(rule).getAst()).eval(Map.of("self", plain(self)));
      return Boolean.TRUE.equals(result);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("the schema's rule cannot be evaluated: " + rule, e);
    }
  }

  /** As CEL wants it: maps, lists, strings, booleans, and long for every whole number. */
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
    return node.isBoolean() ? node.booleanValue() : (Object) node.asText();
  }
}
