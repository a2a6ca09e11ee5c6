package dev.fargate.local.kube.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.cel.CelRules;
import dev.fargate.local.kube.schema.ObjectSchemas;
import dev.fargate.local.kube.schema.Schema;
import dev.fargate.local.kube.wire.StatusError.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a schema with its rules does to an object and says about it; the open schema does and says
 * nothing.
 */
public record Conformance(Schema schema, CelRules rules) {

  /** No schema: what built-in kinds have, apart from their metadata. */
  public static final Conformance OPEN =
      new Conformance(ObjectSchemas.object(Schema.OPEN), CelRules.NONE);

  /** Removes unknown fields in place and returns their paths. */
  public List<String> prune(ObjectNode object) {
    return Pruning.prune(schema, object);
  }

  /** Fills in the defaults, in place. */
  public void fillDefaults(ObjectNode object) {
    Defaulting.fill(schema, object);
  }

  /**
   * What is wrong with the object, one cause per field. What was already wrong and did not change
   * is let be. CEL rules are asked only when the schema has nothing to say: they rely on it.
   */
  public List<Cause> validate(ObjectNode object, Optional<ObjectNode> live) {
    JsonNode old = live.orElse(null);
    List<Cause> causes = new ArrayList<>(Validation.check(schema, object, old));
    if (causes.isEmpty()) {
      causes.addAll(rules.check(schema, object, old));
    } else if (rules != CelRules.NONE) {
      causes.add(
          new Cause(
              "FieldValueInvalid",
              "<nil>",
              "Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation"));
    }
    return causes;
  }
}
