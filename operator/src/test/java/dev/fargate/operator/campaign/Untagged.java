package dev.fargate.operator.campaign;

import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.stack.Ownership;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ecs.model.Tag;

/**
 * All that an environment and an app of ours have, without the tags that say so, as if somebody had
 * made it by hand; the tag of consent names whose it was. Listener rules keep theirs: those of
 * others are never taken over.
 */
final class Untagged {
  private static final String OURS = "acme";
  private static final List<String> KEYS =
      List.of(Ownership.OWNER_ID, Ownership.RESOURCE_OF, Ownership.RESOURCE_ID);

  private final Leftovers aws;

  private Untagged(Leftovers aws) {
    this.aws = aws;
  }

  static void all(Leftovers aws) {
    Untagged untagged = new Untagged(aws);
    untagged.network();
    untagged.discovery();
    untagged.containers();
    untagged.balancing();
    untagged.rest();
  }

  /** What to do to a thing of ours, given whose it is. */
  private static void whose(Map<String, String> tags, Consumer<String> change) {
    if (OURS.equals(tags.get(Ownership.OWNER_ID))) {
      change.accept(tags.get(Ownership.RESOURCE_OF));
    }
  }

  private void network() {
    Stream.concat(
            aws.ec2.describeSecurityGroups().securityGroups().stream()
                .map(it -> Map.entry(it.groupId(), it.tags())),
            aws.ec2.describeSecurityGroupRules(r -> {}).securityGroupRules().stream()
                .map(it -> Map.entry(it.securityGroupRuleId(), it.tags())))
        .forEach(
            it ->
                whose(
                    it.getValue().stream().collect(Collectors.toMap(t -> t.key(), t -> t.value())),
                    owner -> {
                      KEYS.forEach(
                          key ->
                              aws.ec2.deleteTags(
                                  r -> r.resources(it.getKey()).tags(t -> t.key(key))));
                      aws.ec2.createTags(
                          r ->
                              r.resources(it.getKey())
                                  .tags(t -> t.key(Ownership.ADOPT).value(owner)));
                    }));
  }

  private void discovery() {
    Stream.concat(
            aws.cloudMap.listNamespaces().namespaces().stream().map(it -> it.arn()),
            aws.cloudMap.listServices().services().stream().map(it -> it.arn()))
        .forEach(
            arn ->
                whose(
                    aws.cloudMap.listTagsForResource(r -> r.resourceARN(arn)).tags().stream()
                        .collect(Collectors.toMap(t -> t.key(), t -> t.value())),
                    owner -> {
                      aws.cloudMap.untagResource(r -> r.resourceARN(arn).tagKeys(KEYS));
                      aws.cloudMap.tagResource(
                          r -> r.resourceARN(arn).tags(t -> t.key(Ownership.ADOPT).value(owner)));
                    }));
  }

  private void containers() {
    for (String cluster : aws.ecs.listClusters().clusterArns()) {
      Stream.concat(
              Stream.of(cluster),
              aws.ecs.listServices(r -> r.cluster(cluster)).serviceArns().stream())
          .forEach(
              arn ->
                  whose(
                      aws.ecs.listTagsForResource(r -> r.resourceArn(arn)).tags().stream()
                          .collect(Collectors.toMap(Tag::key, Tag::value)),
                      owner -> {
                        aws.ecs.untagResource(r -> r.resourceArn(arn).tagKeys(KEYS));
                        aws.ecs.tagResource(
                            r -> r.resourceArn(arn).tags(t -> t.key(Ownership.ADOPT).value(owner)));
                      }));
    }
    aws
        .scaling
        .describeScalableTargets(r -> r.serviceNamespace(ServiceNamespace.ECS))
        .scalableTargets()
        .stream()
        .map(it -> it.scalableTargetARN())
        .forEach(
            arn ->
                whose(
                    aws.scaling.listTagsForResource(r -> r.resourceARN(arn)).tags(),
                    owner -> {
                      aws.scaling.untagResource(r -> r.resourceARN(arn).tagKeys(KEYS));
                      aws.scaling.tagResource(
                          r -> r.resourceARN(arn).tags(Map.of(Ownership.ADOPT, owner)));
                    }));
  }

  private void balancing() {
    List<String> balancers =
        aws.elb.describeLoadBalancers().loadBalancers().stream()
            .map(it -> it.loadBalancerArn())
            .toList();
    Stream.of(
            balancers.stream(),
            balancers.stream()
                .flatMap(
                    arn ->
                        aws.elb.describeListeners(r -> r.loadBalancerArn(arn)).listeners().stream())
                .map(it -> it.listenerArn()),
            aws.elb.describeTargetGroups().targetGroups().stream().map(it -> it.targetGroupArn()))
        .flatMap(arns -> arns)
        .forEach(
            arn ->
                whose(
                    aws.elb.describeTags(r -> r.resourceArns(arn)).tagDescriptions().stream()
                        .flatMap(it -> it.tags().stream())
                        .collect(Collectors.toMap(t -> t.key(), t -> t.value())),
                    owner -> {
                      aws.elb.removeTags(r -> r.resourceArns(arn).tagKeys(KEYS));
                      aws.elb.addTags(
                          r -> r.resourceArns(arn).tags(t -> t.key(Ownership.ADOPT).value(owner)));
                    }));
  }

  private void rest() {
    aws.logs.describeLogGroups().logGroups().stream()
        .map(it -> it.logGroupArn())
        .forEach(
            arn ->
                whose(
                    aws.logs.listTagsForResource(r -> r.resourceArn(arn)).tags(),
                    owner -> {
                      aws.logs.untagResource(r -> r.resourceArn(arn).tagKeys(KEYS));
                      aws.logs.tagResource(
                          r -> r.resourceArn(arn).tags(Map.of(Ownership.ADOPT, owner)));
                    }));
    aws.secrets
        .listSecrets()
        .secretList()
        .forEach(
            it ->
                whose(
                    it.tags().stream().collect(Collectors.toMap(t -> t.key(), t -> t.value())),
                    owner -> {
                      aws.secrets.untagResource(r -> r.secretId(it.arn()).tagKeys(KEYS));
                      aws.secrets.tagResource(
                          r -> r.secretId(it.arn()).tags(t -> t.key(Ownership.ADOPT).value(owner)));
                    }));
  }
}
