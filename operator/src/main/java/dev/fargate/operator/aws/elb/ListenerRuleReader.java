package dev.fargate.operator.aws.elb;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagCache;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.ListenerRule.Forward;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Value;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Every rule of the environment's listeners, whoever owns it: one call per listener. */
public final class ListenerRuleReader implements Reader {
  /** AWS's largest page (AWS-FACTS 10); a load balancer has a hundred rules by default. */
  private static final int PAGE = 400;

  /**
   * AWS takes no rule without a condition: a rule for everything has this path. It means the same
   * as the usual {@code /*}, and tells it from a rule whose spec says {@code /*}.
   */
  static final String EVERYTHING = "/**";

  private final ElasticLoadBalancingV2Client elb;
  private final TagCache tags;

  public ListenerRuleReader(ElasticLoadBalancingV2Client elb, Clock clock) {
    this.elb = elb;
    this.tags = ElbTags.cache(elb, clock);
  }

  @Override
  public Kind kind() {
    return Kind.LISTENER_RULE;
  }

  @Override
  public Part sweep(Known known) {
    Set<String> listeners = new TreeSet<>();
    known.of(Kind.LISTENER).forEach(listener -> listeners.add(listener.key()));
    return Part.all(of(listeners));
  }

  @Override
  public Part read(Need need) {
    Set<String> listeners = new TreeSet<>();
    need.wanted()
        .forEach(
            wanted -> {
              if (((ListenerRule) wanted).listenerArn() instanceof Value.Known arn) {
                listeners.add(arn.value());
              }
            });
    need.there()
        .forEach(there -> listeners.add(((ListenerRule) there.actual()).listenerArn().toString()));
    return new Part(
        seen -> listeners.contains(((ListenerRule) seen.actual()).listenerArn().toString()),
        of(listeners));
  }

  @Override
  public void forget(String key) {
    tags.forget(key);
  }

  /** The rules of these listeners but the default ones; of a listener that is gone none. */
  List<Seen> of(Set<String> listenerArns) {
    List<Seen> bare = new ArrayList<>();
    for (String arn : listenerArns) {
      try {
        elb
            .describeRulesPaginator(request -> request.listenerArn(arn).pageSize(PAGE))
            .rules()
            .stream()
            .filter(rule -> !Boolean.TRUE.equals(rule.isDefault()))
            .forEach(rule -> bare.add(seen(arn, rule, Map.of())));
      } catch (ListenerNotFoundException gone) {
        // Then it has no rules.
      }
    }
    Map<String, Map<String, String>> tagged = tags.get(bare.stream().map(Seen::key).toList());
    List<Seen> seen = new ArrayList<>();
    for (Seen rule : bare) {
      Map<String, String> own = tagged.get(rule.key());
      if (own != null) {
        ListenerRule untagged = (ListenerRule) rule.actual();
        seen.add(
            Seen.active(
                rule.key(),
                new ListenerRule(
                    Seen.id(Kind.LISTENER_RULE, own),
                    untagged.listenerArn(),
                    untagged.priority(),
                    null,
                    untagged.hosts(),
                    untagged.paths(),
                    untagged.sourceCidrs(),
                    untagged.forwards()),
                rule.outputs(),
                own));
      }
    }
    return seen;
  }

  private static Seen seen(String listenerArn, Rule rule, Map<String, String> tags) {
    SortedSet<String> hosts = new TreeSet<>();
    SortedSet<String> paths = new TreeSet<>();
    SortedSet<String> cidrs = new TreeSet<>();
    for (RuleCondition condition : rule.conditions()) {
      if (condition.hostHeaderConfig() != null) {
        hosts.addAll(condition.hostHeaderConfig().values());
      } else if (condition.pathPatternConfig() != null) {
        paths.addAll(condition.pathPatternConfig().values());
      } else if (condition.sourceIpConfig() != null) {
        cidrs.addAll(condition.sourceIpConfig().values());
      }
    }
    paths.remove(EVERYTHING);
    return Seen.active(
        rule.ruleArn(),
        new ListenerRule(
            Seen.id(Kind.LISTENER_RULE, tags),
            Value.known(listenerArn),
            Integer.valueOf(rule.priority()),
            null,
            hosts,
            paths,
            cidrs,
            forwards(rule.actions())),
        Map.of(Output.ARN, rule.ruleArn()),
        tags);
  }

  private static List<Forward> forwards(List<Action> actions) {
    List<Forward> forwards = new ArrayList<>();
    for (Action action : actions) {
      if (action.type() != ActionTypeEnum.FORWARD) {
        continue;
      }
      if (action.forwardConfig() != null && !action.forwardConfig().targetGroups().isEmpty()) {
        action
            .forwardConfig()
            .targetGroups()
            .forEach(
                tuple ->
                    forwards.add(
                        new Forward(
                            Value.known(tuple.targetGroupArn()),
                            tuple.weight() == null ? 1 : tuple.weight())));
      } else {
        forwards.add(new Forward(Value.known(action.targetGroupArn()), 1));
      }
    }
    return forwards;
  }
}
