package dev.fargate.operator.aws.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.apply.Lacking;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

class RefusedCallsTest {
  private final RefusedCalls refused = new RefusedCalls(Clock.systemUTC());

  private void fails(String operation, AwsErrorDetails details) {
    AwsServiceException error =
        AwsServiceException.builder().statusCode(502).awsErrorDetails(details).build();
    refused
        .of("ecs")
        .onExecutionFailure(
            new Failed(error),
            new ExecutionAttributes()
                .putAttribute(SdkExecutionAttribute.OPERATION_NAME, operation));
  }

  @Test
  void anAnswerWithoutAnErrorCodeIsNoRefusal() {
    fails("ListServices", AwsErrorDetails.builder().errorMessage("<html>Bad Gateway").build());
    fails("ListServices", AwsErrorDetails.builder().build());
    fails("ListServices", null);
    assertThat(refused.lacking()).isEmpty();
  }

  @Test
  void aDeniedCallIsALackingRight() {
    fails("ListServices", AwsErrorDetails.builder().errorCode("AccessDeniedException").build());
    assertThat(refused.lacking()).containsExactly(new Lacking.Right("ecs:ListServices", null));
  }

  private record Failed(Throwable exception) implements Context.FailedExecution {
    @Override
    public SdkRequest request() {
      return null;
    }

    @Override
    public java.util.Optional<SdkHttpRequest> httpRequest() {
      return java.util.Optional.empty();
    }

    @Override
    public java.util.Optional<SdkHttpResponse> httpResponse() {
      return java.util.Optional.empty();
    }

    @Override
    public java.util.Optional<SdkResponse> response() {
      return java.util.Optional.empty();
    }
  }
}
