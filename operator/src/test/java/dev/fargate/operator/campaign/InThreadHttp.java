package dev.fargate.operator.campaign;

import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.KubeResponse;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** fabric8's client without sockets: every request is answered in the caller's thread. */
final class InThreadHttp
    extends StandardHttpClient<InThreadHttp, InThreadHttp.Factory, InThreadHttp.Builder> {
  private final Api api;

  /** What answers. */
  interface Api {
    /**
     * @throws IOException there is no answer
     */
    KubeResponse.Complete answer(KubeRequest request) throws IOException;
  }

  private InThreadHttp(Builder builder, Api api) {
    super(builder, new AtomicBoolean());
    this.api = api;
  }

  /** A client of this API; without retries of its own, since a pass is tried again as a whole. */
  static KubernetesClient client(Api api) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://kubernetes")
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withTaskExecutor(Runnable::run)
        .withHttpClientFactory(new Factory(api))
        .build();
  }

  record Factory(Api api) implements HttpClient.Factory {
    @Override
    public HttpClient.Builder newBuilder() {
      return new Builder(this);
    }
  }

  static final class Builder extends StandardHttpClientBuilder<InThreadHttp, Factory, Builder> {
    private Builder(Factory factory) {
      super(factory);
    }

    @Override
    public HttpClient build() {
      return new InThreadHttp(this, clientFactory.api());
    }

    @Override
    protected Builder newInstance(Factory factory) {
      return new Builder(factory);
    }
  }

  @Override
  public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
      StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    String query = request.uri().getRawQuery();
    String body =
        request.body() instanceof StandardHttpRequest.StringBodyContent content
            ? content.getContent()
            : "";
    KubeRequest asked =
        KubeRequest.of(
            request.method(),
            request.uri().getPath() + (query == null ? "" : "?" + query),
            body.getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
      asked = asked.header(header.getKey(), header.getValue().get(0));
    }
    if (request.getContentType() != null) {
      asked = asked.header("Content-Type", request.getContentType());
    }
    try {
      KubeResponse.Complete answer = api.answer(asked);
      return CompletableFuture.completedFuture(
          new Answer(request, answer, new WholeBody(answer.bytes(), consumer)));
    } catch (IOException lost) {
      return CompletableFuture.failedFuture(lost);
    }
  }

  @Override
  public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
      StandardWebSocketBuilder builder, WebSocket.Listener listener) {
    throw new UnsupportedOperationException("nothing here watches by WebSocket");
  }

  @Override
  protected void doClose() {
    // Holds nothing.
  }

  /** The whole answer in one piece. */
  private static final class WholeBody implements AsyncBody {
    private final byte[] bytes;
    private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean told;

    WholeBody(byte[] bytes, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
      this.bytes = bytes;
      this.consumer = consumer;
    }

    @Override
    public void consume() {
      if (told) {
        // Asked for more by the consumer itself.
        return;
      }
      told = true;
      try {
        consumer.consume(List.of(ByteBuffer.wrap(bytes)), this);
        done.complete(null);
      } catch (Exception e) {
        done.completeExceptionally(e);
      }
    }

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void cancel() {
      done.cancel(false);
    }
  }

  private record Answer(HttpRequest request, KubeResponse.Complete answer, AsyncBody body)
      implements HttpResponse<AsyncBody> {
    @Override
    public int code() {
      return answer.code();
    }

    @Override
    public Optional<HttpResponse<?>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public List<String> headers(String name) {
      return headers().getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of());
    }

    @Override
    public Map<String, List<String>> headers() {
      return Map.of("content-type", List.of(answer.contentType()));
    }
  }
}
