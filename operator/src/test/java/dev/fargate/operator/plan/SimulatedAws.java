package dev.fargate.operator.plan;

import dev.fargate.operator.apply.Executor;
import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.plan.Observed.RuleSlot;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.stack.DiscoveryService;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Secret;
import dev.fargate.operator.stack.SecurityGroup;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.TargetGroup;
import dev.fargate.operator.stack.TaskDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * AWS as far as the order of writes matters to it: what refuses which call while what else exists
 * (AWS-FACTS 4 to 8), and what finishes only later. Plans are carried out by the real executor.
 */
final class SimulatedAws {
  final List<ObservedResource> resources = new ArrayList<>();

  /** Every write, as {@code VERB Kind/name}. */
  final List<String> writes = new ArrayList<>();

  /** Moments at which a rule sent requests to a target group without a target. */
  final List<String> unanswered = new ArrayList<>();

  private final Executor executor =
      new Executor(Arrays.stream(Kind.values()).map(kind -> (Runner) new Writer(kind)).toList());
  private final List<Rollout.Deployment> deployments = new ArrayList<>();

  private RolledBack rolledBack;

  /** Where the running tasks are registered; two sets during a deployment. */
  private List<Service> taskSets = new ArrayList<>();

  private int counter;

  Observed observed() {
    return observed(null);
  }

  /**
   * @param shuffle another order of everything; null for none
   */
  Observed observed(Random shuffle) {
    List<ObservedResource> all = new ArrayList<>(resources);
    List<RuleSlot> slots = new ArrayList<>();
    for (ObservedResource resource : resources) {
      if (resource.actual() instanceof ListenerRule rule) {
        slots.add(
            new RuleSlot(
                rule.listenerArn().toString(),
                resource.outputs().get(Output.ARN),
                rule.priority(),
                rule.hosts(),
                rule.paths(),
                Apps.OWNER.reference()));
      }
    }
    if (shuffle != null) {
      Collections.shuffle(all, shuffle);
      Collections.shuffle(slots, shuffle);
    }
    Rollout rollout =
        deployments.isEmpty()
            ? null
            : new Rollout(
                "ACTIVE", 1, 1, 0, deployments, List.of(), List.of(), List.of(), null, rolledBack);
    return new Observed(all, Set.of(), slots, rollout);
  }

  List<Outcome> carryOut(Plan plan) {
    List<Outcome> outcomes = executor.run(plan, () -> true);
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Failed failed) {
        throw new AssertionError(failed.toString());
      }
    }
    return outcomes;
  }

  /** Whether a deployment is under way. */
  boolean isRolling() {
    return taskSets.size() > 1;
  }

  /** What ECS knows of earlier deployments is not known to the planner. */
  void forgetHistory() {
    rolledBack = null;
  }

  /** Time passes: rollouts complete, what is on its way out is gone. */
  void settle() {
    resources.removeIf(resource -> resource.lifecycle() == Lifecycle.DELETING);
    if (deployments.size() > 1) {
      deployments.remove(1);
    }
    if (!deployments.isEmpty()) {
      Rollout.Deployment primary = deployments.get(0);
      deployments.set(0, deployment(primary.id(), "PRIMARY", primary.taskDefinitionArn(), true));
      taskSets = new ArrayList<>(taskSets.subList(taskSets.size() - 1, taskSets.size()));
    }
    if (service() == null) {
      deployments.clear();
      taskSets.clear();
    }
    look("after settling");
  }

  /** ECS gives up on the newest deployment and goes back to what ran before. */
  void rollBack() {
    ObservedResource service = service();
    Service before = taskSets.get(0);
    Service now = (Service) service.actual();
    Service back =
        new Service(
            now.id(),
            now.name(),
            now.clusterArn(),
            before.taskDefinitionArn(),
            now.count(),
            before.capacity(),
            before.network(),
            before.loadBalancers(),
            before.registries(),
            now.deployment(),
            now.healthCheckGracePeriodSeconds(),
            before.platformVersion(),
            now.propagateTags(),
            now.restartToken());
    replace(service, with(service, back, service.tags()));
    taskSets = new ArrayList<>(List.of(before));
    String arn = before.taskDefinitionArn().toString();
    deployments.clear();
    deployments.add(deployment("ecs-svc/back", "PRIMARY", arn, true));
    rolledBack =
        new RolledBack(
            now.taskDefinitionArn().toString(),
            now.network(),
            now.loadBalancers(),
            now.registries(),
            "1.4.0");
  }

  /** Its tags become these. */
  void tagService(Map<String, String> tags) {
    ObservedResource service = service();
    replace(service, with(service, service.actual(), tags));
  }

  ObservedResource service() {
    return resources.stream()
        .filter(r -> r.actual() instanceof Service && r.lifecycle() == Lifecycle.ACTIVE)
        .findFirst()
        .orElse(null);
  }

  List<ObservedResource> of(Kind kind) {
    return resources.stream().filter(r -> r.actual().id().kind() == kind).toList();
  }

  /** Swaps what is there, as a person at the console would. */
  void add(ObservedResource another) {
    resources.add(another);
  }

  void remove(ObservedResource gone) {
    resources.remove(gone);
  }

  void replace(ObservedResource old, ObservedResource changed) {
    resources.set(resources.indexOf(old), changed);
  }

  static ObservedResource with(
      ObservedResource resource, Resource actual, Map<String, String> tags) {
    return new ObservedResource(
        actual,
        resource.outputs(),
        tags,
        resource.ownership(),
        resource.lifecycle(),
        resource.contentHash());
  }

  private static Rollout.Deployment deployment(
      String id, String status, String taskDefinition, boolean completed) {
    return new Rollout.Deployment(
        id,
        status,
        taskDefinition,
        null,
        1,
        1,
        0,
        0,
        completed ? "COMPLETED" : "IN_PROGRESS",
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  /** Every rule with traffic must find a task, whichever of the present sets is up. */
  private void look(String when) {
    for (ObservedResource resource : resources) {
      if (resource.actual() instanceof ListenerRule rule
          && !rule.isParked()
          && service() != null
          && isFirst(rule)) {
        for (ListenerRule.Forward forward : rule.forwards()) {
          boolean weighs = rule.forwards().size() == 1 || forward.weight() > 0;
          boolean everBeenThere =
              answered.contains(rule.hosts() + " " + rule.paths())
                  || taskSets.stream().allMatch(set -> isRegistered(set, forward));
          if (taskSets.stream().allMatch(set -> isRegistered(set, forward))) {
            answered.add(rule.hosts() + " " + rule.paths());
          } else if (weighs && everBeenThere) {
            unanswered.add(rule.physicalName() + " " + when);
          }
        }
      }
    }
  }

  /** Of two rules for the same requests only the one with the lower priority gets any. */
  private boolean isFirst(ListenerRule rule) {
    return of(Kind.LISTENER_RULE).stream()
        .map(other -> (ListenerRule) other.actual())
        .noneMatch(o -> o.takesTheSameAs(rule) && o.priority() < rule.priority());
  }

  /** Rules that had targets once: from then on every request must be answered. */
  private final Set<String> answered = new HashSet<>();

  /** Where ECS moves traffic, its tasks are in whichever of the two groups it weighs. */
  private static boolean isRegistered(Service set, ListenerRule.Forward forward) {
    return set.loadBalancers().stream()
        .anyMatch(target -> Traffic.groups(target).contains(forward.targetGroupArn().toString()));
  }

  private static void refuse(boolean condition, String message) {
    if (condition) {
      throw new AssertionError(message);
    }
  }

  private final class Writer implements Runner {
    private final Kind kind;

    Writer(Kind kind) {
      this.kind = kind;
    }

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public Map<Output, String> create(
        Owner owner, Resource desired, SortedMap<String, String> tags) {
      for (ObservedResource other : of(kind)) {
        refuse(sharesName(other.actual(), desired), "the name is taken: " + desired);
      }
      if (desired instanceof Service service) {
        check(service);
        taskSets = new ArrayList<>(List.of(service));
        String arn = service.taskDefinitionArn().toString();
        deployments.clear();
        deployments.add(deployment("ecs-svc/" + counter, "PRIMARY", arn, false));
      }
      int number = ++counter;
      Map<Output, String> outputs = new EnumMap<>(Output.class);
      String name = desired.physicalName();
      outputs.put(Output.ARN, "arn:" + kind.label() + "/" + name + ":" + number);
      outputs.put(Output.ID, kind.label() + "-" + number);
      outputs.put(Output.NAME, name);
      outputs.put(Output.ARN_SUFFIX, "targetgroup/" + name + "/" + number);
      outputs.put(Output.VERSION_ID, "version-" + number);
      resources.add(
          new ObservedResource(
              desired,
              outputs,
              tags,
              Ownership.OURS,
              Lifecycle.ACTIVE,
              tags.get(dev.fargate.operator.stack.Ownership.CONTENT_HASH)));
      writes.add("CREATE " + desired.id());
      look("after creating " + desired.id());
      return outputs;
    }

    private boolean sharesName(Resource there, Resource desired) {
      if (there instanceof ListenerRule a && desired instanceof ListenerRule b) {
        return a.listenerArn().equals(b.listenerArn()) && a.priority().equals(b.priority());
      } else if (there instanceof DiscoveryService a && desired instanceof DiscoveryService b) {
        return a.name().equals(b.name()) && a.namespaceId().equals(b.namespaceId());
      }
      return kind != Kind.TASK_DEFINITION && there.physicalName().equals(desired.physicalName());
    }

    private void check(Service service) {
      TaskDefinition definition =
          (TaskDefinition)
              resources.stream()
                  .filter(
                      r ->
                          service
                              .taskDefinitionArn()
                              .toString()
                              .equals(r.outputs().get(Output.ARN)))
                  .findFirst()
                  .orElseThrow(() -> new AssertionError("no such task definition"))
                  .actual();
      for (Service.Target target : service.loadBalancers()) {
        String arn = target.targetGroupArn().toString();
        refuse(!isForwarded(arn), arn + " does not have an associated load balancer.");
        refuse(
            definition.containers().stream()
                .flatMap(container -> container.ports().stream())
                .noneMatch(port -> port.containerPort() == target.containerPort()),
            "The container did not have a container port " + target.containerPort());
      }
      refuse(service.registries().size() > 1, "one registry per service");
      service.registries().forEach(r -> refuse(!exists(r.toString()), "no such registry: " + r));
      service
          .network()
          .securityGroups()
          .forEach(
              group ->
                  refuse(
                      of(Kind.SECURITY_GROUP).stream()
                          .noneMatch(r -> r.outputs().get(Output.ID).equals(group.toString())),
                      "no such group: " + group));
    }

    private boolean exists(String arn) {
      return resources.stream().anyMatch(r -> arn.equals(r.outputs().get(Output.ARN)));
    }

    private boolean isForwarded(String arn) {
      return of(Kind.LISTENER_RULE).stream()
          .flatMap(r -> ((ListenerRule) r.actual()).forwards().stream())
          .anyMatch(forward -> forward.targetGroupArn().toString().equals(arn));
    }

    @Override
    public Map<Output, String> update(Owner owner, Action action, Resource desired) {
      ObservedResource old =
          of(kind).stream()
              .filter(r -> r.outputs().equals(action.observed().outputs()))
              .findFirst()
              .orElseThrow(() -> new AssertionError("gone: " + action.actionId()));
      Map<String, String> tags = new TreeMap<>(old.tags());
      action.changes().stream()
          .filter(change -> change.field().startsWith("tags.") && change.after() == null)
          .forEach(change -> tags.remove(change.field().substring("tags.".length())));
      tags.putAll(action.tags());
      Map<Output, String> outputs = new EnumMap<>(old.outputs());
      Resource becomes = desired;
      if (desired instanceof Service service) {
        becomes = update((Service) old.actual(), service, action.startsDeployment());
      } else if (desired instanceof Secret secret
          && (action.touches("content") || action.touches("sources"))) {
        outputs.put(Output.VERSION_ID, "version-" + ++counter);
        becomes = new Secret(secret.id(), secret.name(), secret.sources(), Secret.Content.SAME);
      }
      resources.set(
          resources.indexOf(old),
          new ObservedResource(
              becomes, outputs, tags, old.ownership(), old.lifecycle(), old.contentHash()));
      writes.add("UPDATE " + desired.id());
      look("after updating " + desired.id());
      return outputs;
    }

    private Service update(Service old, Service desired, boolean deploys) {
      if (!deploys) {
        refuse(
            !old.taskDefinitionArn().equals(desired.taskDefinitionArn())
                || !Set.copyOf(old.loadBalancers()).equals(Set.copyOf(desired.loadBalancers())),
            "starts a deployment and does not say so");
        return desired;
      }
      check(desired);
      rolledBack = null;
      taskSets.add(desired);
      String arn = desired.taskDefinitionArn().toString();
      List<Rollout.Deployment> active = new ArrayList<>();
      active.add(deployment("ecs-svc/" + ++counter, "PRIMARY", arn, false));
      Rollout.Deployment before = deployments.get(0);
      active.add(deployment(before.id(), "ACTIVE", before.taskDefinitionArn(), true));
      deployments.clear();
      deployments.addAll(active);
      return desired;
    }

    @Override
    public void delete(Owner owner, ObservedResource observed) {
      refuse(!resources.contains(observed), "gone already: " + observed.actual().id());
      String arn = observed.outputs().get(Output.ARN);
      String id = observed.outputs().get(Output.ID);
      Set<Service> users = new LinkedHashSet<>(taskSets);
      if (observed.actual() instanceof TargetGroup) {
        refuse(isForwarded(arn), "Target group is currently in use by a listener or a rule");
        refuse(
            users.stream()
                .flatMap(s -> s.loadBalancers().stream())
                .anyMatch(t -> t.targetGroupArn().toString().equals(arn)),
            "tasks are registered with it");
      } else if (observed.actual() instanceof DiscoveryService) {
        refuse(
            users.stream()
                .flatMap(s -> s.registries().stream())
                .anyMatch(r -> r.toString().equals(arn)),
            "Service contains registered instances");
      } else if (observed.actual() instanceof SecurityGroup) {
        refuse(
            users.stream()
                .flatMap(s -> s.network().securityGroups().stream())
                .anyMatch(g -> g.toString().equals(id)),
            "DependencyViolation");
      } else if (observed.actual() instanceof TaskDefinition) {
        refuse(
            users.stream().anyMatch(s -> s.taskDefinitionArn().toString().equals(arn)),
            "tasks run by it");
      }
      writes.add("DELETE " + observed.actual().id());
      if (observed.actual() instanceof Service) {
        replace(
            observed,
            new ObservedResource(
                observed.actual(),
                observed.outputs(),
                observed.tags(),
                observed.ownership(),
                Lifecycle.DELETING,
                null));
      } else {
        resources.remove(observed);
      }
      look("after deleting " + observed.actual().id());
    }
  }

  /** What is there, without what differs from run to run. */
  Map<String, Integer> census() {
    Map<String, Integer> census = new HashMap<>();
    resources.forEach(r -> census.merge(r.actual().id().toString(), 1, Integer::sum));
    return census;
  }
}
