package dev.fargate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
    return reconciler((object, related, now) -> new Pass<>(status, finished, NEXT, List.of()));
  }

  private KindReconciler<FargateApp, FargateAppStatus> reconciler(
      KindReconciler.Flow<FargateApp, FargateAppStatus> flow) {
    Clock clock = Clock.systemUTC();
    return new KindReconciler<>(
        flow,
        flow,
        FargateApp::new,
        new KindReconciler.Surroundings(
            new KubernetesRelated(client, new ObjectIndex(client), clock),
            new KubernetesEvents(client, clock),
            clock,
            new InFlight())) {};
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

  @Test
  void whoHasNoTurnIsNotLookedAtAndComesAgain() {
    AtomicInteger looks = new AtomicInteger();
    AtomicReference<KindReconciler<FargateApp, FargateAppStatus>> reconciler =
        new AtomicReference<>();
    AtomicReference<UpdateControl<FargateApp>> last = new AtomicReference<>();
    // Every pass goes on for as long as those of the others do: one begins within the other.
    reconciler.set(
        reconciler(
            (object, related, now) -> {
              looks.incrementAndGet();
              UpdateControl<FargateApp> next = reconciler.get().reconcile(app, null);
              last.compareAndSet(null, next);
              return Pass.unchanged(NEXT);
            }));
    UpdateControl<FargateApp> first = reconciler.get().reconcile(app, null);
    assertThat(looks).hasValue(InFlight.SHARE);
    assertThat(last.get().isNoUpdate()).isTrue();
    assertThat(last.get().getScheduleDelay()).hasValue(InFlight.AGAIN.toMillis());
    assertThat(first.getScheduleDelay()).hasValue(NEXT.toMillis());
  }

  @Test
  void aPassThatFailsGivesItsTurnOn() {
    KindReconciler<FargateApp, FargateAppStatus> reconciler =
        reconciler(
            (object, related, now) -> {
              throw new IllegalStateException("a bug");
            });
    for (int i = 0; i <= InFlight.SHARE; i++) {
      assertThatThrownBy(() -> reconciler.reconcile(app, null)).hasMessage("a bug");
    }
  }
}
