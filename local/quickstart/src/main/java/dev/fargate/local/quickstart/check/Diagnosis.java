package dev.fargate.local.quickstart.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fargate.local.aws.call.Call;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a person would look at first when the sample does not become ready. */
public final class Diagnosis {
  /** The newest lines tell; more would hide them. */
  private static final int LINES = 20;

  private final PrintStream out;

  public Diagnosis(PrintStream out) {
    this.out = out;
  }

  /** The conditions of our objects. */
  public void conditions(List<JsonNode> objects) {
    for (JsonNode object : objects) {
      out.printf(
          "%n%s %s (generation %s)%n",
          object.path("kind").asText(),
          object.at("/metadata/name").asText(),
          object.at("/metadata/generation").asText());
      for (JsonNode condition : object.at("/status/conditions")) {
        out.printf(
            "  %-20s %-8s %-24s %s%n",
            condition.path("type").asText(),
            condition.path("status").asText(),
            condition.path("reason").asText(),
            condition.path("message").asText());
      }
      for (JsonNode failure : object.at("/status/recentFailures")) {
        out.println("  failed task: " + failure);
      }
    }
  }

  /** The newest Events. */
  public void events(KubernetesClient client) {
    out.printf("%nEvents%n");
    try {
      List<Event> events = client.v1().events().inAnyNamespace().list().getItems();
      for (Event event : newest(events)) {
        out.printf(
            "  %s %-8s %-20s %s %s: %s%n",
            event.getLastTimestamp(),
            event.getType(),
            event.getReason(),
            event.getInvolvedObject().getKind(),
            event.getInvolvedObject().getName(),
            event.getMessage());
      }
    } catch (KubernetesClientException e) {
      out.println("  cannot be read: " + e.getMessage());
    }
  }

  /** The newest calls of AWS that failed. */
  public void awsErrors(List<Call> failed) {
    out.printf("%nAWS calls that failed%n");
    for (Call call : newest(failed)) {
      out.printf("  %s %s: %s%n", call.time(), call.name(), call.error().orElse(""));
    }
  }

  /** The newest lines that tasks wrote. */
  public void taskLogs(Inventory inventory) {
    out.printf("%nLogs of tasks%n");
    newest(inventory.logLines()).forEach(line -> out.println("  " + line));
  }

  /** Warnings and errors of the operator and the local platform. */
  public void warnings(Path log) {
    out.printf("%nWarnings of the operator and the local platform%n");
    try (var lines = Files.lines(log)) {
      newest(lines.filter(line -> line.matches("\\S+ (WARN|ERROR) .*")).toList())
          .forEach(line -> out.println("  " + line));
    } catch (IOException e) {
      out.println("  cannot be read: " + e.getMessage());
    }
  }

  private static <T> List<T> newest(List<T> all) {
    return all.subList(Math.max(0, all.size() - LINES), all.size());
  }
}
