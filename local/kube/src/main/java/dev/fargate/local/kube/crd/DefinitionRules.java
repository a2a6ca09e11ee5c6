package dev.fargate.local.kube.crd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Catalog;
import dev.fargate.local.kube.resource.GroupResource;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.store.Store;
import dev.fargate.local.kube.wire.StatusError.Cause;
import dev.fargate.local.kube.write.KindRules;
import dev.fargate.local.kube.write.Removal;
import dev.fargate.local.kube.write.Stamps;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * CustomResourceDefinitions: what they define is served from the moment they are stored, and goes
 * with them.
 */
public final class DefinitionRules implements KindRules {
  private final Store store;
  private final Catalog catalog;
  private final Removal removal;
  private final Stamps stamps;
  private final SchemaCompiler schemas = new SchemaCompiler();
  private final DefinitionReader reader = new DefinitionReader(schemas);

  /** Rules that serve into a catalog. */
  public DefinitionRules(Store store, Catalog catalog, Removal removal, Stamps stamps) {
    this.store = store;
    this.catalog = catalog;
    this.removal = removal;
    this.stamps = stamps;
  }

  @Override
  public void complete(ObjectNode object, Optional<ObjectNode> live) {
    if (!(object.get("spec") instanceof ObjectNode spec)
        || !(spec.get("names") instanceof ObjectNode names)) {
      return;
    }
    String kind = names.path("kind").asText("");
    putIfMissing(names, "singular", kind.toLowerCase(Locale.ROOT));
    putIfMissing(names, "listKind", kind + "List");
    if (!spec.has("conversion")) {
      spec.putObject("conversion").put("strategy", "None");
    }
    ObjectNode status = object.withObjectProperty("status");
    status.set("acceptedNames", names.deepCopy());
    ArrayNode conditions =
        status.path("conditions") instanceof ArrayNode list ? list : status.putArray("conditions");
    if (conditions.isEmpty()) {
      condition(conditions, "NamesAccepted", "NoConflicts", "no conflicts found");
      condition(
          conditions,
          "Established",
          "InitialNamesAccepted",
          "the initial names have been accepted");
    }
    storedVersions(spec, status);
  }

  @Override
  public List<Cause> validate(ObjectNode object, Optional<ObjectNode> live) {
    return DefinitionValidation.check(object, live, catalog, schemas);
  }

  @Override
  public void stored(ObjectNode object) {
    catalog.withdraw(resource(object));
    reader.types(object).forEach(catalog::serve);
    if (Meta.deleting(object)) {
      instances(object).ifPresent(type -> removal.deleteAll(type, ""));
    }
  }

  @Override
  public boolean mayGo(ObjectNode object) {
    return store.list(resource(object), "").objects().isEmpty();
  }

  @Override
  public void removed(ObjectNode object) {
    catalog.withdraw(resource(object));
  }

  private Optional<ResourceType> instances(ObjectNode object) {
    return reader.types(object).stream().findFirst();
  }

  private static GroupResource resource(ObjectNode definition) {
    return new GroupResource(
        definition.at("/spec/group").asText(), definition.at("/spec/names/plural").asText());
  }

  private static void storedVersions(ObjectNode spec, ObjectNode status) {
    ArrayNode versions =
        status.path("storedVersions") instanceof ArrayNode list
            ? list
            : status.putArray("storedVersions");
    spec.path("versions")
        .forEach(
            version -> {
              boolean known = false;
              for (var name : versions) {
                known |= name.equals(version.path("name"));
              }
              if (version.path("storage").asBoolean(false) && !known) {
                versions.add(version.path("name").asText());
              }
            });
  }

  private void condition(ArrayNode conditions, String type, String reason, String message) {
    conditions
        .addObject()
        .put("type", type)
        .put("status", "True")
        .put("lastTransitionTime", stamps.now())
        .put("reason", reason)
        .put("message", message);
  }

  private static void putIfMissing(ObjectNode node, String field, String value) {
    if (node.path(field).asText("").isEmpty()) {
      node.put(field, value);
    }
  }
}
