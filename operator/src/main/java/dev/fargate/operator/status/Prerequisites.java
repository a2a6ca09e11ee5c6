package dev.fargate.operator.status;

import dev.fargate.operator.apply.Lacking;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The condition PrerequisitesMet of an environment: rights, service-linked roles and a way out of
 * the subnets. It turns neither Ready nor Stalled: what really fails for it says so itself.
 */
public final class Prerequisites {
  /** The condition is to be read by people; what is beyond shows when the first are given. */
  private static final int NAMED = 10;

  private Prerequisites() {}

  /**
   * @param lacking what AWS has refused lately
   * @param wayOut null when the subnets are not known yet
   */
  public static void judge(Conditions conditions, List<Lacking> lacking, WayOut wayOut) {
    if (!lacking.isEmpty()) {
      conditions.isFalse(
          ConditionType.PREREQUISITES_MET,
          Reason.PREREQUISITE_MISSING,
          "AWS has refused in the last minutes: " + told(lacking) + ".");
      return;
    }
    if (wayOut == null) {
      conditions.keep(ConditionType.PREREQUISITES_MET);
      return;
    }
    String doubt = doubt(wayOut);
    if (doubt.isEmpty()) {
      conditions.isTrue(ConditionType.PREREQUISITES_MET, Reason.NOTHING_MISSING, null);
    } else {
      conditions.isUnknown(ConditionType.PREREQUISITES_MET, Reason.WAY_OUT_UNKNOWN, doubt);
    }
  }

  private static String told(List<Lacking> lacking) {
    String named =
        lacking.stream().limit(NAMED).map(Prerequisites::told).collect(Collectors.joining("; "));
    return lacking.size() <= NAMED ? named : named + "; and " + (lacking.size() - NAMED) + " more";
  }

  private static String told(Lacking lacking) {
    if (lacking instanceof Lacking.ServiceLinkedRole role) {
      return "the service-linked role of "
          + role.service()
          + " is missing: aws iam create-service-linked-role --aws-service-name "
          + role.service();
    }
    Lacking.Right right = (Lacking.Right) lacking;
    return "the right "
        + right.action()
        + (right.resource() == null ? "" : " on " + right.resource());
  }

  private static String doubt(WayOut wayOut) {
    if (wayOut.unreadable() != null) {
      return "The route tables cannot be read: " + wayOut.unreadable() + ".";
    }
    List<String> doubts = new ArrayList<>();
    if (!wayOut.closed().isEmpty()) {
      doubts.add(
          named(wayOut.closed())
              + " without a default route: tasks there reach neither the registry nor AWS, unless"
              + " VPC endpoints for ECR, S3, CloudWatch Logs and Secrets Manager are there.");
    }
    if (!wayOut.publicOnly().isEmpty()) {
      doubts.add(
          named(wayOut.publicOnly())
              + " lead to an internet gateway, which carries only tasks with a public address: set"
              + " spec.network.assignPublicIp, or take subnets behind a NAT gateway.");
    }
    return String.join(" ", doubts);
  }

  private static String named(List<String> subnets) {
    String named = subnets.stream().limit(NAMED).collect(Collectors.joining(", "));
    return subnets.size() <= NAMED
        ? named
        : named + " and " + (subnets.size() - NAMED) + " more subnets";
  }
}
