package dev.fargate.operator.aws.elb;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * Rules. CreateRule takes no token; after a lost answer its repetition finds the priority taken, by
 * a rule with our own tags (AWS-FACTS 6.5). By another's, the next pass chooses another slot.
 */
public final class ListenerRuleRunner implements Runner {
  private final ElasticLoadBalancingV2Client elb;
  private final ListenerRuleReader reader;

  public ListenerRuleRunner(ElasticLoadBalancingV2Client elb, ListenerRuleReader reader) {
    this.elb = elb;
    this.reader = reader;
  }

  @Override
  public Kind kind() {
    return Kind.LISTENER_RULE;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    ListenerRule wanted = (ListenerRule) desired;
    try {
      String arn =
          elb.createRule(
                  request ->
                      request
                          .listenerArn(wanted.listenerArn().toString())
                          .priority(wanted.priority())
                          .conditions(conditions(wanted))
                          .actions(action(wanted))
                          .tags(ElbTags.of(tags)))
              .rules()
              .get(0)
              .ruleArn();
      return Map.of(Output.ARN, arn);
    } catch (PriorityInUseException taken) {
      return own(wanted, tags).map(Seen::outputs).orElseThrow(() -> taken);
    }
  }

  private Optional<Seen> own(ListenerRule wanted, Map<String, String> tags) {
    return reader.of(Set.of(wanted.listenerArn().toString())).stream()
        .filter(seen -> seen.tags().entrySet().containsAll(tags.entrySet()))
        .filter(seen -> wanted.priority().equals(((ListenerRule) seen.actual()).priority()))
        .findFirst();
  }

  @Override
  public Map<Output, String> update(
      Owner owner, dev.fargate.operator.plan.Action action, Resource desired) {
    ListenerRule wanted = (ListenerRule) desired;
    String arn = action.observed().outputs().get(Output.ARN);
    if (action.touches("priority")) {
      elb.setRulePriorities(
          request ->
              request.rulePriorities(
                  RulePriorityPair.builder().ruleArn(arn).priority(wanted.priority()).build()));
    }
    boolean conditions =
        action.touches("hosts") || action.touches("paths") || action.touches("sourceCidrs");
    if (conditions || action.touches("forwards")) {
      elb.modifyRule(
          request -> {
            request.ruleArn(arn);
            // Absent stays as it is, given is replaced as a whole (AWS-FACTS 5).
            if (conditions) {
              request.conditions(conditions(wanted));
            }
            if (action.touches("forwards")) {
              request.actions(action(wanted));
            }
          });
    }
    ElbTags.write(elb, arn, TagChanges.of(action));
    return action.observed().outputs();
  }

  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      elb.deleteRule(request -> request.ruleArn(observed.outputs().get(Output.ARN)));
    } catch (RuleNotFoundException gone) {
      // What was to be reached.
    }
  }

  private static List<RuleCondition> conditions(ListenerRule wanted) {
    List<RuleCondition> conditions = new ArrayList<>();
    if (!wanted.hosts().isEmpty()) {
      conditions.add(
          RuleCondition.builder()
              .field("host-header")
              .hostHeaderConfig(config -> config.values(wanted.hosts()))
              .build());
    }
    if (!wanted.paths().isEmpty()) {
      conditions.add(
          RuleCondition.builder()
              .field("path-pattern")
              .pathPatternConfig(config -> config.values(wanted.paths()))
              .build());
    }
    if (!wanted.sourceCidrs().isEmpty()) {
      conditions.add(
          RuleCondition.builder()
              .field("source-ip")
              .sourceIpConfig(config -> config.values(wanted.sourceCidrs()))
              .build());
    }
    if (conditions.isEmpty()) {
      conditions.add(
          RuleCondition.builder()
              .field("path-pattern")
              .pathPatternConfig(config -> config.values(ListenerRuleReader.EVERYTHING))
              .build());
    }
    return conditions;
  }

  private static Action action(ListenerRule wanted) {
    return Action.builder()
        .type(ActionTypeEnum.FORWARD)
        .forwardConfig(
            config ->
                config.targetGroups(
                    wanted.forwards().stream()
                        .map(
                            forward ->
                                TargetGroupTuple.builder()
                                    .targetGroupArn(forward.targetGroupArn().toString())
                                    .weight(forward.weight())
                                    .build())
                        .toList()))
        .build();
  }
}
