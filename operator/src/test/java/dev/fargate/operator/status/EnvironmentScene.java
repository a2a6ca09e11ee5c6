package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.build.EnvironmentStack;
import dev.fargate.operator.stack.build.Ids;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What one pass over an environment sees and does: all is there, changed as a test wants it. */
final class EnvironmentScene {
  private static final Owner OWNER = new Owner("acme", "FargateEnvironment", "", "phoenix");

  final List<ObservedResource> resources = new ArrayList<>();
  final List<Action> actions = new ArrayList<>();
  final List<Plan.Conflict> conflicts = new ArrayList<>();
  final List<Outcome> outcomes = new ArrayList<>();
  final Set<Kind> unknown = new HashSet<>();
  Unread unread;
  EnvironmentStatus.Facts facts =
      new EnvironmentStatus.Facts(
          "123456789012", List.of("subnet-a", "subnet-b"), null, null, Map.of());

  final FargateEnvironment environment =
      Serialization.unmarshal(
          """
          apiVersion: fargate.dev/v1alpha1
          kind: FargateEnvironment
          metadata: {name: phoenix, generation: 3}
          spec:
            region: eu-central-1
            cluster: {name: phoenix}
            network: {vpcId: vpc-0123456789abcdef0}
            privateDns: {domain: phoenix.internal}
            loadBalancers:
              - name: web
                listeners:
                  - {port: 80, protocol: HTTP, redirect: HTTPS}
                  - {port: 443, protocol: HTTPS, certificateArns: ["arn:c"]}
            logGroups: [{name: shared}]
            publicZones: [{domain: example.com, hostedZoneId: Z1}]
          """,
          FargateEnvironment.class);

  EnvironmentScene() {
    Stack stack =
        EnvironmentStack.build(OWNER, environment, List.of("subnet-a", "subnet-b"), Map.of());
    Resolution known = Resolution.none();
    for (Resource resource : stack.resources()) {
      known = known.with(resource.id(), Scene.outputs(resource.id()));
    }
    for (Resource resource : stack.resources()) {
      resources.add(Scene.seen(known.resolve(resource)));
    }
  }

  void changed(ResourceId id, UnaryOperator<ObservedResource> change) {
    resources.replaceAll(
        resource -> resource.actual().id().equals(id) ? change.apply(resource) : resource);
  }

  void state(String balancer, ObservedResource.Lifecycle state) {
    changed(Ids.loadBalancer(balancer), one -> Scene.as(state, one));
  }

  void plan(Action.Verb verb, ResourceId id, FieldChange... changes) {
    ObservedResource one =
        resources.stream()
            .filter(resource -> resource.actual().id().equals(id))
            .findFirst()
            .orElseThrow();
    actions.add(
        verb == Action.Verb.UPDATE && changes.length == 0
            ? Scene.action(verb, one, Scene.CHANGE)
            : Scene.action(verb, one, changes));
  }

  FargateEnvironmentStatus status() {
    Observed observed = new Observed(resources, unknown, List.of(), null);
    Plan plan =
        new Plan(
            OWNER, actions, conflicts, Resolution.none(), List.of(), unknown, false, List.of());
    EnvironmentStatus draft =
        new EnvironmentStatus(environment, Scene.NOW)
            .users(List.of("FargateApp/default/phoenix"))
            .answered("look-1")
            .saw(observed, facts);
    EnvironmentConditions.judge(
        draft.conditions(),
        new EnvironmentConditions.Facts(
            observed,
            plan,
            outcomes,
            draft.compared(observed, plan, "wanted"),
            draft.wasReady(),
            unread));
    return draft.build(Scene.NOW);
  }

  /** The next look, which has seen this status. */
  void then() {
    environment.setStatus(
        Serialization.unmarshal(Serialization.asYaml(status()), FargateEnvironmentStatus.class));
  }
}
