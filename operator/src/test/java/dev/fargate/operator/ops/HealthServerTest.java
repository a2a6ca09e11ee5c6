package dev.fargate.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a kubelet and a Prometheus ask for. */
class HealthServerTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private String dead;
  private String unready = "starting";
  private final HealthServer server =
      new HealthServer("127.0.0.1", 0, () -> dead, () -> unready, registry::scrape);

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatStartsIsAliveButNotReady() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).contains("starting");
    unready = null;
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsNotAliveSaysWhy() throws Exception {
    dead = "a watch of the index has stopped";
    assertThat(get("/healthz").statusCode()).isEqualTo(503);
    assertThat(get("/healthz").body()).contains("a watch of the index has stopped");
  }

  @Test
  void everyCallToAwsIsCountedAndTimedByServiceOperationAndError() throws Exception {
    AwsCallMetrics calls = new AwsCallMetrics(registry);
    calls.called("ecs", "CreateService", "none", Duration.ofMillis(250));
    calls.called("ecs", "CreateService", "ThrottlingException", Duration.ofMillis(1));
    HttpResponse<String> scraped = get("/metrics");
    assertThat(scraped.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(scraped.body().lines())
        .contains(
            "fargate_aws_calls_seconds_count{error=\"none\",operation=\"CreateService\",service=\"ecs\"} 1",
            "fargate_aws_calls_seconds_sum{error=\"none\",operation=\"CreateService\",service=\"ecs\"} 0.25",
            "fargate_aws_calls_seconds_count{error=\"ThrottlingException\",operation=\"CreateService\",service=\"ecs\"} 1");
  }
}
