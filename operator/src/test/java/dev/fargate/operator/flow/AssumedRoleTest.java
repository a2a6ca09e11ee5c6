package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.environment.AssumeRole;
import dev.fargate.local.aws.call.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As whom an environment's AWS is called. In virtual time. */
class AssumedRoleTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/fargate-operator";

  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;

  @AfterEach
  void close() {
    world.close();
  }

  private void assume(String role) {
    faults.environment.getSpec().assumeRole = new AssumeRole();
    faults.environment.getSpec().assumeRole.arn = role;
    world.apply(faults.environment);
  }

  @Test
  void everyCallIsMadeAsTheRoleThatTheEnvironmentNames() {
    assume(ROLE);
    world.run(Duration.ofMinutes(5));
    assertThat(world.ready("FargateEnvironment", "phoenix")).isTrue();
    List<Call> calls =
        world.aws.calls().all().stream().filter(it -> !it.service().equals("sts")).toList();
    assertThat(calls)
        .isNotEmpty()
        .allSatisfy(
            call ->
                assertThat(call.principal())
                    .startsWith("arn:aws:sts::123456789012:assumed-role/fargate-operator/"));
  }

  @Test
  void aRoleThatMayNotBeAssumedIsSaidAndNothingIsCalledAsSomebodyElse() {
    assume("arn:aws:iam::123456789012:role/somebody-elses");
    world.run(Duration.ofMinutes(5));
    assertThat(world.ready("FargateEnvironment", "phoenix")).isFalse();
    assertThat(world.environmentObject("phoenix").getStatus().conditions)
        .anySatisfy(
            condition ->
                assertThat(condition.getMessage())
                    .contains("sts:AssumeRole", "role/somebody-elses"));
    assertThat(world.aws.calls().all()).extracting(Call::service).containsOnly("sts");
  }
}
