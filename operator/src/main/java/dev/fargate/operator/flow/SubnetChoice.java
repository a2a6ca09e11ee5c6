package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.Subnets;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.status.Reason;
import java.util.List;

/** Subnets by id, which must exist, or by tags, of which some must. */
final class SubnetChoice {
  private SubnetChoice() {}

  /**
   * The ids, sorted; empty when there are none, which is then among what is missing.
   *
   * @param field the path of the choice in the spec
   */
  static List<String> resolve(
      String field, Subnets wanted, String vpcId, Cloud.Lookups lookups, List<Missing> missing) {
    if (wanted == null) {
      missing.add(gone(field, "no subnets are named; give ids or tags"));
      return List.of();
    }
    if (!wanted.ids.isEmpty()) {
      var absent = lookups.missingSubnets(vpcId, wanted.ids);
      if (!absent.isEmpty()) {
        missing.add(gone(field + ".ids", String.join(", ", absent) + " not found in " + vpcId));
      }
      return wanted.ids.stream().sorted().toList();
    }
    List<String> found = lookups.subnets(vpcId, wanted.tags);
    if (found.isEmpty()) {
      missing.add(gone(field + ".tags", "no subnet of " + vpcId + " carries these tags"));
    }
    return found;
  }

  private static Missing gone(String field, String what) {
    return new Missing(Reason.REFERENCE_MISSING, field + ": " + what + ".");
  }
}
