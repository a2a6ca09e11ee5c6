package dev.fargate.operator.aws.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.model.EcsException;

class ErrorTableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          InvalidParameterException | The target group with targetGroupArn arn:x does not have an associated load balancer. | TRANSIENT
          InvalidParameterException | The provided target group arn:x has target type instance, which is incompatible with the awsvpc network mode specified in the task definition. | INVALID
          InvalidParameterException | Unable to Start a service that is still Draining. | TRANSIENT
          InvalidParameterException | Creation of service was not idempotent. | INVALID
          ClientException | Too many concurrent attempts to create a new revision of the specified family. | TRANSIENT
          ClientException | TaskDefinition is inactive | TRANSIENT
          ClientException | Unable to describe task definition. | TRANSIENT
          ClientException | No Fargate configuration exists for given values. | INVALID
          ThrottlingException | Rate exceeded | THROTTLED
          TooManyUniqueTargetGroupsPerLoadBalancer | x | CAPACITY
          """)
  void theSameCodeIsTreatedByItsMessage(String code, String message, ErrorClass expected) {
    assertThat(ErrorTable.classify(code, message, 400)).isEqualTo(expected);
  }

  @Test
  void anUnknownCodeIsTreatedByItsStatus() {
    assertThat(ErrorTable.classify("BrandNew", "x", 400)).isEqualTo(ErrorClass.INVALID);
    assertThat(ErrorTable.classify("BrandNew", "x", 403)).isEqualTo(ErrorClass.DENIED);
    assertThat(ErrorTable.classify("BrandNew", "x", 429)).isEqualTo(ErrorClass.THROTTLED);
    assertThat(ErrorTable.classify("BrandNew", "x", 503)).isEqualTo(ErrorClass.SERVER);
  }

  @Test
  void aFailureCarriesCodeMessageAndRequestId() {
    AwsFailure failure =
        ErrorTable.classify(
            (EcsException)
                EcsException.builder()
                    .awsErrorDetails(
                        AwsErrorDetails.builder()
                            .errorCode("ClientException")
                            .errorMessage("no")
                            .build())
                    .statusCode(400)
                    .requestId("r-1")
                    .build());

    assertThat(failure.code()).isEqualTo("ClientException");
    assertThat(failure).hasMessage("no");
    assertThat(failure.requestId()).isEqualTo("r-1");
  }

  @Test
  void anAnswerWithoutCodeAndTextIsToldByItsStatus() {
    AwsFailure failure =
        ErrorTable.classify(
            (EcsException)
                EcsException.builder()
                    .awsErrorDetails(AwsErrorDetails.builder().build())
                    .statusCode(502)
                    .build());
    assertThat(failure.errorClass()).isEqualTo(ErrorClass.SERVER);
    assertThat(failure.code()).isEqualTo("HTTP 502");
    assertThat(failure.getMessage()).doesNotContain("null");
  }

  @Test
  void noAnswerIsTheServersFaultButMissingCredentialsAreNot() {
    assertThat(ErrorTable.classify(SdkClientException.create("Connection reset")).errorClass())
        .isEqualTo(ErrorClass.SERVER);
    assertThat(
            ErrorTable.classify(
                    SdkClientException.create("Unable to load credentials from any provider"))
                .errorClass())
        .isEqualTo(ErrorClass.DENIED);
  }
}
