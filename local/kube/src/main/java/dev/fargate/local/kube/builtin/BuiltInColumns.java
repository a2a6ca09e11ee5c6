package dev.fargate.local.kube.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.table.Age;
import dev.fargate.local.kube.table.Column;
import dev.fargate.local.kube.table.Columns;
import dev.fargate.local.kube.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** What {@code kubectl get} shows of the built-in kinds: the columns a real server has. */
final class BuiltInColumns {
  static final List<Column> PLAIN = List.of(Columns.NAME, Columns.AGE);
  static final List<Column> CREATED_AT =
      List.of(Columns.NAME, Columns.path("Created At", ".metadata.creationTimestamp"));
  static final List<Column> NAMESPACE =
      List.of(Columns.NAME, Columns.path("Status", ".status.phase"), Columns.AGE);
  static final List<Column> SECRET =
      List.of(
          Columns.NAME,
          Columns.path("Type", ".type"),
          count("Data", "data", "stringData"),
          Columns.AGE);
  static final List<Column> CONFIG_MAP =
      List.of(Columns.NAME, count("Data", "data", "binaryData"), Columns.AGE);
  static final List<Column> LEASE =
      List.of(Columns.NAME, Columns.path("Holder", ".spec.holderIdentity"), Columns.AGE);
  static final List<Column> BINDING =
      List.of(
          Columns.NAME,
          text("Role", o -> o.at("/roleRef/kind").asText() + "/" + o.at("/roleRef/name").asText()),
          Columns.AGE);
  static final List<Column> SERVICE =
      List.of(
          Columns.NAME,
          text("Type", o -> o.at("/spec/type").asText("ClusterIP")),
          text("Cluster-IP", o -> o.at("/spec/clusterIP").asText("<none>")),
          text("External-IP", o -> o.at("/spec/externalIPs/0").asText("<none>")),
          text("Port(s)", BuiltInColumns::ports),
          Columns.AGE);
  static final List<Column> POD =
      List.of(
          Columns.NAME,
          text("Ready", o -> "0/" + o.at("/spec/containers").size()),
          text("Status", o -> o.at("/status/phase").asText("Pending")),
          text("Restarts", o -> "0"),
          Columns.AGE);
  static final List<Column> DEPLOYMENT =
      List.of(
          Columns.NAME,
          text(
              "Ready",
              o -> o.at("/status/readyReplicas").asInt(0) + "/" + o.at("/spec/replicas").asInt(1)),
          text("Up-to-date", o -> Integer.toString(o.at("/status/updatedReplicas").asInt(0))),
          text("Available", o -> Integer.toString(o.at("/status/availableReplicas").asInt(0))),
          Columns.AGE);
  static final List<Column> DISRUPTION_BUDGET =
      List.of(
          Columns.NAME,
          text("Min Available", o -> o.at("/spec/minAvailable").asText("N/A")),
          text("Max Unavailable", o -> o.at("/spec/maxUnavailable").asText("N/A")),
          text(
              "Allowed Disruptions",
              o -> Integer.toString(o.at("/status/disruptionsAllowed").asInt(0))),
          Columns.AGE);
  static final List<Column> NETWORK_POLICY =
      List.of(Columns.NAME, text("Pod-Selector", BuiltInColumns::podSelector), Columns.AGE);
  static final List<Column> EVENT = events("involvedObject", "message", "lastTimestamp");
  static final List<Column> NEW_EVENT = events("regarding", "note", "deprecatedLastTimestamp");

  private BuiltInColumns() {}

  private interface Text {
    String of(JsonNode object);
  }

  private static Column text(String name, Text text) {
    return Column.text(name, (object, now) -> TextNode.valueOf(text.of(object)));
  }

  private static Column count(String name, String... fields) {
    Column.Cell cell =
        (object, now) -> {
          int size = 0;
          for (String field : fields) {
            size += object.path(field).size();
          }
          return Json.number(size);
        };
    return new Column(name, "integer", "", "", 0, cell);
  }

  private static List<Column> events(String subject, String message, String last) {
    Column lastSeen =
        Column.text("Last Seen", (o, now) -> TextNode.valueOf(Age.since(firstTime(o, last), now)));
    return List.of(
        lastSeen,
        Columns.path("Type", ".type"),
        Columns.path("Reason", ".reason"),
        text("Object", o -> subject(o.path(subject))),
        text("Message", o -> o.path(message).asText("").trim()),
        Columns.NAME.wide());
  }

  private static String firstTime(JsonNode event, String last) {
    for (String candidate : List.of(last, "eventTime")) {
      String time = event.path(candidate).asText("");
      if (!time.isEmpty()) {
        return time;
      }
    }
    return Meta.text(event, "creationTimestamp");
  }

  private static String subject(JsonNode reference) {
    return reference.path("kind").asText().toLowerCase(java.util.Locale.ROOT)
        + "/"
        + reference.path("name").asText();
  }

  private static String ports(JsonNode service) {
    List<String> ports = new ArrayList<>();
    service
        .at("/spec/ports")
        .forEach(p -> ports.add(p.path("port").asText() + "/" + p.path("protocol").asText("TCP")));
    return ports.isEmpty() ? "<none>" : String.join(",", ports);
  }

  private static String podSelector(JsonNode policy) {
    List<String> parts = new ArrayList<>();
    policy
        .at("/spec/podSelector/matchLabels")
        .properties()
        .forEach(e -> parts.add(e.getKey() + "=" + e.getValue().asText()));
    return parts.isEmpty() ? "<none>" : String.join(",", parts);
  }
}
