package dev.fargate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.operator.stack.build.Phoenix;
import org.junit.jupiter.api.Test;

/** How many passes of one namespace and of one environment may run at once. */
class InFlightTest {
  private final InFlight inFlight = new InFlight();

  private static FargateApp app(String namespace, String environment) {
    FargateApp app = Phoenix.app();
    app.getMetadata().setNamespace(namespace);
    app.getSpec().environment = environment;
    return app;
  }

  private void take(int turns, FargateApp app) {
    for (int i = 0; i < turns; i++) {
      assertThat(inFlight.begin(app)).isTrue();
    }
  }

  @Test
  void aNamespaceTakesItsShareAndLeavesTheRestToOthers() {
    take(InFlight.SHARE / 2, app("many", "east"));
    take(InFlight.SHARE / 2, app("many", "west"));
    assertThat(inFlight.begin(app("many", "west"))).isFalse();
    assertThat(inFlight.begin(app("few", "west"))).isTrue();
  }

  @Test
  void anEnvironmentWhoseAwsLetsAllWaitLeavesThreadsToTheOthers() {
    take(InFlight.SHARE / 2, app("one", "slow"));
    take(InFlight.SHARE / 2, app("two", "slow"));
    assertThat(inFlight.begin(app("three", "slow"))).isFalse();
    assertThat(inFlight.begin(app("one", "quick"))).isTrue();
  }

  @Test
  void anEnvironmentItselfIsAlwaysLookedAt() {
    take(InFlight.SHARE, app("many", "slow"));
    FargateEnvironment environment = new FargateEnvironment();
    environment.getMetadata().setName("slow");
    assertThat(inFlight.begin(environment)).isTrue();
  }

  @Test
  void aPassThatHasEndedGivesItsTurnOn() {
    FargateApp app = app("many", "slow");
    take(InFlight.SHARE, app);
    inFlight.end(app);
    take(1, app);
    assertThat(inFlight.begin(app)).isFalse();
  }

  @Test
  void whoHadNoTurnHasTakenNone() {
    take(InFlight.SHARE, app("many", "east"));
    assertThat(inFlight.begin(app("many", "west"))).isFalse();
    take(InFlight.SHARE, app("few", "west"));
  }

  @Test
  void twoThatTakeAllTheyMayLeaveThreadsToTheRest() {
    assertThat(2 * InFlight.SHARE).isLessThan(InFlight.THREADS);
  }
}
