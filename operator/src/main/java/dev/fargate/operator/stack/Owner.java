package dev.fargate.operator.stack;

import java.util.regex.Pattern;

/**
 * The custom resource that owns a stack, within one operator installation.
 *
 * @param ownerId the installation, {@code [a-z0-9-]{1,20}}; survives a rebuilt cluster
 * @param kind FargateApp, FargateDatabase or FargateEnvironment
 * @param namespace empty for the cluster-scoped environment
 */
public record Owner(String ownerId, String kind, String namespace, String name) {
  private static final Pattern REFERENCE =
      Pattern.compile("Fargate(App|Database)/[^/]+/[^/]+|FargateEnvironment/[^/]+");

  /** {@code FargateApp/default/web}; also the value of the ownership tag. */
  public String reference() {
    return namespace.isEmpty() ? kind + "/" + name : kind + "/" + namespace + "/" + name;
  }

  /** Whether a reference names this owner; asked of every thing in AWS at each look. */
  public boolean isNamed(String reference) {
    return reference.endsWith(name) && reference.equals(reference());
  }

  /** Whether a text names an owner: whoever may tag a thing in AWS may write anything there. */
  public static boolean isReference(String text) {
    return text != null && REFERENCE.matcher(text).matches();
  }

  /**
   * The owner that a {@link #reference} names.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Owner parse(String ownerId, String reference) {
    String[] parts = reference.split("/");
    if (parts.length < 2 || parts.length > 3) {
      throw new IllegalArgumentException("not kind/namespace/name: " + reference);
    }
    return parts.length == 3
        ? new Owner(ownerId, parts[0], parts[1], parts[2])
        : new Owner(ownerId, parts[0], "", parts[1]);
  }
}
