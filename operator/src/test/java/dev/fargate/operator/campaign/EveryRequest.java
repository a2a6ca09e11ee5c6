package dev.fargate.operator.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fargate.local.kube.wire.KubeRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One fault at many places of a run: every second write of the operator to Kubernetes meets it,
 * counted for each object, so that each gets through in the end.
 */
final class EveryRequest {
  /** The faults that a workload can meet everywhere and still come to its end. */
  static final Set<FaultKind> KINDS = EnumSet.copyOf(Plans.WRITES);

  static {
    KINDS.add(FaultKind.CONFLICT);
    // Each process would begin with a list from before the last write, and die before it knows.
    KINDS.remove(FaultKind.KILLED_OLD_LIST);
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FaultKind fault;
  private final Map<String, Integer> asked = new HashMap<>();

  EveryRequest(FaultKind fault) {
    this.fault = fault;
  }

  /** What this request meets; null: nothing. */
  FaultKind meets(KubeRequest request) {
    boolean patch = request.method().equals("PATCH");
    if (request.method().equals("GET") || fault == FaultKind.CONFLICT && !patch) {
      return null;
    }
    String object = request.method() + " " + request.path() + named(request);
    return asked.merge(object, 1, Integer::sum) % 2 == 1 ? fault : null;
  }

  /** What the path does not name: an Event, by what it is about and why. */
  private static String named(KubeRequest request) {
    if (!request.method().equals("POST")) {
      return "";
    }
    try {
      JsonNode object = JSON.readTree(request.body());
      return " " + object.at("/involvedObject/uid").asText() + object.path("reason").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
