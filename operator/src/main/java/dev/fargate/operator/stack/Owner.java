package dev.fargate.operator.stack;

/**
 * The custom resource that owns a stack, within one operator installation.
 *
 * @param ownerId the installation, {@code [a-z0-9-]{1,20}}; survives a rebuilt cluster
 * @param kind FargateApp, FargateDatabase or FargateEnvironment
 * @param namespace empty for the cluster-scoped environment
 */
public record Owner(String ownerId, String kind, String namespace, String name) {
  /** {@code FargateApp/default/web}; also the value of the ownership tag. */
  public String reference() {
    return namespace.isEmpty() ? kind + "/" + name : kind + "/" + namespace + "/" + name;
  }
}
