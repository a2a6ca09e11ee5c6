package dev.fargate.local.kube.selector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.wire.StatusError;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Field selectors: the name and namespace of every object, and the few fields that built-in kinds
 * add.
 */
final class FieldSelectors {
  private static final Set<String> ALWAYS = Set.of("metadata.name", "metadata.namespace");

  /** Per built-in kind, what a real server supports as well. */
  private static final Map<String, Set<String>> MORE =
      Map.of(
          "Event",
          Set.of(
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name",
              "involvedObject.uid",
              "involvedObject.apiVersion",
              "involvedObject.resourceVersion",
              "involvedObject.fieldPath",
              "regarding.kind",
              "regarding.namespace",
              "regarding.name",
              "regarding.uid",
              "reason",
              "reportingComponent",
              "reportingController",
              "source",
              "type"),
          "Secret",
          Set.of("type"),
          "Namespace",
          Set.of("status.phase"),
          "Pod",
          Set.of("spec.nodeName", "status.phase", "spec.serviceAccountName", "status.podIP"));

  private FieldSelectors() {}

  static Predicate<JsonNode> parse(String text, ResourceType type) {
    Predicate<JsonNode> all = o -> true;
    for (String term : text.split(",")) {
      if (!term.isBlank()) {
        all = all.and(term(term.trim(), type));
      }
    }
    return all;
  }

  private static Predicate<JsonNode> term(String term, ResourceType type) {
    int bang = term.indexOf("!=");
    int at = bang >= 0 ? bang : term.indexOf('=');
    if (at <= 0) {
      throw StatusError.badRequest(
          "field selector \"" + term + "\" must look like field=value or field!=value");
    }
    String field = term.substring(0, at).trim();
    String wanted = term.substring(at).replaceFirst("^(!=|==|=)", "").trim();
    boolean known =
        ALWAYS.contains(field)
            || (!type.custom() && MORE.getOrDefault(type.names().kind(), Set.of()).contains(field));
    if (!known) {
      throw StatusError.badRequest(
          "field label not supported: " + field + " for " + type.names().plural());
    }
    String pointer = "/" + (field.equals("source") ? "source/component" : field.replace('.', '/'));
    return bang >= 0
        ? o -> !o.at(pointer).asText("").equals(wanted)
        : o -> o.at(pointer).asText("").equals(wanted);
  }
}
