package dev.fargate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Edits of several properties, chosen at random: the way does not matter, only where it ends. */
class PropertySequencesTest {
  private static final int EDITS = 3;

  /** The default run tries few; {@code -Dcampaign=all} hundreds. */
  private static final int SEQUENCES = "all".equals(System.getProperty("campaign")) ? 100 : 1;

  /** With these what was before goes on to matter, and is meant to. */
  private static final Set<String> OF_THE_WAY =
      Set.of(
          "spec.mode",
          // A plan that is not the one is not carried out, and there is none once all is.
          "spec.approvedPlan",
          "spec.replicas",
          "spec.restartedAt",
          "spec.logs.keepOnDelete",
          // Nothing answers there, so that ECS ends the tasks for ever.
          "spec.ingresses[0].healthCheck.port");

  /**
   * Of these, too: under some strategies each rollout moves the traffic to the other target group,
   * and how many tasks there are under autoscaling depends on how many there were.
   */
  private static final List<String> PARTS_OF_THE_WAY =
      List.of("spec.rollout.", "spec.autoscaling.");

  /** One value of one property. */
  record Edit(PropertyValues property, JsonNode value) {
    @Override
    public String toString() {
      return property.path() + "=" + value;
    }
  }

  @Property(tries = 2, seed = "20261128", shrinking = ShrinkingMode.OFF)
  void threeEditsOneAfterTheOtherEndWhereAllAtOnceDo(
      @ForAll("sequences") List<List<Edit>> sequences) {
    for (List<Edit> sequence : sequences) {
      List<ObjectNode> objects = PropertyValues.base(true);
      ObjectNode app = sequence.get(0).property().mine(objects);
      List<Edit> taken = new ArrayList<>();
      List<String> stepByStep;
      try (PropertyWorld world = new PropertyWorld()) {
        world.apply(objects);
        for (Edit edit : sequence) {
          ObjectNode next = app.deepCopy();
          edit.property().putInto(next, edit.value());
          if (world.refusal(next).isEmpty()) {
            app.setAll(next);
            world.apply(objects);
            taken.add(edit);
          }
        }
        assertThat(world.complaints()).as("after %s", taken).isEmpty();
        stepByStep = world.aws();
      }
      try (PropertyWorld world = new PropertyWorld()) {
        world.apply(objects);
        assertThat(world.complaints()).as("at once: %s", taken).isEmpty();
        assertThat(PropertyWorld.difference(stepByStep, world.aws()))
            .as("step by step: %s", taken)
            .isEmpty();
      }
    }
  }

  @Provide
  Arbitrary<List<List<Edit>>> sequences() {
    List<Edit> edits =
        PropertyValues.of("FargateApp").stream()
            .filter(property -> !property.isFixed() && !property.isAlone())
            .filter(property -> !OF_THE_WAY.contains(property.path()))
            .filter(property -> PARTS_OF_THE_WAY.stream().noneMatch(property.path()::startsWith))
            .flatMap(property -> property.values().stream().map(it -> new Edit(property, it)))
            .toList();
    return Arbitraries.of(edits)
        .list()
        .ofSize(EDITS)
        .uniqueElements(edit -> edit.property().path())
        .list()
        .ofSize(SEQUENCES);
  }
}
