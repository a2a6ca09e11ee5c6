package dev.fargate.local.kube.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.schema.Schema;
import dev.fargate.local.kube.wire.StatusError;
import java.util.ArrayList;
import java.util.List;

/**
 * Field ownership over writes: what every write does to {@code managedFields}, and server-side
 * apply itself. Pure: takes objects, returns new ones.
 */
public final class FieldManagement {
  private static final List<String> NEVER_OWNED =
      List.of(
          "name",
          "namespace",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink",
          "uid",
          "generation",
          "managedFields",
          "resourceVersion");

  private final Schema schema;
  private final ResourceType type;
  private final String now;

  /**
   * For one write.
   *
   * @param now the time new entries get, as Kubernetes writes times
   */
  public FieldManagement(ResourceType type, String now) {
    this.type = type;
    this.schema = type.schema();
    this.now = now;
  }

  /**
   * Records a write by create, update or patch in the object's entries: the manager gains what it
   * changed, everybody loses what changed or went.
   *
   * @param live the state before, an empty object for a create
   * @param written the state after, changed in place; its entries are the ones to start from unless
   *     it has none
   */
  public void recordUpdate(ObjectNode live, ObjectNode written, Manager manager) {
    Ownership start = startingPoint(live, written);
    Comparison difference =
        Comparison.of(schema, withoutSystemFields(live), withoutSystemFields(written));
    FieldSet gained = difference.modified().union(difference.added());
    Ownership next = start;
    for (Manager other : start.managers()) {
      FieldSet left = start.of(other).minus(difference.removed());
      next = next.with(other, other.equals(manager) ? left : left.minus(gained), now);
    }
    next = next.with(manager, next.of(manager).union(gained), now);
    next.writeTo(written);
  }

  /**
   * Server-side apply.
   *
   * @param live the present object, an empty one when it does not exist
   * @param applied the configuration
   * @param force whether to take fields from other managers
   * @return the new object
   * @throws StatusError 409 when others own a changed field and force is false
   */
  public ObjectNode apply(ObjectNode live, ObjectNode applied, Manager manager, boolean force) {
    Ownership before = Ownership.of(live);
    FieldSet last = before.of(manager);
    ObjectNode config = inScope(applied, manager);
    FieldSet wanted = TypedTree.fieldsOf(schema, withoutSystemFields(config));
    Ownership after = before.with(manager, wanted, now);
    JsonNode merged = Merge.over(schema, live, config);
    ObjectNode result = (ObjectNode) Merge.prune(schema, merged, last, after.all());
    restoreSystemFields(live, result);
    Comparison difference =
        Comparison.of(schema, withoutSystemFields(live), withoutSystemFields(result));
    FieldSet changed = difference.modified().union(difference.added());
    if (!force) {
      refuseConflicts(after, manager, changed, result);
    }
    for (Manager other : after.managers()) {
      if (!other.equals(manager)) {
        FieldSet left = after.of(other).minus(difference.removed()).minus(changed);
        after = after.with(other, left, now);
      }
    }
    after.writeTo(result);
    return result;
  }

  private Ownership startingPoint(ObjectNode live, ObjectNode written) {
    JsonNode given = written.path("metadata").path("managedFields");
    boolean reset = given.isArray() && given.size() == 1 && given.get(0).isEmpty();
    if (reset) {
      return Ownership.of(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
    }
    Ownership own = Ownership.of(written);
    return own.isEmpty() ? Ownership.of(live) : own;
  }

  private void refuseConflicts(
      Ownership owners, Manager manager, FieldSet changed, ObjectNode result) {
    List<StatusError.Cause> causes = new ArrayList<>();
    for (Manager other : owners.managers()) {
      if (!other.equals(manager)) {
        for (String path : owners.of(other).intersect(changed).paths()) {
          causes.add(
              new StatusError.Cause(
                  "FieldManagerConflict", path, "conflict with " + other.readable()));
        }
      }
    }
    if (!causes.isEmpty()) {
      String name = result.path("metadata").path("name").asText();
      throw StatusError.applyConflict(type.subject(name), conflictMessage(causes), causes);
    }
  }

  private static String conflictMessage(List<StatusError.Cause> causes) {
    StringBuilder text = new StringBuilder("Apply failed with " + causes.size());
    text.append(causes.size() == 1 ? " conflict: " : " conflicts: ");
    List<String> parts = causes.stream().map(c -> c.message() + ": " + c.field()).toList();
    return text.append(String.join("\n", parts)).toString();
  }

  /**
   * The part of a configuration that this request may write: a status write only the status, a
   * write of the object everything but a status that has its own subresource. What the metadata
   * says of name and version always counts.
   */
  private ObjectNode inScope(ObjectNode applied, Manager manager) {
    ObjectNode copy = applied.deepCopy();
    if (manager.subresource().equals("status")) {
      copy.retain("apiVersion", "kind", "metadata", "status");
      if (copy.get("metadata") instanceof ObjectNode meta) {
        meta.retain(NEVER_OWNED);
      }
    } else if (type.hasStatus()) {
      copy.remove("status");
    }
    return copy;
  }

  private static ObjectNode withoutSystemFields(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.remove(List.of("apiVersion", "kind"));
    if (copy.get("metadata") instanceof ObjectNode meta) {
      meta.remove(NEVER_OWNED);
      if (meta.isEmpty()) {
        copy.remove("metadata");
      }
    }
    return copy;
  }

  private static void restoreSystemFields(ObjectNode live, ObjectNode result) {
    if (!(live.get("metadata") instanceof ObjectNode old)
        || !(result.get("metadata") instanceof ObjectNode meta)) {
      return;
    }
    for (String field : NEVER_OWNED) {
      if (old.has(field) && !field.equals("resourceVersion") && !field.equals("uid")) {
        meta.set(field, old.get(field));
      }
    }
  }
}
