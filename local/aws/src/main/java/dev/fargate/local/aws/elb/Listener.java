package dev.fargate.local.aws.elb;

/** A listener as it is now. */
final class Listener {
  final String arn;
  final Balancer balancer;
  final String defaultRuleArn;
  int port;

  /** Null for an HTTP listener. */
  Security security;

  Actions.Parsed defaultAction;

  Listener(String arn, Balancer balancer, String defaultRuleArn) {
    this.arn = arn;
    this.balancer = balancer;
    this.defaultRuleArn = defaultRuleArn;
  }

  Entrance entrance() {
    return new Entrance(security != null, port);
  }
}
