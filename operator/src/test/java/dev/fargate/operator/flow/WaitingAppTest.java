package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.status.ConditionType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An app that has to wait for a person. */
class WaitingAppTest {
  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whileAnotherHoldsItsHostItsRevisionIsNotForgottenAndNothingIsWritten() {
    faults.environment();
    faults.applyAndSettle();
    world.apply(faults.second("second"));
    world.run(Duration.ofMinutes(10));
    assertThat(world.condition("FargateApp", "second", ConditionType.CONFLICT)).isPresent();
    world.forgetCalls();
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.aws.calls().named("ecs:ListTaskDefinitions")).isEmpty();
    assertThat(world.statusWrites).isZero();
  }

  @Test
  void aUrlIsShownOnceItLeadsToTheAppAndNotBefore() {
    faults.environment();
    faults.applyAndSettle();
    world.apply(faults.second("second"));
    world.run(Duration.ofMinutes(10));
    assertThat(world.condition("FargateApp", "second", ConditionType.CONFLICT)).isPresent();
    String url = world.app("web").getStatus().url;
    assertThat(url).isNotNull();
    assertThat(world.app("second").getStatus().url).as("it leads to the other").isNull();
    assertThat(world.app("second").getStatus().urls).isEmpty();

    world.delete("FargateApp", "web");
    world.runUntil(
        "the second is ready", Duration.ofMinutes(30), () -> world.ready("FargateApp", "second"));
    assertThat(world.app("second").getStatus().url).isEqualTo(url);
  }
}
