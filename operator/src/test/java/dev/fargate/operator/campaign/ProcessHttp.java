package dev.fargate.operator.campaign;

import java.io.IOException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** One process' way to AWS: says who calls, and lets nothing of a dead process through. */
record ProcessHttp(CampaignWorld world, Process process) implements SdkHttpClient {
  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        world.hosts.add(request.httpRequest().host());
        return world.calling(process, () -> world.aws.httpClient().prepareRequest(request).call());
      }

      @Override
      public void abort() {
        // The call runs in the caller's own thread: it is over before anyone could abort it.
      }
    };
  }

  @Override
  public String clientName() {
    return "Campaign";
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
