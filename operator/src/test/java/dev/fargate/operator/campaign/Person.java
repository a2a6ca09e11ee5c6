package dev.fargate.operator.campaign;

import dev.fargate.operator.aws.Leftovers;
import java.util.List;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.servicediscovery.model.RecordType;

/** Somebody who changes things of ours in the console. */
final class Person {
  /** Once its object is gone nobody puts back what is changed of it. */
  private static final String RETAINED = "/default-admin-";

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

  /** What is done while something fails, as failures.yaml calls it. */
  static void does(String what, Leftovers aws) {
    switch (what) {
      case "deletes the rules" -> deletesRule(aws);
      case "changes the rules" -> changesRules(aws);
      case "adds a rule like ours" -> addsARule(aws);
      case "keeps logs for ever" ->
          aws.logs.deleteRetentionPolicy(r -> r.logGroupName("/fargate/acme/default/web"));
      case "changes the listener" ->
          aws.elb.modifyListener(r -> r.listenerArn(listener(aws)).port(8081));
      case "stops a task" -> stopsATask(aws);
      default -> throw new IllegalArgumentException("no person " + what);
    }
  }

  /** Of the database where there is one. */
  private static void stopsATask(Leftovers aws) {
    String service =
        aws.ecs.listServices(r -> r.cluster("phoenix")).serviceArns().stream()
            .sorted()
            .findFirst()
            .orElseThrow();
    String task =
        aws.ecs.listTasks(r -> r.cluster("phoenix").serviceName(service)).taskArns().get(0);
    aws.ecs.stopTask(r -> r.cluster("phoenix").task(task));
  }

  /** The one of the environment. */
  private static String balancer(Leftovers aws) {
    return aws.elb.describeLoadBalancers().loadBalancers().stream()
        .filter(it -> !it.loadBalancerName().equals(Foreign.THEIRS))
        .findFirst()
        .orElseThrow()
        .loadBalancerArn();
  }

  private static String listener(Leftovers aws) {
    return aws.elb.describeListeners(r -> r.loadBalancerArn(balancer(aws))).listeners().stream()
        .map(Listener::listenerArn)
        .sorted()
        .findFirst()
        .orElseThrow();
  }

  private static List<Rule> rules(Leftovers aws) {
    return aws.elb.describeRules(r -> r.listenerArn(listener(aws))).rules().stream()
        .filter(rule -> !rule.isDefault())
        .toList();
  }

  /** Other paths, so many that nobody wants to read them all. */
  private static void changesRules(Leftovers aws) {
    for (Rule rule : rules(aws)) {
      aws.elb.modifyRule(
          r ->
              r.ruleArn(rule.ruleArn())
                  .conditions(
                      c ->
                          c.field("path-pattern")
                              .pathPatternConfig(
                                  p ->
                                      p.values(
                                          "/" + "long".repeat(20), "/" + "longer".repeat(15)))));
    }
  }

  /** With our tags, as a copy of a rule has them. */
  private static void addsARule(Leftovers aws) {
    Rule rule = rules(aws).get(0);
    var tags =
        aws.elb.describeTags(r -> r.resourceArns(rule.ruleArn())).tagDescriptions().get(0).tags();
    aws.elb.createRule(
        r ->
            r.listenerArn(listener(aws))
                .priority(999)
                .conditions(
                    c -> c.field("host-header").hostHeaderConfig(h -> h.values("copy.example.com")))
                .actions(rule.actions())
                .tags(tags));
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

  /** One property of each kind that an app may leave to others, or more. */
  static void changesWhatIsIgnored(Leftovers aws) {
    changesTheApp(aws);
    changesAttributes(aws);
    changesService(aws, name(aws));
    changesScaling(aws, "service/phoenix/" + name(aws));
    changesPrivateName(aws);
  }

  private static void changesAttributes(Leftovers aws) {
    aws.elb.describeTargetGroups().targetGroups().stream()
        .filter(group -> group.targetGroupName().startsWith("default-web-"))
        .filter(group -> !group.targetGroupName().equals(Foreign.LIKE_OURS))
        .forEach(
            group ->
                aws.elb.modifyTargetGroupAttributes(
                    r ->
                        r.targetGroupArn(group.targetGroupArn())
                            .attributes(
                                a -> a.key("deregistration_delay.timeout_seconds").value("5"))));
  }

  private static void changesService(Leftovers aws, String service) {
    aws.ecs.updateService(
        r ->
            r.cluster("phoenix")
                .service(service)
                .desiredCount(2)
                .healthCheckGracePeriodSeconds(7)
                .deploymentConfiguration(
                    d ->
                        d.minimumHealthyPercent(50)
                            .maximumPercent(150)
                            .deploymentCircuitBreaker(c -> c.enable(false).rollback(false))));
  }

  private static void changesScaling(Leftovers aws, String service) {
    aws.scaling.registerScalableTarget(
        r ->
            r.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(service)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .minCapacity(2)
                .maxCapacity(7)
                .suspendedState(
                    SuspendedState.builder()
                        .dynamicScalingInSuspended(true)
                        .dynamicScalingOutSuspended(true)
                        .scheduledScalingSuspended(true)
                        .build()));
    aws.scaling
        .describeScalingPolicies(r -> r.serviceNamespace(ServiceNamespace.ECS).resourceId(service))
        .scalingPolicies()
        .forEach(
            policy ->
                aws.scaling.putScalingPolicy(
                    r ->
                        r.serviceNamespace(ServiceNamespace.ECS)
                            .resourceId(service)
                            .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                            .policyName(policy.policyName())
                            .policyType(policy.policyType())
                            .targetTrackingScalingPolicyConfiguration(
                                policy.targetTrackingScalingPolicyConfiguration().toBuilder()
                                    .targetValue(33.0)
                                    .build())));
  }

  private static void changesPrivateName(Leftovers aws) {
    aws.cloudMap.listServices().services().stream()
        .filter(it -> it.name().equals("web"))
        .filter(it -> isInOurs(aws, it.id()))
        .forEach(
            it ->
                aws.cloudMap.updateService(
                    r ->
                        r.id(it.id())
                            .service(
                                s ->
                                    s.dnsConfig(
                                        d -> d.dnsRecords(a -> a.type(RecordType.A).ttl(99L))))));
  }

  private static boolean isInOurs(Leftovers aws, String discovery) {
    String namespace = aws.cloudMap.getService(r -> r.id(discovery)).service().namespaceId();
    return aws.cloudMap
        .getNamespace(r -> r.id(namespace))
        .namespace()
        .name()
        .equals("phoenix.internal");
  }

  private static String name(Leftovers aws) {
    String arn = aws.ecs.listServices(r -> r.cluster("phoenix")).serviceArns().get(0);
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private static void scales(Leftovers aws) {
    for (String cluster : aws.ecs.listClusters().clusterArns()) {
      if (cluster.endsWith("/" + Foreign.THEIRS)) {
        continue;
      }
      for (String service : aws.ecs.listServices(r -> r.cluster(cluster)).serviceArns()) {
        if (service.contains(RETAINED)) {
          continue;
        }
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
