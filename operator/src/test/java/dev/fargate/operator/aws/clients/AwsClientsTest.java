package dev.fargate.operator.aws.clients;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsClientsTest {
  @Test
  void withoutAWordAtTheStartNoEnvironmentSaysWhereRequestsGo() {
    Connection elsewhere =
        new Connection(
            "eu-central-1", null, null, Map.of("default", URI.create("https://elsewhere.example")));
    ClientSettings settings = ClientSettings.production(false, CallListener.none());
    RequestBuckets buckets = new RequestBuckets(Clock.systemUTC(), time -> {});
    assertThatThrownBy(
            () -> new AwsClients(elsewhere, settings, buckets, Clock.systemUTC()).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spec.endpointOverrides")
        .hasMessageContaining("--allow-endpoint-overrides");
  }
}
