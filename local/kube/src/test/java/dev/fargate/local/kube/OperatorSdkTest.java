package dev.fargate.local.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fargate.local.kube.record.Call;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Java Operator SDK in its default mode, unmodified, against this server. */
class OperatorSdkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestServer server = new TestServer();
  private final KubernetesClient client = server.client();
  private final Echo echo = new Echo();
  private Operator operator;

  /** Adds its finalizer, copies the wanted count into the status, counts its cleanups. */
  @ControllerConfiguration(finalizerName = "test.fargate.dev/finalizer")
  static final class Echo implements Reconciler<Widget>, Cleaner<Widget> {
    private final AtomicInteger passes = new AtomicInteger();
    private final AtomicInteger cleanups = new AtomicInteger();

    @Override
    public UpdateControl<Widget> reconcile(Widget widget, Context<Widget> context) {
      passes.incrementAndGet();
      Widget fresh = new Widget();
      fresh.getMetadata().setName(widget.getMetadata().getName());
      fresh.getMetadata().setNamespace(widget.getMetadata().getNamespace());
      fresh.setStatus(new Widget.Status());
      fresh.getStatus().replicas = widget.getSpec().replicas;
      fresh.getStatus().observedGeneration = widget.getMetadata().getGeneration();
      return UpdateControl.patchStatus(fresh);
    }

    @Override
    public DeleteControl cleanup(Widget widget, Context<Widget> context) {
      cleanups.incrementAndGet();
      return DeleteControl.defaultDelete();
    }
  }

  @BeforeEach
  void startOperator() {
    operator =
        new Operator(
            o ->
                o.withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("echo")
                            .withLeaseNamespace("default")
                            .withIdentity("echo-identity")
                            .withExitOnStopLeading(false)
                            .build()));
    operator.register(echo);
    Thread thread = new Thread(operator::start);
    thread.setDaemon(true);
    thread.start();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                server.server().api().recorder().count("watch", "test.fargate.dev", "widgets") > 0);
  }

  @AfterEach
  void stop() {
    operator.stop();
    client.close();
    server.close();
  }

  @Test
  void theOperatorAddsItsFinalizerWritesStatusAndCleansUp() {
    client.resource(Widget.of("one", "nginx")).create();
    await().atMost(PATIENCE).until(() -> statusReplicas("one") == 1);
    Widget seen = client.resources(Widget.class).withName("one").get();
    assertThat(seen.getMetadata().getFinalizers()).containsExactly("test.fargate.dev/finalizer");
    assertThat(seen.getMetadata().getGeneration()).isEqualTo(1);

    client.resources(Widget.class).withName("one").scale(3);
    await().atMost(PATIENCE).until(() -> statusReplicas("one") == 3);
    assertThat(client.resources(Widget.class).withName("one").get().getStatus().observedGeneration)
        .isEqualTo(2);

    client.resources(Widget.class).withName("one").delete();
    await()
        .atMost(PATIENCE)
        .until(() -> client.resources(Widget.class).withName("one").get() == null);
    assertThat(echo.cleanups).hasValue(1);
  }

  @Test
  void anUnchangedStatusIsNoChangeAtAll() {
    client.resource(Widget.of("one", "nginx")).create();
    await().atMost(PATIENCE).until(() -> statusReplicas("one") == 1);
    String version =
        client.resources(Widget.class).withName("one").get().getMetadata().getResourceVersion();
    Widget again = client.resources(Widget.class).withName("one").get();
    TestServer.Answer same =
        server.apply(
            TestServer.WIDGETS + "/one/status?force=true",
            "echo",
            "{\"apiVersion\":\"test.fargate.dev/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"one\"},"
                + "\"status\":{\"replicas\":1,\"observedGeneration\":"
                + again.getMetadata().getGeneration()
                + "}}");
    assertThat(same.at("/metadata/resourceVersion")).isEqualTo(version);
  }

  @Test
  void theLeaderHoldsALease() {
    await()
        .atMost(PATIENCE)
        .until(() -> leaseHolder("echo"), holder -> holder.equals(Optional.of("echo-identity")));
    assertThat(server.server().api().recorder().writes())
        .extracting(Call::resource)
        .contains("leases");
  }

  /** Empty until the lease is there: the elector makes it in its own thread. */
  private Optional<String> leaseHolder(String lease) {
    return Optional.ofNullable(client.leases().inNamespace("default").withName(lease).get())
        .map(there -> there.getSpec().getHolderIdentity());
  }

  private int statusReplicas(String name) {
    Widget widget = client.resources(Widget.class).withName(name).get();
    return widget == null || widget.getStatus() == null || widget.getStatus().replicas == null
        ? -1
        : widget.getStatus().replicas;
  }
}
