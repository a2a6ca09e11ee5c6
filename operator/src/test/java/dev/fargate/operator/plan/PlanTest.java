package dev.fargate.operator.plan;

import static dev.fargate.operator.plan.Scenes.plan;
import static dev.fargate.operator.plan.Scenes.running;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
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
}
