package dev.fargate.operator.campaign;

import dev.fargate.local.kube.wire.KubeRequest;
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
    int times = asked.merge(request.method() + " " + request.path(), 1, Integer::sum);
    return times % 2 == 1 ? fault : null;
  }
}
