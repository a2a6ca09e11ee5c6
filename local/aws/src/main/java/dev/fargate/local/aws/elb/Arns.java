package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.Caller;

/** ARNs as ELBv2 makes them: readable names and 16 hexadecimal digits, here in a fixed sequence. */
final class Arns {
  /** An odd multiplier spreads consecutive numbers over all digits without ever repeating. */
  private static final long SPREAD = 0xBF58476D1CE4E5B9L;

  private long count;

  String loadBalancer(Caller caller, String name) {
    return prefix(caller) + "loadbalancer/app/" + name + "/" + digits();
  }

  String targetGroup(Caller caller, String name) {
    return prefix(caller) + "targetgroup/" + name + "/" + digits();
  }

  String listener(String loadBalancerArn) {
    return loadBalancerArn.replace(":loadbalancer/", ":listener/") + "/" + digits();
  }

  String rule(String listenerArn) {
    return listenerArn.replace(":listener/", ":listener-rule/") + "/" + digits();
  }

  /** The part of a target group's ARN that names it in metrics: {@code targetgroup/name/id}. */
  static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  private static String prefix(Caller caller) {
    return "arn:aws:elasticloadbalancing:" + caller.region() + ":" + caller.accountId() + ":";
  }

  private String digits() {
    count++;
    return String.format("%016x", count * SPREAD);
  }
}
