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
}
