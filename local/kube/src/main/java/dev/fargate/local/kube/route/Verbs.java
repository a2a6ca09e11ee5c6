package dev.fargate.local.kube.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.builtin.Reviews;
import dev.fargate.local.kube.patch.Patch;
import dev.fargate.local.kube.protobuf.RequestBody;
import dev.fargate.local.kube.read.Reader;
import dev.fargate.local.kube.read.Representation;
import dev.fargate.local.kube.read.Watches;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.resource.ObjectKey;
import dev.fargate.local.kube.resource.Scope;
import dev.fargate.local.kube.resource.Target;
import dev.fargate.local.kube.scale.Scale;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.KubeResponse;
import dev.fargate.local.kube.wire.StatusError;
import dev.fargate.local.kube.write.DeleteOptions;
import dev.fargate.local.kube.write.Removal;
import dev.fargate.local.kube.write.WriteOptions;
import dev.fargate.local.kube.write.Writer;
import java.util.ArrayList;
import java.util.List;

/** Carries out one verb on one target. */
final class Verbs {
  private final Reader reader;
  private final Watches watches;
  private final Writer writer;
  private final Removal removal;

  Verbs(Reader reader, Watches watches, Writer writer, Removal removal) {
    this.reader = reader;
    this.watches = watches;
    this.writer = writer;
    this.removal = removal;
  }

  KubeResponse run(String verb, Target target, KubeRequest request) {
    return switch (verb) {
      case "get" -> get(target, request);
      case "list" -> reader.list(target, request);
      case "watch" -> watch(target, request);
      case "create" -> create(target, request);
      case "update" -> update(target, request);
      case "patch" -> patch(target, request);
      case "delete" -> delete(target, request);
      case "deletecollection" -> deleteCollection(target, request);
      default -> throw StatusError.methodNotAllowed("unknown verb " + verb);
    };
  }

  private KubeResponse get(Target target, KubeRequest request) {
    if (target.subresource().equals("scale")) {
      return KubeResponse.json(200, Scale.of(target.type(), reader.get(target)));
    }
    return reader.get(target, request);
  }

  private KubeResponse watch(Target target, KubeRequest request) {
    if (!target.name().isEmpty()) {
      throw StatusError.badRequest(
          "watch the collection with fieldSelector=metadata.name=" + target.name());
    }
    return watches.watch(target, request);
  }

  private KubeResponse create(Target target, KubeRequest request) {
    boolean strict = WriteOptions.of(request).validation() == WriteOptions.FieldValidation.STRICT;
    ObjectNode body = RequestBody.read(request, strict);
    if (target.type().scope() == Scope.REVIEW) {
      return KubeResponse.json(201, Reviews.answer(target.type(), body));
    }
    if (target.type().namespaced() && target.namespace().isEmpty()) {
      throw StatusError.methodNotAllowed(
          "create " + target.type().names().plural() + " in a namespace");
    }
    return answer(target, writer.create(target, body, WriteOptions.of(request)), request);
  }

  private KubeResponse update(Target target, KubeRequest request) {
    WriteOptions options = WriteOptions.of(request);
    ObjectNode body =
        RequestBody.read(request, options.validation() == WriteOptions.FieldValidation.STRICT);
    if (target.subresource().equals("scale")) {
      return scaled(
          target, writer.update(target, options, live -> Scale.applyTo(target.type(), live, body)));
    }
    return answer(target, writer.replace(target, body, options), request);
  }

  private KubeResponse patch(Target target, KubeRequest request) {
    WriteOptions options = WriteOptions.of(request);
    Patch patch =
        Patch.of(
            request, target.type(), options.validation() == WriteOptions.FieldValidation.STRICT);
    boolean apply = patch.kind() == Patch.Kind.APPLY;
    if (!apply && request.query().values().containsKey("force")) {
      throw StatusError.badRequest("force: Forbidden: may not be specified for non-apply patch");
    }
    if (apply && !request.query().has("fieldManager")) {
      throw StatusError.badRequest("fieldManager: Required value: is required for apply patch");
    }
    if (target.subresource().equals("scale")) {
      if (apply) {
        throw StatusError.unsupportedMediaType(
            "this local server takes no server-side apply of scale: use a merge patch");
      }
      return scaled(
          target,
          writer.update(
              target,
              options,
              live ->
                  Scale.applyTo(
                      target.type(), live, patch.applyTo(Scale.of(target.type(), live)))));
    }
    Writer.Written written =
        apply
            ? writer.apply(target, Json.asObject(patch.content()), options)
            : writer.update(target, options, patch::applyTo);
    return answer(target, written, request);
  }

  private KubeResponse delete(Target target, KubeRequest request) {
    Removal.Removed removed = removal.delete(target, DeleteOptions.of(request));
    if (!removed.gone()) {
      return KubeResponse.json(200, target.type().storage().toServed().apply(removed.object()));
    }
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success");
    ObjectNode details = status.putObject("details").put("name", target.name());
    if (!target.type().version().group().isEmpty()) {
      details.put("group", target.type().version().group());
    }
    details.put("kind", target.type().names().plural()).put("uid", Meta.uid(removed.object()));
    return KubeResponse.json(200, status);
  }

  private KubeResponse deleteCollection(Target target, KubeRequest request) {
    DeleteOptions options = DeleteOptions.of(request);
    List<ObjectNode> deleted = new ArrayList<>();
    for (ObjectKey key : reader.keys(target, request.query())) {
      deleted.add(removal.delete(Target.object(target.type(), key), options).object());
    }
    ObjectNode meta = Json.object();
    return KubeResponse.json(
        200,
        Representation.PLAIN.list(
            target.type(),
            deleted.stream().map(target.type().storage().toServed()).toList(),
            meta,
            "",
            java.time.Instant.EPOCH));
  }

  private KubeResponse answer(Target target, Writer.Written written, KubeRequest request) {
    ObjectNode body = reader.represent(target.type(), written.object(), request);
    return KubeResponse.json(written.created() ? 201 : 200, body, written.warnings());
  }

  private static KubeResponse scaled(Target target, Writer.Written written) {
    return KubeResponse.json(200, Scale.of(target.type(), written.object()), written.warnings());
  }
}
