package dev.fargate.local.kube.crd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fargate.local.kube.cel.CelRules;
import dev.fargate.local.kube.conform.Conformance;
import dev.fargate.local.kube.conform.StructuralCheck;
import dev.fargate.local.kube.schema.ObjectSchemas;
import dev.fargate.local.kube.schema.Schema;
import dev.fargate.local.kube.wire.StatusError.Cause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles the schemas of definitions, each once: a definition is written several times with the
 * same schema.
 */
final class SchemaCompiler {
  /** More than a laptop's definitions times their versions; the oldest gives way. */
  private static final int KEPT = 64;

  private final Map<JsonNode, Compiled> compiled = new LinkedHashMap<>();

  /** A schema with its rules, and what is wrong with either. */
  record Compiled(Conformance conformance, List<Cause> refused) {}

  /**
   * Compiles a schema.
   *
   * @param path where it stands in its definition, for the causes
   */
  Compiled compile(JsonNode source, String path) {
    Compiled known = compiled.get(source);
    if (known != null) {
      return known;
    }
    Schema own = Schema.of(source);
    List<Cause> refused = new ArrayList<>(StructuralCheck.check(own, path));
    Schema whole = ObjectSchemas.object(own);
    CelRules rules = refused.isEmpty() ? CelRules.compile(whole, path) : CelRules.NONE;
    refused.addAll(rules.refused());
    Compiled result = new Compiled(new Conformance(whole, rules), List.copyOf(refused));
    compiled.put(source, result);
    if (compiled.size() > KEPT) {
      compiled.remove(compiled.keySet().iterator().next());
    }
    return result;
  }
}
