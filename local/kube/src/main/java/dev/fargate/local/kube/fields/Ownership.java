package dev.fargate.local.kube.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.wire.StatusError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who owns which fields of one object: {@code metadata.managedFields} as a value. */
public final class Ownership {
  private static final Comparator<Map.Entry<Manager, Entry>> ORDER =
      Comparator.<Map.Entry<Manager, Entry>, String>comparing(e -> e.getKey().operation())
          .thenComparing(e -> e.getValue().time)
          .thenComparing(e -> e.getKey().name())
          .thenComparing(e -> e.getKey().apiVersion())
          .thenComparing(e -> e.getKey().subresource());

  private final Map<Manager, Entry> entries;

  private record Entry(FieldSet fields, String time) {}

  private Ownership(Map<Manager, Entry> entries) {
    this.entries = entries;
  }

  /**
   * Reads an object's entries.
   *
   * @throws StatusError 400 when they cannot be read
   */
  public static Ownership of(JsonNode object) {
    Map<Manager, Entry> entries = new LinkedHashMap<>();
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      String operation = entry.path("operation").asText();
      if (!operation.equals("Apply") && !operation.equals("Update")) {
        throw StatusError.badRequest(
            "metadata.managedFields: operation must be Apply or Update, but is \""
                + operation
                + "\"");
      }
      Manager manager =
          new Manager(
              entry.path("manager").asText(),
              operation.equals("Apply"),
              entry.path("apiVersion").asText(),
              entry.path("subresource").asText());
      entries.put(
          manager,
          new Entry(FieldSet.parse(entry.path("fieldsV1")), entry.path("time").asText("")));
    }
    return new Ownership(entries);
  }

  /** Writes the entries into an object's metadata; none removes the field. */
  public void writeTo(ObjectNode object) {
    ObjectNode meta = Meta.of(object);
    meta.remove("managedFields");
    if (entries.isEmpty()) {
      return;
    }
    ArrayNode list = meta.putArray("managedFields");
    List<Map.Entry<Manager, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(ORDER);
    for (Map.Entry<Manager, Entry> entry : sorted) {
      Manager manager = entry.getKey();
      ObjectNode node =
          list.addObject().put("apiVersion", manager.apiVersion()).put("fieldsType", "FieldsV1");
      node.set("fieldsV1", entry.getValue().fields.toFieldsV1());
      node.put("manager", manager.name()).put("operation", manager.operation());
      if (!manager.subresource().isEmpty()) {
        node.put("subresource", manager.subresource());
      }
      if (!entry.getValue().time.isEmpty()) {
        node.put("time", entry.getValue().time);
      }
    }
  }

  /** Whether nobody owns anything. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  FieldSet of(Manager manager) {
    Entry entry = entries.get(manager);
    return entry == null ? new FieldSet() : entry.fields;
  }

  List<Manager> managers() {
    return List.copyOf(entries.keySet());
  }

  /** What anybody owns. */
  FieldSet all() {
    return entries.values().stream().map(Entry::fields).reduce(new FieldSet(), FieldSet::union);
  }

  /**
   * The same with one manager's fields replaced; the time moves only when they differ; none removes
   * the entry.
   */
  Ownership with(Manager manager, FieldSet fields, String time) {
    Map<Manager, Entry> more = new LinkedHashMap<>(entries);
    Entry before = entries.get(manager);
    if (fields.isEmpty()) {
      more.remove(manager);
    } else if (before == null || !before.fields.equals(fields)) {
      more.put(manager, new Entry(fields, time));
    }
    return new Ownership(more);
  }
}
