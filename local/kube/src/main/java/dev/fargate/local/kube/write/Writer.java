package dev.fargate.local.kube.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.fields.FieldManagement;
import dev.fargate.local.kube.fields.Manager;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.resource.Target;
import dev.fargate.local.kube.store.Store;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.StatusError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Creates and updates objects. Callers hold the store's lock for the whole request. */
public final class Writer {
  private static final List<String> SYSTEM_FIELDS =
      List.of(
          "uid",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation",
          "selfLink",
          "resourceVersion");

  private final Store store;
  private final Kinds kinds;
  private final Stamps stamps;
  private final Removal removal;

  /** A writer on a store. */
  public Writer(Store store, Kinds kinds, Stamps stamps, Removal removal) {
    this.store = store;
    this.kinds = kinds;
    this.stamps = stamps;
    this.removal = removal;
  }

  /**
   * What a write made.
   *
   * @param object the state in the requested version
   * @param warnings what the client should be told
   */
  public record Written(ObjectNode object, boolean created, List<String> warnings) {}

  /**
   * Creates an object.
   *
   * @param body the wanted object; not changed
   * @throws StatusError 4xx when it cannot be
   */
  public Written create(Target target, ObjectNode body, WriteOptions options) {
    ObjectNode object = body.deepCopy();
    Identity.settle(target, object);
    if (!Meta.text(object, "resourceVersion").isEmpty()) {
      throw StatusError.badRequest("resourceVersion should not be set on objects to be created");
    }
    return finishCreate(target, object, options, false);
  }

  /**
   * Updates an object.
   *
   * @param change makes the wanted state from the present one, in the requested version; must
   *     return a new object
   * @throws StatusError 404 when there is none, other 4xx when it cannot be
   */
  public Written update(Target target, WriteOptions options, UnaryOperator<ObjectNode> change) {
    return update(target, options, change, false);
  }

  /**
   * Replaces an object whole.
   *
   * @throws StatusError 404 when there is none, 409 when it has changed meanwhile, other 4xx when
   *     it cannot be
   */
  public Written replace(Target target, ObjectNode body, WriteOptions options) {
    ObjectNode wanted = body.deepCopy();
    Identity.settle(target, wanted);
    return update(
        target,
        options,
        live -> {
          Identity.requireVersion(target, wanted);
          return wanted;
        },
        false);
  }

  /**
   * Server-side apply: creates the object, or changes the fields that are its manager's.
   *
   * @throws StatusError 409 when others own a changed field and force is not given
   */
  public Written apply(Target target, ObjectNode configuration, WriteOptions options) {
    ObjectNode wanted = configuration.deepCopy();
    Identity.settle(target, wanted);
    if (Meta.of(wanted).hasNonNull("managedFields")) {
      throw StatusError.badRequest("metadata.managedFields must be nil");
    }
    Manager manager = manager(target, options, true);
    FieldManagement fields = new FieldManagement(target.type(), stamps.now());
    boolean exists = store.get(target.type().storage().resource(), target.key()).isPresent();
    if (exists) {
      List<String> unknown = new ArrayList<>();
      checkUnknown(target.type(), wanted, options, unknown);
      Written written =
          update(
              target, options, live -> fields.apply(live, wanted, manager, options.force()), true);
      unknown.addAll(written.warnings());
      return new Written(written.object(), false, unknown.stream().distinct().toList());
    }
    if (!target.subresource().isEmpty()) {
      throw StatusError.notFound(target.subject());
    }
    String uid = Meta.uid(wanted);
    String version = Meta.text(wanted, "resourceVersion");
    if (!uid.isEmpty() || !version.isEmpty()) {
      throw StatusError.conflict(
          target.subject(), "uid or resourceVersion was given, but the object does not exist");
    }
    return finishCreate(
        target, fields.apply(Json.object(), wanted, manager, options.force()), options, true);
  }

  private Written finishCreate(
      Target target, ObjectNode object, WriteOptions options, boolean ownersRecorded) {
    ResourceType type = target.type();
    List<String> warnings = new ArrayList<>();
    ObjectNode meta = Meta.of(object);
    meta.remove(SYSTEM_FIELDS);
    stamps.nameIfGenerated(meta);
    meta.put("uid", stamps.uid()).put("creationTimestamp", stamps.now());
    if (Generation.counts(type)) {
      meta.put("generation", 1);
    }
    if (type.hasStatus()) {
      object.remove("status");
    }
    kinds.of(type).complete(object, Optional.empty());
    checkUnknown(type, object, options, warnings);
    type.conformance().fillDefaults(object);
    validate(type, object, Optional.empty(), warnings);
    if (!ownersRecorded) {
      meta.remove("managedFields");
      new FieldManagement(type, stamps.now())
          .recordUpdate(Json.object(), object, manager(target, options, false));
    }
    removal.requireLivePlace(target);
    if (store
        .get(
            type.storage().resource(),
            new dev.fargate.local.kube.resource.ObjectKey(target.namespace(), Meta.name(object)))
        .isPresent()) {
      throw StatusError.alreadyExists(type.subject(Meta.name(object)));
    }
    if (options.dryRun()) {
      return new Written(object, true, warnings);
    }
    ObjectNode stored =
        store.put(type.storage().resource(), type.storage().toStored().apply(object));
    kinds.of(type).stored(stored);
    removal.collectIfOwnersAreGone(type, stored);
    return new Written(type.storage().toServed().apply(stored), true, warnings);
  }

  private Written update(
      Target target,
      WriteOptions options,
      UnaryOperator<ObjectNode> change,
      boolean ownersRecorded) {
    ResourceType type = target.type();
    ObjectNode stored =
        store
            .get(type.storage().resource(), target.key())
            .orElseThrow(() -> StatusError.notFound(target.subject()));
    ObjectNode live = type.storage().toServed().apply(stored);
    ObjectNode wanted = change.apply(live);
    Identity.settle(target, wanted);
    Identity.checkPreconditions(target, live, wanted);
    List<String> warnings = new ArrayList<>();
    ObjectNode next = carryOver(target, live, wanted);
    kinds.of(type).complete(next, Optional.of(live));
    checkUnknown(type, next, options, warnings);
    type.conformance().fillDefaults(next);
    validate(type, next, Optional.of(live), warnings);
    Generation.bumpIfChanged(type, live, next);
    if (!ownersRecorded) {
      new FieldManagement(type, stamps.now())
          .recordUpdate(live, next, manager(target, options, false));
    }
    return new Written(commit(target, stored, live, next, options), false, warnings);
  }

  private ObjectNode commit(
      Target target, ObjectNode stored, ObjectNode live, ObjectNode next, WriteOptions options) {
    ResourceType type = target.type();
    if (options.dryRun() || next.equals(live)) {
      return next;
    }
    ObjectNode toStore = type.storage().toStored().apply(next);
    if (Meta.deleting(stored) && Meta.finalizers(next).isEmpty() && kinds.of(type).mayGo(toStore)) {
      return type.storage().toServed().apply(removal.remove(type, toStore));
    }
    ObjectNode result = store.put(type.storage().resource(), toStore);
    kinds.of(type).stored(result);
    return type.storage().toServed().apply(result);
  }

  /** The wanted state with everything in place that this request may not change. */
  private static ObjectNode carryOver(Target target, ObjectNode live, ObjectNode wanted) {
    if (target.subresource().equals("status")) {
      ObjectNode next = live.deepCopy();
      copyOrRemove("status", wanted, next);
      copyOrRemove("managedFields", wanted.path("metadata"), Meta.of(next));
      return next;
    }
    ObjectNode next = wanted.deepCopy();
    ObjectNode meta = Meta.of(next);
    for (String field : SYSTEM_FIELDS) {
      copyOrRemove(field, live.path("metadata"), meta);
    }
    if (target.type().hasStatus()) {
      copyOrRemove("status", live, next);
    }
    return next;
  }

  private static void copyOrRemove(String field, JsonNode from, ObjectNode to) {
    if (from.has(field)) {
      to.set(field, from.get(field));
    } else {
      to.remove(field);
    }
  }

  private static void checkUnknown(
      ResourceType type, ObjectNode object, WriteOptions options, List<String> warnings) {
    List<String> unknown = type.conformance().prune(object);
    if (unknown.isEmpty() || options.validation() == WriteOptions.FieldValidation.IGNORE) {
      return;
    }
    List<String> texts = unknown.stream().map(path -> "unknown field \"" + path + "\"").toList();
    if (options.validation() == WriteOptions.FieldValidation.STRICT) {
      throw StatusError.badRequest(
          type.names().kind()
              + " in version \""
              + type.version().version()
              + "\" cannot be handled as a "
              + type.names().kind()
              + ": strict decoding error: "
              + String.join(", ", texts));
    }
    warnings.addAll(texts);
  }

  private void validate(
      ResourceType type, ObjectNode object, Optional<ObjectNode> live, List<String> warnings) {
    List<StatusError.Cause> causes = new ArrayList<>(MetadataRules.check(type, object));
    live.ifPresent(
        before -> causes.addAll(MetadataRules.checkFinalizersOfDeleting(before, object)));
    causes.addAll(type.conformance().validate(object, live));
    causes.addAll(kinds.of(type).validate(object, live));
    if (!causes.isEmpty()) {
      throw StatusError.invalid(type.kindSubject(Meta.name(object)), causes).withWarnings(warnings);
    }
  }

  private static Manager manager(Target target, WriteOptions options, boolean apply) {
    return new Manager(
        options.fieldManager(), apply, target.type().version().toString(), target.subresource());
  }
}
