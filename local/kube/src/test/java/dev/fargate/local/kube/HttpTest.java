package dev.fargate.local.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same API behind its socket. */
class HttpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final TestServer server = new TestServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void itListensOnLoopbackOnlyAndSaysWhere() {
    assertThat(server.server().url()).startsWith("http://127.0.0.1:");
    assertThat(server.server().kubeconfig()).contains("server: " + server.server().url());
    assertThat(server.get("/healthz").text()).isEqualTo("ok");
    assertThat(server.get("/version").at("/gitVersion")).startsWith("v1.32");
  }

  @Test
  void warningsComeAsHeaders() {
    TestServer.Answer made =
        server.create(TestServer.WIDGETS, TestServer.widget("one", "\"image\":\"a\",\"nope\":1"));
    assertThat(made.response().headers().firstValue("Warning"))
        .hasValue("299 - \"unknown field \\\"spec.nope\\\"\"");
  }

  @Test
  void aWatchEndsWhenItsTimeIsOver() {
    TestServer.Answer watch = server.get("/api/v1/namespaces?watch=1&timeoutSeconds=1");
    assertThat(watch.code()).isEqualTo(200);
    assertThat(watch.text().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"type\":\"ADDED\""));
  }

  @Test
  void aWebSocketIsAnsweredAtOnceAndCompletely() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.server().port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      String upgrade =
          "GET /api/v1/namespaces?watch=true HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n";
      socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
      String head = new String(socket.getInputStream().readNBytes(200), StandardCharsets.US_ASCII);
      assertThat(head).startsWith("HTTP/1.1 200").containsIgnoringCase("content-length: ");
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    String data = "x".repeat(4 * 1024 * 1024);
    assertThat(
            server
                .create("/api/v1/namespaces/default/configmaps", "{\"a\":\"" + data + "\"}")
                .code())
        .isEqualTo(413);
  }

  @Test
  void aFabric8InformerFollowsAndRecoversFromA410() {
    try (KubernetesClient client = server.client()) {
      AtomicInteger deleted = new AtomicInteger();
      SharedIndexInformer<Widget> informer =
          client
              .resources(Widget.class)
              .inform(
                  new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Widget widget) {}

                    @Override
                    public void onUpdate(Widget before, Widget after) {}

                    @Override
                    public void onDelete(Widget widget, boolean unknown) {
                      deleted.incrementAndGet();
                    }
                  });
      client.resource(Widget.of("one", "a")).create();
      await().atMost(PATIENCE).until(() -> informer.getStore().list().size() == 1);
      server
          .server()
          .api()
          .faults()
          .expireNextWatch(target -> target.type().names().kind().equals("Widget"));
      client.resource(Widget.of("two", "a")).create();
      await().atMost(PATIENCE).until(() -> informer.getStore().list().size() == 2);
      client.resources(Widget.class).withName("one").delete();
      await().atMost(PATIENCE).until(() -> deleted.get() == 1);
      informer.stop();
    }
  }

  @Test
  void fabric8WritesByServerSideApplyAndByEdit() {
    try (KubernetesClient client = server.client()) {
      client
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName("c")
                  .endMetadata()
                  .addToData("a", "1")
                  .build())
          .inNamespace("default")
          .serverSideApply();
      client
          .configMaps()
          .withName("c")
          .edit(c -> new ConfigMapBuilder(c).addToData("b", "2").build());
      assertThat(client.configMaps().withName("c").get().getData()).containsOnlyKeys("a", "b");
    }
  }
}
