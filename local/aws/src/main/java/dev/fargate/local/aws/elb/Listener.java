package dev.fargate.local.aws.elb;

/** A listener as it is now. */
final class Listener {
  final String arn;
  final Balancer balancer;
  int port;
  Actions.Parsed defaultAction;
  final String defaultRuleArn;

  Listener(
      String arn,
      Balancer balancer,
      int port,
      Actions.Parsed defaultAction,
      String defaultRuleArn) {
    this.arn = arn;
    this.balancer = balancer;
    this.port = port;
    this.defaultAction = defaultAction;
    this.defaultRuleArn = defaultRuleArn;
  }
}
