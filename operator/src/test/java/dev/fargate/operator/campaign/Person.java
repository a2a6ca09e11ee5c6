package dev.fargate.operator.campaign;

import dev.fargate.operator.aws.Leftovers;

/** Somebody who changes things of ours in the console. */
final class Person {
  private Person() {}

  static boolean does(FaultKind what, Leftovers aws) {
    switch (what) {
      case PERSON_SCALES -> scales(aws);
      case PERSON_DELETES_RULE -> deletesRule(aws);
      case PERSON_DELETES_LOGS ->
          aws.logs.describeLogGroups().logGroups().stream()
              .filter(group -> group.logGroupName().matches("/fargate/acme/default/[a-z]+"))
              .forEach(group -> aws.logs.deleteLogGroup(r -> r.logGroupName(group.logGroupName())));
      default -> throw new IllegalArgumentException(what.text());
    }
    return true;
  }

  /** Two settings, and a rule. */
  static boolean changesTheApp(Leftovers aws) {
    aws.elb.describeTargetGroups().targetGroups().stream()
        .filter(group -> group.targetGroupName().startsWith("default-web-"))
        .filter(group -> !group.targetGroupName().equals(Foreign.LIKE_OURS))
        .forEach(
            group ->
                aws.elb.modifyTargetGroup(
                    r -> r.targetGroupArn(group.targetGroupArn()).healthCheckPath("/elsewhere")));
    aws.logs.describeLogGroups().logGroups().stream()
        .filter(group -> group.logGroupName().equals("/fargate/acme/default/web"))
        .forEach(
            group ->
                aws.logs.putRetentionPolicy(
                    r -> r.logGroupName(group.logGroupName()).retentionInDays(3)));
    deletesRule(aws);
    return true;
  }

  private static void scales(Leftovers aws) {
    for (String cluster : aws.ecs.listClusters().clusterArns()) {
      if (cluster.endsWith("/" + Foreign.THEIRS)) {
        continue;
      }
      for (String service : aws.ecs.listServices(r -> r.cluster(cluster)).serviceArns()) {
        aws.ecs.updateService(r -> r.cluster(cluster).service(service).desiredCount(2));
      }
    }
  }

  private static void deletesRule(Leftovers aws) {
    for (var balancer : aws.elb.describeLoadBalancers().loadBalancers()) {
      if (balancer.loadBalancerName().equals(Foreign.THEIRS)) {
        continue;
      }
      for (var listener :
          aws.elb
              .describeListeners(r -> r.loadBalancerArn(balancer.loadBalancerArn()))
              .listeners()) {
        aws.elb.describeRules(r -> r.listenerArn(listener.listenerArn())).rules().stream()
            .filter(rule -> !rule.isDefault())
            .forEach(rule -> aws.elb.deleteRule(r -> r.ruleArn(rule.ruleArn())));
      }
    }
  }
}
