package dev.fargate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.PlanStatus;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.ResourceId;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShownPlanTest {
  private static final Owner OWNER = new Owner("acme", "FargateApp", "default", "web");

  private static Plan plan(int actions, int changes, int characters) {
    return new Plan(
        OWNER,
        IntStream.range(0, actions).mapToObj(i -> action(i, changes, characters)).toList(),
        List.of(),
        Resolution.none(),
        List.of(),
        Set.of());
  }

  private static Action action(int number, int changes, int characters) {
    ResourceId id = new ResourceId(Kind.LOG_GROUP, "logs-" + number);
    String text = "x".repeat(characters);
    return new Action(
        Verb.UPDATE,
        id,
        new LogGroup(id, "/fargate/acme/default/web-" + number, 30, false),
        null,
        IntStream.range(0, changes)
            .mapToObj(c -> new FieldChange("field" + c, text, text, FieldChange.Effect.IN_PLACE))
            .toList(),
        new TreeMap<>(),
        Set.of(),
        null,
        false,
        false,
        null,
        "00000000");
  }

  @Test
  void aSmallPlanIsShownWhole() {
    PlanStatus shown = ShownPlan.of(plan(50, 2, 10));
    assertThat(shown.actions).hasSize(50);
    assertThat(shown.truncated).isNull();
    assertThat(shown.actions.get(0).changes).contains("field0: xxxxxxxxxx -> xxxxxxxxxx");
  }

  @Test
  void theFiftyFirstActionIsCutAndSaidSo() {
    PlanStatus shown = ShownPlan.of(plan(51, 1, 10));
    assertThat(shown.actions).hasSize(50);
    assertThat(shown.truncated).isTrue();
    assertThat(shown.hash).isEqualTo(plan(51, 1, 10).hash());
  }

  @Test
  void howeverLongTheTextsAreAStatusStaysSmall() {
    PlanStatus shown = ShownPlan.of(plan(200, 40, 5000));
    assertThat(Serialization.asJson(shown).getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(24 * 1024);
    assertThat(shown.truncated).isTrue();
    assertThat(shown.actions).isNotEmpty();
  }
}
