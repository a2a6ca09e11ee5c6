package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Listener rules as clients make, read, change, reorder and delete them. */
final class RuleCalls {
  /** Per load balancer, default rules not counted (AWS-FACTS 6.4). */
  private static final int MAX_RULES = 100;

  private final Inventory inventory;
  private final Wiring wiring;

  RuleCalls(Inventory inventory, Wiring wiring) {
    this.inventory = inventory;
    this.wiring = wiring;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateRule", this::create,
        "DescribeRules", this::describe,
        "ModifyRule", this::modify,
        "DeleteRule", this::delete,
        "SetRulePriorities", this::setPriorities);
  }

  private Struct create(Struct input, Caller caller) {
    Listener listener = inventory.listener(input.required("ListenerArn"));
    int priority = input.integer("Priority").orElseThrow();
    Map<String, String> tags = Tags.parse(input);
    refuseTransforms(input);
    List<Condition> conditions = Conditions.parse(input.structs("Conditions"));
    Actions.Parsed action = Actions.parse(input.structs("Actions"), listener.entrance());
    if (inventory.rulesOf(listener).stream().anyMatch(rule -> rule.priority == priority)) {
      throw priorityInUse(priority);
    }
    if (inventory.rulesOn(listener.balancer) >= MAX_RULES) {
      throw new AwsException(
          "TooManyRules",
          "The maximum number of rules on load balancer '"
              + listener.balancer.arn
              + "' has been reached: "
              + MAX_RULES);
    }
    wiring.requireForwardable(listener.balancer, action);
    Rule rule = new Rule(inventory.arns.rule(listener.arn), listener, priority, conditions, action);
    inventory.rules.put(rule.arn, rule);
    inventory.tags.put(rule.arn, tags);
    wiring.refresh();
    return rows(List.of(rule));
  }

  private static AwsException priorityInUse(int priority) {
    return new AwsException("PriorityInUse", "Priority '" + priority + "' is currently in use");
  }

  private static void refuseTransforms(Struct input) {
    if (!input.structs("Transforms").isEmpty()) {
      throw ElbErrors.unsupported("Transforms", "leave them out");
    }
  }

  private Struct describe(Struct input, Caller caller) {
    List<String> arns = input.strings("RuleArns");
    Optional<String> listenerArn = input.string("ListenerArn");
    if (arns.isEmpty() == listenerArn.isEmpty()) {
      throw ElbErrors.validation(
          "You must specify either rule ARNs or a listener ARN, and not both");
    }
    List<Struct> rows = new ArrayList<>();
    if (listenerArn.isPresent()) {
      Listener listener = inventory.listener(listenerArn.get());
      inventory.rulesOf(listener).forEach(rule -> rows.add(render(rule)));
      rows.add(renderDefault(listener));
    } else {
      arns.forEach(
          arn ->
              rows.add(
                  byDefault(arn)
                      .map(RuleCalls::renderDefault)
                      .orElseGet(() -> render(inventory.rule(arn)))));
    }
    return Marker.page(input, "Rules", rows, row -> row);
  }

  /** The listener whose default rule this is. */
  private Optional<Listener> byDefault(String ruleArn) {
    return inventory.listeners.values().stream()
        .filter(listener -> listener.defaultRuleArn.equals(ruleArn))
        .findFirst();
  }

  private Rule changeable(String ruleArn, String how) {
    if (byDefault(ruleArn).isPresent()) {
      throw new AwsException(
          "OperationNotPermitted", "Default rule '" + ruleArn + "' cannot be " + how);
    }
    return inventory.rule(ruleArn);
  }

  private Struct modify(Struct input, Caller caller) {
    Rule rule = changeable(input.required("RuleArn"), "modified; use ModifyListener");
    refuseTransforms(input);
    List<Condition> conditions =
        input.has("Conditions") ? Conditions.parse(input.structs("Conditions")) : rule.conditions;
    Actions.Parsed action = rule.action;
    if (input.has("Actions")) {
      action = Actions.parse(input.structs("Actions"), rule.listener.entrance());
      wiring.requireForwardable(rule.listener.balancer, action);
    }
    rule.conditions = conditions;
    rule.action = action;
    wiring.refresh();
    return rows(List.of(rule));
  }

  private Struct delete(Struct input, Caller caller) {
    inventory.remove(changeable(input.required("RuleArn"), "deleted"));
    wiring.refresh();
    return Struct.of();
  }

  /** All together or none: priorities may be swapped as long as the result has no conflict. */
  private Struct setPriorities(Struct input, Caller caller) {
    Map<Rule, Integer> wanted = new HashMap<>();
    List<Rule> rules = new ArrayList<>();
    for (Struct pair : input.structs("RulePriorities")) {
      String arn =
          pair.string("RuleArn")
              .orElseThrow(() -> ElbErrors.validation("Each priority must name its RuleArn"));
      Rule rule = changeable(arn, "reordered");
      rules.add(rule);
      wanted.put(rule, pair.integer("Priority").orElse(rule.priority));
    }
    if (rules.stream().map(rule -> rule.listener).distinct().count() > 1) {
      throw ElbErrors.validation("All rules must belong to the same listener");
    }
    Set<Integer> taken = new HashSet<>();
    for (Rule rule : rules.isEmpty() ? rules : inventory.rulesOf(rules.get(0).listener)) {
      int priority = wanted.getOrDefault(rule, rule.priority);
      if (!taken.add(priority)) {
        throw priorityInUse(priority);
      }
    }
    wanted.forEach((rule, priority) -> rule.priority = priority);
    wiring.refresh();
    return rows(rules);
  }

  private static Struct rows(List<Rule> rules) {
    return Struct.of().with("Rules", rules.stream().map(RuleCalls::render).toList());
  }

  private static Struct render(Rule rule) {
    return Struct.of()
        .with("RuleArn", rule.arn)
        .with("Priority", String.valueOf(rule.priority))
        .with("Conditions", rule.conditions.stream().map(Conditions::render).toList())
        .with("Actions", List.of(Actions.render(rule.action)))
        .with("IsDefault", false);
  }

  private static Struct renderDefault(Listener listener) {
    return Struct.of()
        .with("RuleArn", listener.defaultRuleArn)
        .with("Priority", "default")
        .with("Conditions", List.of())
        .with("Actions", List.of(Actions.render(listener.defaultAction)))
        .with("IsDefault", true);
  }
}
