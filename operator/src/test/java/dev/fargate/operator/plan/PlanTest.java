package dev.fargate.operator.plan;

import static dev.fargate.operator.plan.Scenes.only;
import static dev.fargate.operator.plan.Scenes.plan;
import static dev.fargate.operator.plan.Scenes.running;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.stack.Kind;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Approval: by content, by set of actions, stable from pass to pass. */
class PlanTest {
  @Test
  void theHashIsTheSameForTheSamePathAndAnotherForAnother() {
    SimulatedAws aws = running();
    String hash = plan(aws, spec -> spec.replicas = 2).hash();
    assertThat(hash).hasSize(16).isEqualTo(plan(aws, spec -> spec.replicas = 2).hash());
    assertThat(plan(aws, spec -> spec.replicas = 3).hash()).isNotEqualTo(hash);
  }

  @Test
  void approvingOneImageApprovesNoOther() {
    SimulatedAws aws = running();
    Set<String> approved = plan(aws, spec -> spec.image = "web:2").actionIds();
    assertThat(plan(aws, spec -> spec.image = "web:2").isSubsetOf(approved)).isTrue();
    assertThat(plan(aws, spec -> spec.image = "web:3").isSubsetOf(approved)).isFalse();
  }

  @Test
  void whatIsLeftOfAnApprovedPlanStaysApproved() {
    SimulatedAws aws = running();
    Plan whole = plan(aws, spec -> spec.ports.get(0).containerPort = 9090);
    aws.carryOut(whole);
    aws.settle();
    Plan rest = plan(aws, spec -> spec.ports.get(0).containerPort = 9090);
    assertThat(rest.isEmpty()).isFalse();
    assertThat(rest.isSubsetOf(whole.actionIds())).isTrue();
  }

  @Test
  void finishingWhatAnApprovedPlanCreatesIsApprovedWithIt() {
    SimulatedAws aws = new SimulatedAws();
    Set<String> approved = plan(aws, spec -> {}).actionIds();
    Plan rest = plan(running(), spec -> spec.ingresses.get(0).deregistrationDelaySeconds = 7);
    assertThat(rest.actions()).extracting(Action::verb).containsOnly(Verb.UPDATE);
    assertThat(
            rest.isSubsetOf(
                plan(aws, spec -> spec.ingresses.get(0).deregistrationDelaySeconds = 7)
                    .actionIds()))
        .isTrue();
    assertThat(rest.isSubsetOf(approved)).as("it leads elsewhere").isFalse();
  }

  @Test
  void anotherPriorityAtTheNextLookIsStillTheSameAction() {
    Plan plan = plan(new SimulatedAws(), spec -> {});
    SimulatedAws other = running(spec -> spec.ingresses.get(0).hosts.set(0, "other.example.com"));
    other.resources.removeIf(r -> !(r.actual().physicalName().startsWith("other.example.com")));
    Plan later =
        Planner.plan(
            Apps.stack(Apps.web()),
            new Observed(java.util.List.of(), Set.of(), other.observed().listeners(), null),
            Apps.options());
    assertThat(PlanText.of(later)).isNotEqualTo(PlanText.of(plan)).contains("priority: 15242");
    assertThat(later.actionIds()).isEqualTo(plan.actionIds());
  }

  @Test
  void theDocumentIsWrittenByAnyJsonLibrary() {
    Plan plan = plan(running(), spec -> spec.ports.get(0).containerPort = 9090);
    JsonNode json = new ObjectMapper().valueToTree(PlanDocument.of(plan));
    assertThat(json.get("owner").asText()).isEqualTo("FargateApp/default/web");
    assertThat(json.get("hash").asText()).isEqualTo(plan.hash());
    assertThat(json.get("actions")).hasSize(plan.actions().size());
    JsonNode replaced = json.get("actions").get(1);
    assertThat(replaced.get("symbol").asText()).isEqualTo("+/-");
    assertThat(replaced.get("resource").asText()).isEqualTo("TargetGroup/web");
    assertThat(replaced.get("changes").get(1).get("before").asText()).isEqualTo("8080");
  }

  private static Plan planOf(Plan plan, Predicate<Action> which) {
    return new Plan(
        plan.owner(),
        plan.actions().stream().filter(which).toList(),
        plan.conflicts(),
        plan.known(),
        plan.kept(),
        plan.unread());
  }

  @Test
  void whatCameAfterAStepThatCannotBeSeenAnyMoreWaitsForACompleteLook() {
    Plan earlier = plan(new SimulatedAws(), spec -> {});
    Plan now = planOf(earlier, action -> action.id().kind() != Kind.TARGET_GROUP);
    Plan held = now.heldBack(earlier, Set.of(Kind.TARGET_GROUP));

    String look = "a complete look at every TargetGroup";
    assertThat(only(held, Verb.CREATE, Kind.LISTENER_RULE).waitingFor()).isEqualTo(look);
    assertThat(only(held, Verb.CREATE, Kind.SERVICE).waitingFor())
        .as("what comes after that, too")
        .isEqualTo(look);
    assertThat(only(held, Verb.CREATE, Kind.SECRET).waitingFor()).isNull();
    assertThat(held.actionIds()).as("it stays approved").isEqualTo(now.actionIds());
    assertThat(now.heldBack(earlier, Set.of(Kind.TARGET_GROUP, Kind.CLUSTER)).actions())
        .extracting(Action::waitingFor)
        .contains("a complete look at every Cluster, every TargetGroup");
  }

  @Test
  void whatIsStillPlannedOrWasNotLostIsNotHeldBack() {
    Plan earlier = plan(new SimulatedAws(), spec -> {});
    assertThat(earlier.heldBack(earlier, Set.of(Kind.TARGET_GROUP))).isSameAs(earlier);
    Plan now = planOf(earlier, action -> action.id().kind() != Kind.TARGET_GROUP);
    assertThat(now.heldBack(earlier, Set.of(Kind.SECRET))).isSameAs(now);
  }

  @Test
  void somebodyMayHaveMadeAlreadyWhatReplacesNothing() {
    assertThat(plan(new SimulatedAws(), spec -> {}).createsAnew()).isTrue();
    SimulatedAws aws = running();
    assertThat(plan(aws, spec -> spec.replicas = 2).createsAnew()).isFalse();
    assertThat(plan(aws, spec -> spec.privateDns = Apps.dns("www")).createsAnew())
        .as("a replacement's name is its own")
        .isFalse();
    assertThat(Scenes.delete(aws, Apps.options()).createsAnew()).isFalse();
  }

  @Test
  void aConflictIsOverANameInAwsOrOverAHostAndPath() {
    assertThat(new Plan.Conflict("ListenerRule/web-80 web.example.com/*", "x").isClaim()).isTrue();
    assertThat(new Plan.Conflict("TargetGroup/web default-web-1", "x").isClaim()).isFalse();
  }

  @Test
  void onlyADeploymentThatNobodyAskedToRestartMayBeARetry() {
    SimulatedAws aws = running();
    assertThat(plan(aws, spec -> spec.image = "web:2").mayRetry()).isTrue();
    assertThat(plan(aws, spec -> spec.replicas = 2).mayRetry()).isFalse();
    assertThat(plan(aws, spec -> spec.restartedAt = "2026-11-21T10:00:00Z").mayRetry()).isFalse();
    assertThat(plan(new SimulatedAws(), spec -> {}).mayRetry()).isFalse();
  }
}
