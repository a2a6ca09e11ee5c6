package dev.fargate.operator.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fargate.api.v1alpha1.WorkloadStatus;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a whole status under 64 KiB (API.md), however long the texts of AWS, registries and
 * programs are that stand in it. What tells least goes first; conditions and an approval never do.
 */
final class StatusSize {
  /** 64 KiB, less what times and the API server's own fields may add. */
  static final int LIMIT = 62 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private StatusSize() {}

  /** Cuts the lists of a status that is too large; any other stays as it is. */
  static void fit(WorkloadStatus status) {
    List<Runnable> cuts = new ArrayList<>();
    cuts.add(() -> status.recentFailures = first(3, status.recentFailures));
    cuts.add(() -> problems(status, 3));
    cuts.add(() -> actions(status, 20));
    cuts.add(() -> status.resources = first(30, status.resources));
    cuts.add(() -> status.recentFailures = first(1, status.recentFailures));
    cuts.add(() -> problems(status, 0));
    cuts.add(() -> actions(status, 0));
    cuts.add(() -> status.alarms = first(3, status.alarms));
    for (Runnable cut : cuts) {
      if (bytes(status) <= LIMIT) {
        return;
      }
      cut.run();
    }
  }

  /** As JSON in UTF-8. */
  static int bytes(Object status) {
    try {
      return JSON.writeValueAsBytes(status).length;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a status is no JSON", e);
    }
  }

  private static <T> List<T> first(int most, List<T> list) {
    return list.size() <= most ? list : List.copyOf(list.subList(0, most));
  }

  private static void problems(WorkloadStatus status, int most) {
    if (status instanceof FargateAppStatus app && app.targets != null) {
      app.targets.problems = first(most, app.targets.problems);
    }
  }

  private static void actions(WorkloadStatus status, int most) {
    if (status.plan != null && status.plan.actions.size() > most) {
      status.plan.actions = first(most, status.plan.actions);
      status.plan.truncated = true;
    }
  }
}
