package dev.fargate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.operator.flow.Pass;
import dev.fargate.operator.stack.build.Phoenix;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the operator SDK is told to do after a pass. */
@EnableKubernetesMockClient
class KindReconcilerTest {
  private static final Duration NEXT = Duration.ofSeconds(60);

  KubernetesClient client;
  KubernetesMockServer server;

  private final FargateApp app = Phoenix.app();

  private static FargateAppStatus status(String running, String seen) {
    FargateAppStatus status = new FargateAppStatus();
    status.running = running;
    status.lastObservedTime = seen;
    return status;
  }

  /** A reconciler whose every pass comes to this. */
  private KindReconciler<FargateApp, FargateAppStatus> passing(
      FargateAppStatus status, boolean finished) {
    KindReconciler.Flow<FargateApp, FargateAppStatus> flow =
        (object, related, now) -> new Pass<>(status, finished, NEXT, List.of());
    Clock clock = Clock.systemUTC();
    return new KindReconciler<>(
        flow,
        flow,
        FargateApp::new,
        new KindReconciler.Surroundings(
            new KubernetesRelated(client, new ObjectIndex(client), clock),
            new KubernetesEvents(client, clock),
            clock)) {};
  }

  private UpdateControl<FargateApp> updated(FargateAppStatus status) {
    return passing(status, false).reconcile(app, null);
  }

  @Test
  void aStatusThatSaysTheSameIsNotWrittenWheneverItWasSeen() {
    app.setStatus(status("1/1", "2026-11-21T08:00:00Z"));
    UpdateControl<FargateApp> control = updated(status("1/1", "2026-11-21T09:00:00Z"));
    assertThat(control.isNoUpdate()).isTrue();
    assertThat(control.getScheduleDelay()).hasValue(NEXT.toMillis());
  }

  @Test
  void aChangedStatusIsWrittenAndNothingElseOfTheObject() {
    app.setStatus(status("0/1", null));
    UpdateControl<FargateApp> control = updated(status("1/1", null));
    assertThat(control.isPatchStatus()).isTrue();
    assertThat(control.isPatchResource()).isFalse();
    FargateApp sent = control.getResource().orElseThrow();
    assertThat(sent.getStatus().running).isEqualTo("1/1");
    assertThat(sent.getSpec()).isNull();
    assertThat(sent.getMetadata().getResourceVersion()).isNull();
    assertThat(sent.getMetadata().getFinalizers()).isEmpty();
  }

  @Test
  void theFinalizerStaysUntilThePassSaysThatNothingIsLeft() {
    app.setStatus(status("0/0", null));
    var waiting = passing(status("0/0", null), false).cleanup(app, null);
    assertThat(waiting.isRemoveFinalizer()).isFalse();
    assertThat(waiting.getScheduleDelay()).hasValue(NEXT.toMillis());
    var finished = passing(null, true).cleanup(app, null);
    assertThat(finished.isRemoveFinalizer()).isTrue();
    assertThat(server.getRequestCount()).isZero();
  }
}
