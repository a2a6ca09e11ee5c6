package dev.fargate.local.kube.resource;

import java.util.List;

/** Where a resource's objects live, and with that its verbs. */
public enum Scope {
  /** In a namespace. */
  NAMESPACED,
  /** Directly in the cluster. */
  CLUSTER,
  /** Nowhere: a question that is answered and forgotten, such as a SelfSubjectAccessReview. */
  REVIEW;

  private static final List<String> ALL =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  /** The verbs, as discovery lists them. */
  public List<String> verbs() {
    return this == REVIEW ? List.of("create") : ALL;
  }
}
