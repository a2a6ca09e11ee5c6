package dev.fargate.local.aws.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.AwsEndpoint;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Unmodified boto3 against the endpoint. */
@Tag("foreign-clients")
class Boto3Test {
  @Test
  void boto3WalksThroughEveryService() throws URISyntaxException {
    Path script = Path.of(getClass().getResource("/foreign/boto3_walk.py").toURI());
    try (AwsEndpoint endpoint = AwsEndpoint.builder().build()) {
      Program.Result result =
          new Program(endpoint.start(0)).run(List.of("python3", script.toString()));
      assertThat(result.error()).isEmpty();
      assertThat(result.output().strip()).isEqualTo("walked");
    }
  }
}
