package dev.fargate.operator.reconcile;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Hears the leader election's requests for the Lease: each try is a read, and where the Lease is
 * free or ours a write. They come one after the other.
 */
final class LeaseRequests implements Interceptor {
  private final Leadership leadership;
  private final String lease;
  private final String collection;

  /**
   * The renewal that has no answer yet; sent again, it still counts from when it was first sent.
   */
  private Runnable renewing;

  LeaseRequests(Leadership leadership, String namespace, String name) {
    this.leadership = leadership;
    this.collection = "/namespaces/" + namespace + "/leases";
    this.lease = collection + "/" + name;
  }

  @Override
  public synchronized void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (isRead(request)) {
      leadership.trying();
    } else if (isWrite(request) && renewing == null) {
      renewing = leadership.renewing();
    }
  }

  @Override
  public synchronized void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    if (isWrite(request) && renewing != null) {
      if (response.isSuccessful()) {
        renewing.run();
      }
      renewing = null;
    }
    if ((isRead(request) || isWrite(request)) && !isUsual(response)) {
      leadership.failed(request.method() + " is answered by " + response.code());
    }
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    if (isRead(request) || isWrite(request)) {
      leadership.failed(request.method() + " is not answered: " + failure);
    }
  }

  private boolean isRead(HttpRequest request) {
    return request.method().equals("GET") && request.uri().getPath().endsWith(lease);
  }

  private boolean isWrite(HttpRequest request) {
    String path = request.uri().getPath();
    return !request.method().equals("GET") && (path.endsWith(lease) || path.endsWith(collection));
  }

  /** There is none yet, or another was faster: both happen to every standby. */
  private static boolean isUsual(HttpResponse<?> response) {
    return response.isSuccessful()
        || response.code() == HttpURLConnection.HTTP_NOT_FOUND
        || response.code() == HttpURLConnection.HTTP_CONFLICT;
  }
}
