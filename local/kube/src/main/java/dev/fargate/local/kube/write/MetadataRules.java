package dev.fargate.local.kube.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.wire.StatusError.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for names, labels, annotations and finalizers that hold for every kind. */
final class MetadataRules {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern QUALIFIED =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_SUBDOMAIN = 253;
  private static final int LARGEST_ANNOTATIONS = 256 * 1024;

  /** Kinds whose names become DNS labels. */
  private static final Set<String> LABEL_NAMES = Set.of("Namespace", "Service");

  private MetadataRules() {}

  static List<Cause> check(ResourceType type, ObjectNode object) {
    List<Cause> causes = new ArrayList<>();
    checkName(type, Meta.name(object), causes);
    JsonNode meta = object.path("metadata");
    checkLabels(meta.path("labels"), causes);
    checkAnnotations(meta.path("annotations"), causes);
    for (String finalizer : Meta.finalizers(object)) {
      if (!QUALIFIED.matcher(finalizer).matches()) {
        causes.add(
            invalid(
                "metadata.finalizers",
                finalizer,
                "name part must consist of alphanumeric characters, '-', '_' or '.'"));
      }
    }
    return causes;
  }

  /** Finalizers may be taken away from an object that is being deleted, never added. */
  static List<Cause> checkFinalizersOfDeleting(ObjectNode live, ObjectNode wanted) {
    Set<String> added = new HashSet<>(Meta.finalizers(wanted));
    Meta.finalizers(live).forEach(added::remove);
    if (!Meta.deleting(live) || added.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Cause(
            "FieldValueForbidden",
            "metadata.finalizers",
            "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers "
                + added));
  }

  private static void checkName(ResourceType type, String name, List<Cause> causes) {
    if (name.isEmpty()) {
      causes.add(
          new Cause(
              "FieldValueRequired",
              "metadata.name",
              "Required value: name or generateName is required"));
    } else if (type.version().group().equals("rbac.authorization.k8s.io")) {
      if (name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%")) {
        causes.add(
            invalid(
                "metadata.name", name, "may not be '.' or '..' and may not contain '/' or '%'"));
      }
    } else if (LABEL_NAMES.contains(type.names().kind())) {
      if (!LABEL.matcher(name).matches() || name.length() > LONGEST_LABEL) {
        causes.add(
            invalid(
                "metadata.name",
                name,
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', must start and end"
                    + " with an alphanumeric character and have at most 63 characters"));
      }
    } else if (!SUBDOMAIN.matcher(name).matches() || name.length() > LONGEST_SUBDOMAIN) {
      causes.add(
          invalid(
              "metadata.name",
              name,
              "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', must start"
                  + " and end with an alphanumeric character and have at most 253 characters"));
    }
  }

  private static void checkLabels(JsonNode labels, List<Cause> causes) {
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      if (!QUALIFIED.matcher(label.getKey()).matches()) {
        causes.add(
            invalid(
                "metadata.labels",
                label.getKey(),
                "name part must consist of alphanumeric characters, '-', '_' or '.'"));
      }
      if (!label.getValue().isTextual()
          || !LABEL_VALUE.matcher(label.getValue().asText()).matches()) {
        causes.add(
            invalid(
                "metadata.labels",
                label.getValue().asText(),
                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start"
                    + " and end with an alphanumeric character"));
      }
    }
  }

  private static void checkAnnotations(JsonNode annotations, List<Cause> causes) {
    int size = 0;
    for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
      size += annotation.getKey().length() + annotation.getValue().asText().length();
      if (!QUALIFIED.matcher(annotation.getKey().toLowerCase(java.util.Locale.ROOT)).matches()) {
        causes.add(
            invalid(
                "metadata.annotations",
                annotation.getKey(),
                "name part must consist of alphanumeric characters, '-', '_' or '.'"));
      }
    }
    if (size > LARGEST_ANNOTATIONS) {
      causes.add(
          new Cause(
              "FieldValueTooLong",
              "metadata.annotations",
              "Too long: may not be more than 262144 bytes"));
    }
  }

  private static Cause invalid(String field, String value, String why) {
    return new Cause("FieldValueInvalid", field, "Invalid value: \"" + value + "\": " + why);
  }
}
