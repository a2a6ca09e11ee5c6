package dev.fargate.operator.validate.access;

import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.environment.PriorityAccess;
import dev.fargate.operator.validate.Problem;
import java.util.List;
import java.util.Locale;

/** Hosts that ingresses serve, and whether they may come before rules that say more. */
final class HostAccess {
  private static final String BELOW = "*.";

  private HostAccess() {}

  static void check(List<Ingress> ingresses, Grant grant, List<Problem> problems) {
    for (int i = 0; i < ingresses.size(); i++) {
      Ingress ingress = ingresses.get(i);
      String field = "spec.ingresses[" + i + "]";
      List<String> allowed = grant.access().hosts;
      if (ingress.hosts.isEmpty() && (allowed == null || !allowed.contains(Starts.EVERYTHING))) {
        problems.add(
            grant.refusal(
                field + ".hosts",
                "an ingress without hosts serves every host, which",
                "list '*' in spec.access.hosts; or name the hosts"));
      }
      for (int j = 0; j < ingress.hosts.size(); j++) {
        if (!allows(allowed, ingress.hosts.get(j))) {
          problems.add(grant.notListed(field + ".hosts[" + j + "]", ingress.hosts.get(j), "hosts"));
        }
      }
      if (ingress.priorityBase != null
          && !PriorityAccess.CHOSEN.equals(grant.access().rulePriorities)) {
        problems.add(
            grant.refusal(
                field + ".priorityBase",
                "priority " + ingress.priorityBase,
                "set spec.access.rulePriorities to Chosen; or remove the field"));
      }
    }
  }

  /**
   * @param host may hold AWS's wildcards * and ?. Whatever they stand for, what they match ends as
   *     the pattern does, so it is enough that the end is allowed
   */
  static boolean allows(List<String> allowed, String host) {
    if (allowed == null) {
      return false;
    }
    if (allowed.contains(Starts.EVERYTHING)) {
      return true;
    }
    String wanted = host.toLowerCase(Locale.ROOT);
    return Starts.isPlain(host)
        && allowed.stream()
            .map(entry -> entry.toLowerCase(Locale.ROOT))
            .anyMatch(e -> in(e, wanted));
  }

  private static boolean in(String entry, String host) {
    if (!entry.startsWith(BELOW)) {
      return entry.equals(host);
    }
    String suffix = entry.substring(1);
    return host.length() > suffix.length() && host.endsWith(suffix);
  }
}
