package dev.fargate.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Whether two statuses say the same, the time of looking aside: then nothing is written. */
public final class SameStatus {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OBSERVED_TIME = "lastObservedTime";

  private SameStatus() {}

  public static boolean same(Object one, Object other) {
    return content(one).equals(content(other));
  }

  /** As Kubernetes writes times: whole seconds, UTC. */
  public static String time(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static JsonNode content(Object status) {
    ObjectNode node = JSON.valueToTree(status);
    node.remove(OBSERVED_TIME);
    return node;
  }
}
