package dev.fargate.local.kube.protobuf;

import static dev.fargate.local.kube.protobuf.MessageType.Field.list;
import static dev.fargate.local.kube.protobuf.MessageType.Field.of;
import static dev.fargate.local.kube.protobuf.MessageType.Plain.BYTES;
import static dev.fargate.local.kube.protobuf.MessageType.Plain.FLAG;
import static dev.fargate.local.kube.protobuf.MessageType.Plain.JSON;
import static dev.fargate.local.kube.protobuf.MessageType.Plain.NUMBER;
import static dev.fargate.local.kube.protobuf.MessageType.Plain.TEXT;
import static dev.fargate.local.kube.protobuf.MessageType.Plain.TIME;

import dev.fargate.local.kube.protobuf.MessageType.Nested;
import dev.fargate.local.kube.protobuf.MessageType.TextMap;
import java.util.Map;

/**
 * The messages that kubectl's create commands and {@code auth can-i} send; numbers from Kubernetes'
 * generated.proto.
 */
final class Messages {
  private static final MessageType OWNER =
      new MessageType(
          "OwnerReference",
          Map.of(
              1, of("kind", TEXT),
              3, of("name", TEXT),
              4, of("uid", TEXT),
              5, of("apiVersion", TEXT),
              6, of("controller", FLAG),
              7, of("blockOwnerDeletion", FLAG)));

  private static final MessageType MANAGED_FIELDS =
      new MessageType(
          "ManagedFieldsEntry",
          Map.of(
              1, of("manager", TEXT),
              2, of("operation", TEXT),
              3, of("apiVersion", TEXT),
              4, of("time", TIME),
              6, of("fieldsType", TEXT),
              7, of("fieldsV1", JSON),
              8, of("subresource", TEXT)));

  /** Sent under the group and version of whatever is deleted. */
  static final MessageType DELETE_OPTIONS =
      new MessageType(
          "DeleteOptions",
          Map.of(
              1, of("gracePeriodSeconds", NUMBER),
              2,
                  of(
                      "preconditions",
                      new Nested(
                          new MessageType(
                              "Preconditions",
                              Map.of(1, of("uid", TEXT), 2, of("resourceVersion", TEXT))))),
              3, of("orphanDependents", FLAG),
              4, of("propagationPolicy", TEXT),
              5, list("dryRun", TEXT)));

  private static final MessageType META =
      new MessageType(
          "ObjectMeta",
          Map.ofEntries(
              Map.entry(1, of("name", TEXT)),
              Map.entry(2, of("generateName", TEXT)),
              Map.entry(3, of("namespace", TEXT)),
              Map.entry(4, of("selfLink", TEXT)),
              Map.entry(5, of("uid", TEXT)),
              Map.entry(6, of("resourceVersion", TEXT)),
              Map.entry(7, of("generation", NUMBER)),
              Map.entry(8, of("creationTimestamp", TIME)),
              Map.entry(9, of("deletionTimestamp", TIME)),
              Map.entry(10, of("deletionGracePeriodSeconds", NUMBER)),
              Map.entry(11, of("labels", new TextMap(TEXT))),
              Map.entry(12, of("annotations", new TextMap(TEXT))),
              Map.entry(13, list("ownerReferences", new Nested(OWNER))),
              Map.entry(14, list("finalizers", TEXT)),
              Map.entry(17, list("managedFields", new Nested(MANAGED_FIELDS)))));

  private static final MessageType RULE =
      new MessageType(
          "PolicyRule",
          Map.of(
              1, list("verbs", TEXT),
              2, list("apiGroups", TEXT),
              3, list("resources", TEXT),
              4, list("resourceNames", TEXT),
              5, list("nonResourceURLs", TEXT)));

  private static final MessageType SUBJECT =
      new MessageType(
          "Subject",
          Map.of(
              1,
              of("kind", TEXT),
              2,
              of("apiGroup", TEXT),
              3,
              of("name", TEXT),
              4,
              of("namespace", TEXT)));

  private static final MessageType ROLE_REF =
      new MessageType(
          "RoleRef", Map.of(1, of("apiGroup", TEXT), 2, of("kind", TEXT), 3, of("name", TEXT)));

  private static final MessageType ACCESS =
      new MessageType(
          "SelfSubjectAccessReviewSpec",
          Map.of(
              1,
              of(
                  "resourceAttributes",
                  new Nested(
                      new MessageType(
                          "ResourceAttributes",
                          Map.of(
                              1, of("namespace", TEXT),
                              2, of("verb", TEXT),
                              3, of("group", TEXT),
                              4, of("version", TEXT),
                              5, of("resource", TEXT),
                              6, of("subresource", TEXT),
                              7, of("name", TEXT))))),
              2,
              of(
                  "nonResourceAttributes",
                  new Nested(
                      new MessageType(
                          "NonResourceAttributes",
                          Map.of(1, of("path", TEXT), 2, of("verb", TEXT)))))));

  private static final MessageType REVIEW_STATUS =
      new MessageType(
          "SubjectAccessReviewStatus",
          Map.of(
              1,
              of("allowed", FLAG),
              2,
              of("reason", TEXT),
              3,
              of("evaluationError", TEXT),
              4,
              of("denied", FLAG)));

  private static final MessageType RULES_STATUS =
      new MessageType(
          "SubjectRulesReviewStatus",
          Map.of(3, of("incomplete", FLAG), 4, of("evaluationError", TEXT)));

  /** By {@code apiVersion/kind}. */
  static final Map<String, MessageType> BY_KIND =
      Map.of(
          "v1/Namespace",
          kind(
              "Namespace",
              Map.of(
                  2,
                      of(
                          "spec",
                          new Nested(
                              new MessageType(
                                  "NamespaceSpec", Map.of(1, list("finalizers", TEXT))))),
                  3,
                      of(
                          "status",
                          new Nested(
                              new MessageType("NamespaceStatus", Map.of(1, of("phase", TEXT))))))),
          "v1/Secret",
          kind(
              "Secret",
              Map.of(
                  2, of("data", new TextMap(BYTES)),
                  3, of("type", TEXT),
                  4, of("stringData", new TextMap(TEXT)),
                  5, of("immutable", FLAG))),
          "v1/ConfigMap",
          kind(
              "ConfigMap",
              Map.of(
                  2, of("data", new TextMap(TEXT)),
                  3, of("binaryData", new TextMap(BYTES)),
                  4, of("immutable", FLAG))),
          "v1/ServiceAccount",
          kind("ServiceAccount", Map.of(4, of("automountServiceAccountToken", FLAG))),
          "rbac.authorization.k8s.io/v1/Role",
          kind("Role", Map.of(2, list("rules", new Nested(RULE)))),
          "rbac.authorization.k8s.io/v1/ClusterRole",
          kind("ClusterRole", Map.of(2, list("rules", new Nested(RULE)))),
          "rbac.authorization.k8s.io/v1/RoleBinding",
          kind(
              "RoleBinding",
              Map.of(
                  2,
                  list("subjects", new Nested(SUBJECT)),
                  3,
                  of("roleRef", new Nested(ROLE_REF)))),
          "rbac.authorization.k8s.io/v1/ClusterRoleBinding",
          kind(
              "ClusterRoleBinding",
              Map.of(
                  2,
                  list("subjects", new Nested(SUBJECT)),
                  3,
                  of("roleRef", new Nested(ROLE_REF)))),
          "authorization.k8s.io/v1/SelfSubjectAccessReview",
          kind(
              "SelfSubjectAccessReview",
              Map.of(
                  2, of("spec", new Nested(ACCESS)), 3, of("status", new Nested(REVIEW_STATUS)))),
          "authorization.k8s.io/v1/SelfSubjectRulesReview",
          kind(
              "SelfSubjectRulesReview",
              Map.of(
                  2,
                      of(
                          "spec",
                          new Nested(
                              new MessageType(
                                  "SelfSubjectRulesReviewSpec", Map.of(1, of("namespace", TEXT))))),
                  3, of("status", new Nested(RULES_STATUS)))));

  private Messages() {}

  private static MessageType kind(String name, Map<Integer, MessageType.Field> own) {
    Map<Integer, MessageType.Field> fields = new java.util.HashMap<>(own);
    fields.put(1, of("metadata", new Nested(META)));
    return new MessageType(name, Map.copyOf(fields));
  }
}
