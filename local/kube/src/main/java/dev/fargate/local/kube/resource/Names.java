package dev.fargate.local.kube.resource;

import java.util.List;

/** The names a resource is known by. */
public record Names(
    String kind, String plural, String singular, List<String> shortNames, List<String> categories) {

  /** Names of a built-in kind: the singular is the kind in lower case. */
  public static Names of(String kind, String plural, String... shortNames) {
    return new Names(
        kind, plural, kind.toLowerCase(java.util.Locale.ROOT), List.of(shortNames), List.of());
  }

  /** The kind of a list of these. */
  public String listKind() {
    return kind + "List";
  }

  /** The same in a category, such as {@code all}. */
  public Names in(String category) {
    return new Names(kind, plural, singular, shortNames, List.of(category));
  }
}
