package dev.fargate.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The rules by which Flux, kpt and others read an object of a kind that they do not know (kstatus,
 * sigs.k8s.io/cli-utils), in their order:
 *
 * <ol>
 *   <li>a deletion timestamp: Terminating
 *   <li>status.observedGeneration is there and is not metadata.generation: InProgress
 *   <li>a condition Reconciling that is True: InProgress; Stalled that is True: Failed; the first
 *       one in the list wins
 *   <li>a condition Ready: Current when True, else InProgress
 *   <li>nothing of these: Current
 * </ol>
 */
final class Kstatus {
  /** What an object is. */
  enum Result {
    IN_PROGRESS("InProgress"),
    FAILED("Failed"),
    CURRENT("Current"),
    TERMINATING("Terminating");

    private final String text;

    Result(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private Kstatus() {}

  /** Judges a whole object, as the API server shows it. */
  static Result of(JsonNode object) {
    if (!object.at("/metadata/deletionTimestamp").asText("").isEmpty()) {
      return Result.TERMINATING;
    }
    JsonNode generation = object.at("/metadata/generation");
    JsonNode observed = object.at("/status/observedGeneration");
    if (generation.isNumber() && observed.isNumber() && generation.asLong() != observed.asLong()) {
      return Result.IN_PROGRESS;
    }
    for (JsonNode condition : object.at("/status/conditions")) {
      boolean isTrue = condition.path("status").asText().equals("True");
      if (isTrue && condition.path("type").asText().equals("Reconciling")) {
        return Result.IN_PROGRESS;
      }
      if (isTrue && condition.path("type").asText().equals("Stalled")) {
        return Result.FAILED;
      }
    }
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True")
            ? Result.CURRENT
            : Result.IN_PROGRESS;
      }
    }
    return Result.CURRENT;
  }
}
