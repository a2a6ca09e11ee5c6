package dev.fargate.operator.validate.access;

import dev.fargate.operator.validate.Problem;
import java.util.List;

/** Private names: whoever takes one gets what others send to it. */
final class NameAccess {
  private static final String BEGINS = "-*";

  private NameAccess() {}

  static void check(String name, Grant grant, List<Problem> problems) {
    if (name != null && !allows(grant.access().dnsNames, name)) {
      problems.add(grant.notListed("spec.privateDns.name", name, "dnsNames"));
    }
  }

  static boolean allows(List<String> allowed, String name) {
    return allowed != null
        && allowed.stream()
            .anyMatch(
                entry ->
                    entry.equals(Starts.EVERYTHING)
                        || entry.equals(name)
                        || (entry.endsWith(BEGINS) && begins(name, entry)));
  }

  private static boolean begins(String name, String entry) {
    String start = entry.substring(0, entry.length() - 1);
    return name.length() > start.length() && name.startsWith(start);
  }
}
