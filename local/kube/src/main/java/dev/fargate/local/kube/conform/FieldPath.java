package dev.fargate.local.kube.conform;

/** Paths as Kubernetes errors write them: {@code spec.ports[0].name}; the root is empty. */
final class FieldPath {
  private FieldPath() {}

  static String field(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }

  static String index(String parent, int index) {
    return parent + "[" + index + "]";
  }

  /** The path, or what stands for the whole object. */
  static String orRoot(String path) {
    return path.isEmpty() ? "<nil>" : path;
  }
}
