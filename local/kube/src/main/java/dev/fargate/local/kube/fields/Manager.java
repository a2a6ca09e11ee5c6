package dev.fargate.local.kube.fields;

/**
 * Who writes: one entry of {@code managedFields}.
 *
 * @param name the field manager
 * @param apply whether it writes by server-side apply
 * @param apiVersion the version it writes
 * @param subresource empty for the object itself
 */
public record Manager(String name, boolean apply, String apiVersion, String subresource) {

  String operation() {
    return apply ? "Apply" : "Update";
  }

  /** As conflict messages name it. */
  String readable() {
    String via = subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"";
    return "\"" + name + "\"" + via + (apply ? "" : " using " + apiVersion);
  }
}
