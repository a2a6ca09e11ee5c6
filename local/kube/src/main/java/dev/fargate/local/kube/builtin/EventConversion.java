package dev.fargate.local.kube.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.GroupResource;
import dev.fargate.local.kube.resource.GroupVersion;
import dev.fargate.local.kube.resource.Storage;
import java.util.Map;

/** Events are stored as core/v1; events.k8s.io/v1 is another view of the same objects. */
final class EventConversion {
  /** events.k8s.io/v1 name -> core/v1 name. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");

  private EventConversion() {}

  static Storage storage(GroupVersion served) {
    return new Storage(
        new GroupResource("", "events"),
        new GroupVersion("", "v1"),
        stored -> toServed(stored, served),
        EventConversion::toStored);
  }

  private static ObjectNode toServed(ObjectNode stored, GroupVersion served) {
    ObjectNode event = stored.deepCopy().put("apiVersion", served.toString());
    RENAMED.forEach((newName, coreName) -> rename(event, coreName, newName));
    return event;
  }

  private static ObjectNode toStored(ObjectNode served) {
    ObjectNode event = served.deepCopy().put("apiVersion", "v1");
    RENAMED.forEach((newName, coreName) -> rename(event, newName, coreName));
    return event;
  }

  private static void rename(ObjectNode event, String from, String to) {
    JsonNode value = event.remove(from);
    if (value != null) {
      event.set(to, value);
    }
  }
}
