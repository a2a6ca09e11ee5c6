package dev.fargate.local.aws.route53;

import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A simple resource record set, with its values as they are given out again.
 *
 * @param name as Route 53 keeps it: lower case, with a last dot, {@code \052} for a star
 * @param content the members beside name and type
 */
record RecordSet(String name, String type, Struct content) {
  private static final String STAR = "*";
  private static final String ESCAPED_STAR = "\\052";

  /** The name in Route 53's own form. */
  static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replace(STAR, ESCAPED_STAR);
    return lower.endsWith(".") ? lower : lower + ".";
  }

  /** What it is told apart by; sorted as lists are: from the last label on, then by type. */
  String key() {
    return key(name, type);
  }

  static String key(String name, String type) {
    List<String> labels = new ArrayList<>(List.of(name.split("\\.")));
    Collections.reverse(labels);
    return String.join(".", labels) + ". " + type;
  }

  boolean isAlias() {
    return content.has("AliasTarget");
  }

  Struct described() {
    Struct described = Struct.of().with("Name", name).with("Type", type);
    content.members().forEach(described::with);
    return described;
  }
}
