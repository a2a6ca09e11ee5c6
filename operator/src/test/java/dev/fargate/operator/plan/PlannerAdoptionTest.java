package dev.fargate.operator.plan;

import static dev.fargate.operator.plan.Scenes.only;
import static dev.fargate.operator.plan.Scenes.running;
import static dev.fargate.operator.plan.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.plan.Plan.Conflict;
import dev.fargate.operator.plan.PlanOptions.Adoption;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.Output;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What somebody else has made under a wanted name is taken over, and only then changed. */
class PlannerAdoptionTest {
  private static final Map<String, String> CONSENT =
      Map.of("fargate.dev/adopt", "FargateApp/default/web", "team", "theirs");

  /** The app runs, but one of its things is somebody else's, with these tags. */
  private static SimulatedAws taken(Kind kind, Map<String, String> tags) {
    SimulatedAws aws = running();
    ObservedResource there = aws.of(kind).get(0);
    aws.replace(
        there,
        new ObservedResource(
            there.actual(),
            there.outputs(),
            tags,
            Ownership.FOREIGN,
            Lifecycle.ACTIVE,
            there.contentHash()));
    return aws;
  }

  private static Plan plan(SimulatedAws aws, Adoption adoption, Consumer<FargateAppSpec> change) {
    return Planner.plan(
        Apps.stack(Apps.web(change)), aws.observed(), Apps.options().withAdoption(adoption));
  }

  @Test
  void takingOverPutsOurTagsOnItAndNothingMore() {
    SimulatedAws aws = taken(Kind.LOG_GROUP, CONSENT);
    Plan plan = plan(aws, Adoption.IF_TAGGED, spec -> {});

    assertThat(steps(plan)).containsExactly("ADOPT LogGroup/logs");
    assertThat(plan.adopts()).isTrue();
    assertThat(plan.conflicts()).isEmpty();
    Action adopt = plan.actions().get(0);
    assertThat(adopt.desired()).isEqualTo(aws.of(Kind.LOG_GROUP).get(0).actual());
    assertThat(adopt.changes())
        .isNotEmpty()
        .extracting(FieldChange::field)
        .allMatch(field -> field.startsWith("tags.fargate.dev/"));
    assertThat(adopt.tags()).containsEntry("fargate.dev/owner-id", "tests");
    assertThat(adopt.reason())
        .startsWith("takes over " + aws.of(Kind.LOG_GROUP).get(0).outputs().get(Output.ARN))
        .contains("deletionPolicy holds for it from then on");
    assertThat(PlanText.of(plan))
        .contains(" 1. @   LogGroup/logs")
        .contains("1 to adopt, 0 to create, 0 to change, 0 to delete");
    assertThat(Scenes.plan(aws, spec -> spec.image = "web:2").adopts()).isFalse();
  }

  @Test
  void whatDiffersIsChangedOnceItIsOurs() {
    SimulatedAws aws = taken(Kind.LOG_GROUP, CONSENT);
    ObservedResource group = aws.of(Kind.LOG_GROUP).get(0);
    LogGroup was = (LogGroup) group.actual();
    aws.replace(
        group,
        SimulatedAws.with(group, new LogGroup(was.id(), was.name(), 7, false), group.tags()));
    Plan plan = plan(aws, Adoption.ADOPT, spec -> {});

    assertThat(steps(plan)).containsExactly("ADOPT LogGroup/logs", "UPDATE LogGroup/logs");
    assertThat(((LogGroup) plan.actions().get(0).desired()).retentionDays()).isEqualTo(7);
    Action update = plan.actions().get(1);
    assertThat(update.after()).containsExactly(plan.actions().get(0).actionId());
    assertThat(update.changes())
        .extracting(FieldChange::field)
        .as("its tags are written by the adoption")
        .containsExactly("retentionDays");
    Plan more = plan(aws, Adoption.ADOPT, spec -> spec.replicas = 2);
    assertThat(only(more, Verb.UPDATE, Kind.SERVICE).after())
        .as("what is ours already does not wait for it")
        .isEmpty();
  }

  @Test
  void aServiceIsTakenOverWithoutClaimingThatItsDeploymentWasOurs() {
    SimulatedAws aws = taken(Kind.SERVICE, CONSENT);
    Plan plan = plan(aws, Adoption.ADOPT, spec -> spec.restartedAt = "2026-11-21T10:00:00Z");

    assertThat(only(plan, Verb.ADOPT, Kind.SERVICE).tags())
        .doesNotContainKeys("fargate.dev/attempt", "fargate.dev/restarted-at");
    assertThat(only(plan, Verb.UPDATE, Kind.SERVICE).after())
        .contains(only(plan, Verb.ADOPT, Kind.SERVICE).actionId());
  }

  @Test
  void withoutConsentItIsAConflictThatSaysWhatIsLacking() {
    SimulatedAws aws = taken(Kind.LOG_GROUP, Map.of("team", "theirs"));
    String arn = aws.of(Kind.LOG_GROUP).get(0).outputs().get(Output.ARN);

    assertThat(plan(aws, Adoption.NEVER, spec -> {}).conflicts())
        .extracting(Conflict::holder)
        .containsExactly(arn);
    Plan tagged = plan(aws, Adoption.IF_TAGGED, spec -> {});
    assertThat(tagged.conflicts())
        .extracting(Conflict::holder)
        .containsExactly(arn + ", which lacks the tag fargate.dev/adopt=FargateApp/default/web");
    assertThat(tagged.adopts()).isFalse();
    assertThat(steps(plan(aws, Adoption.ADOPT, spec -> {}))).containsExactly("ADOPT LogGroup/logs");
  }

  /** An approval of taking one thing over approves no other of the same name. */
  @Test
  void theApprovalOfAnAdoptionIsForThatOneThing() {
    SimulatedAws aws = taken(Kind.LOG_GROUP, CONSENT);
    Set<String> approved = plan(aws, Adoption.ADOPT, spec -> {}).actionIds();
    assertThat(plan(aws, Adoption.ADOPT, spec -> {}).isSubsetOf(approved)).isTrue();

    ObservedResource group = aws.of(Kind.LOG_GROUP).get(0);
    Map<Output, String> others = new TreeMap<>(group.outputs());
    others.put(Output.ARN, "arn:another");
    aws.replace(
        group,
        new ObservedResource(
            group.actual(), others, CONSENT, Ownership.FOREIGN, Lifecycle.ACTIVE, null));
    assertThat(plan(aws, Adoption.ADOPT, spec -> {}).isSubsetOf(approved)).isFalse();
  }

  @Test
  void whatIsLeftToOthersIsSaidAndNotChanged() {
    SimulatedAws aws = running();
    ObservedResource group = aws.of(Kind.LOG_GROUP).get(0);
    LogGroup was = (LogGroup) group.actual();
    aws.replace(
        group,
        SimulatedAws.with(group, new LogGroup(was.id(), was.name(), 7, false), group.tags()));
    PlanOptions ignoring =
        Apps.options().withIgnored(new Ignored(Set.of("LogGroup.retentionDays")));
    Plan plan = Planner.plan(Apps.stack(Apps.web()), aws.observed(), ignoring);

    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.ignored())
        .singleElement()
        .satisfies(
            ignored -> {
              assertThat(ignored.property()).isEqualTo("LogGroup.retentionDays");
              assertThat(ignored).hasToString("LogGroup/logs retentionDays: 7 (spec: 30)");
            });
    assertThat(PlanText.of(plan)).contains("Ignored: LogGroup/logs retentionDays: 7 (spec: 30)");
    assertThat(new Plan.Ignored(was.id(), new FieldChange("x", null, null, null)))
        .hasToString("LogGroup/logs x: (none) (spec: (none))");
  }

  @Test
  void anApprovalHoldsWhateverOthersMakeOfWhatIsLeftToThem() {
    SimulatedAws aws = running();
    PlanOptions ignoring =
        Apps.options().withIgnored(new Ignored(Set.of("LogGroup.retentionDays")));
    Set<Set<String>> ids = new HashSet<>();
    for (int days : new int[] {7, 14}) {
      ObservedResource group = aws.of(Kind.LOG_GROUP).get(0);
      LogGroup was = (LogGroup) group.actual();
      aws.replace(
          group,
          SimulatedAws.with(group, new LogGroup(was.id(), was.name(), days, false), group.tags()));
      Plan plan =
          Planner.plan(
              Apps.stack(Apps.web(spec -> spec.tags.put("team", "a"))), aws.observed(), ignoring);
      assertThat(((LogGroup) only(plan, Verb.UPDATE, Kind.LOG_GROUP).desired()).retentionDays())
          .as("a call that writes it together with others writes what is there")
          .isEqualTo(days);
      ids.add(plan.actionIds());
    }
    assertThat(ids).hasSize(1);
  }
}
