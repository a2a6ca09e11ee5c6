package dev.fargate.local.aws.server;

import dev.fargate.local.aws.wire.HttpRequest;
import dev.fargate.local.aws.wire.HttpResponse;
import dev.fargate.local.aws.wire.LostResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An HTTP client for the AWS SDK that calls the endpoint in the caller's thread, without a socket:
 * with the virtual clock a whole run is then one thread and always the same.
 */
public final class SameThreadHttpClient implements SdkHttpClient {
  private final Function<HttpRequest, HttpResponse> handler;

  public SameThreadHttpClient(Function<HttpRequest, HttpResponse> handler) {
    this.handler = handler;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return execute(request);
      }

      @Override
      public void abort() {
        // The call runs in the caller's own thread: it is over before anyone could abort it.
      }
    };
  }

  @Override
  public String clientName() {
    return "FargateLocalAws";
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  private HttpExecuteResponse execute(HttpExecuteRequest request) throws IOException {
    HttpResponse response;
    try {
      response = handler.apply(plain(request));
    } catch (LostResponse lost) {
      throw new IOException("Connection reset", lost);
    }
    SdkHttpResponse.Builder head = SdkHttpResponse.builder().statusCode(response.status());
    response.headers().forEach(head::putHeader);
    return HttpExecuteResponse.builder()
        .response(head.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(response.body())))
        .build();
  }

  private static HttpRequest plain(HttpExecuteRequest request) throws IOException {
    byte[] body = new byte[0];
    if (request.contentStreamProvider().isPresent()) {
      try (InputStream in = request.contentStreamProvider().get().newStream()) {
        body = in.readAllBytes();
      }
    }
    SdkHttpRequest http = request.httpRequest();
    Map<String, String> headers = new HashMap<>();
    http.forEachHeader((name, values) -> headers.put(name, values.get(0)));
    String query = http.encodedQueryParameters().map(text -> "?" + text).orElse("");
    return new HttpRequest(http.method().name(), http.encodedPath() + query, headers, body);
  }
}
