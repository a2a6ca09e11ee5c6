package dev.fargate.operator.reconcile;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The operator's Kubernetes client. Where the way to the API server speaks no WebSocket, fabric8
 * watches by plain HTTP, and its informers then say that they watch only from the first byte of the
 * answer on: never, in a cluster where nothing happens. This client hands such a watch an empty
 * piece as soon as the API server has accepted it.
 */
public final class WatchClient implements Interceptor {
  private static final String NAME = "watch-accepted";
  private static final Pattern WATCH = Pattern.compile("(^|&)watch=true(&|$)");

  private WatchClient() {}

  /**
   * A client of its own with these settings; the caller closes it.
   *
   * @param election null without leader election
   */
  public static KubernetesClient of(Config config, LeaderElection election) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientBuilderConsumer(
            http -> {
              http.addOrReplaceInterceptor(NAME, new WatchClient());
              if (election != null) {
                http.addOrReplaceInterceptor(LeaderElection.LEASE, election.requests());
              }
            })
        .build();
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    String query = request.uri().getRawQuery();
    boolean accepted = response.isSuccessful() && query != null && WATCH.matcher(query).find();
    // The refusal of a WebSocket has no consumer.
    if (accepted && consumer != null && response.body() instanceof AsyncBody body) {
      try {
        consumer.consume(List.of(), body);
      } catch (Exception e) {
        throw new IllegalStateException("a watch takes no empty piece", e);
      }
    }
  }
}
