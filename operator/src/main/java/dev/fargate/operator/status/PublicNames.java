package dev.fargate.operator.status;

import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.PublicName;
import dev.fargate.operator.stack.build.Ids;
import java.util.List;

/** Whether the names that an app wants in Route 53 are there, and known to all its servers. */
public final class PublicNames {
  private PublicNames() {}

  /**
   * Those that do not resolve yet.
   *
   * @param hosts all that are wanted
   * @return nothing while Route 53 could not be read: then nobody knows of any trouble
   */
  public static List<String> waiting(List<String> hosts, Look look) {
    return look.observed().unknownKinds().contains(Kind.PUBLIC_NAME)
        ? List.of()
        : hosts.stream().filter(host -> !resolves(host, look)).toList();
  }

  private static boolean resolves(String host, Look look) {
    return look.observed().find(Ids.publicName(host)).stream()
        .filter(name -> name.ownership() == Ownership.OURS)
        .filter(name -> name.lifecycle() == Lifecycle.ACTIVE)
        .map(ObservedResource::actual)
        .anyMatch(name -> ((PublicName) name).targetZoneId() != null);
  }

  /** For people; one sentence. */
  public static String describe(List<String> waiting) {
    return String.join(", ", waiting)
        + (waiting.size() == 1 ? " is" : " are")
        + " not known to all of Route 53's name servers yet.";
  }
}
