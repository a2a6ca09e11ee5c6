package dev.fargate.local.aws.elb;

import java.util.List;

/** A rule as it is now; a listener's default rule is part of the {@link Listener}. */
final class Rule {
  final String arn;
  final Listener listener;
  int priority;
  List<Condition> conditions;
  Actions.Parsed action;

  Rule(
      String arn,
      Listener listener,
      int priority,
      List<Condition> conditions,
      Actions.Parsed action) {
    this.arn = arn;
    this.listener = listener;
    this.priority = priority;
    this.conditions = conditions;
    this.action = action;
  }
}
