package dev.fargate.local.kube.record;

/**
 * One call, in the words of RBAC.
 *
 * @param verb get, list, watch, create, update, patch, delete or deletecollection
 * @param group empty for the core group
 * @param subresource empty for the object itself
 * @param namespace empty for cluster-scoped objects and for calls over all namespaces
 * @param name empty for calls on the collection
 * @param userAgent as sent, empty when it was not
 */
public record Call(
    String verb,
    String group,
    String resource,
    String subresource,
    String namespace,
    String name,
    String userAgent) {

  /** The resource as RBAC rules write it: {@code deployments}, {@code deployments/scale}. */
  public String rbacResource() {
    return subresource.isEmpty() ? resource : resource + "/" + subresource;
  }
}
