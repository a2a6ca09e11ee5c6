package dev.fargate.operator.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.signer.AwsSignerExecutionAttribute;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * How SDK clients speak to the local endpoint in virtual time. It checks no signature, and making
 * them is a sixth of a run; nothing depends on the wall clock, so there are no pauses and no timers
 * either.
 */
public final class Unsigned {
  private Unsigned() {}

  /** The SDK's usual attempts, following each other at once. */
  public static void retryingAtOnce(ClientOverrideConfiguration.Builder configuration) {
    untimed(configuration)
        .retryStrategy(
            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .backoffStrategy(BackoffStrategy.retryImmediately())
                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                .build());
  }

  /** A test says itself what is retried: the passes do. */
  public static void once(ClientOverrideConfiguration.Builder configuration) {
    untimed(configuration).retryStrategy(AwsRetryStrategy.doNotRetry());
  }

  private static ClientOverrideConfiguration.Builder untimed(
      ClientOverrideConfiguration.Builder configuration) {
    return configuration
        .putAdvancedOption(SdkAdvancedClientOption.SIGNER, Unsigned::named)
        .apiCallTimeout(null)
        .apiCallAttemptTimeout(null);
  }

  /** Says only who calls which service, as the endpoint wants to know. */
  private static SdkHttpFullRequest named(
      SdkHttpFullRequest request, ExecutionAttributes attributes) {
    AwsCredentials caller = attributes.getAttribute(AwsSignerExecutionAttribute.AWS_CREDENTIALS);
    SdkHttpFullRequest.Builder named = request.toBuilder();
    if (caller instanceof AwsSessionCredentials session) {
      named.putHeader("X-Amz-Security-Token", session.sessionToken());
    }
    return named
        .putHeader(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential="
                + caller.accessKeyId()
                + "/20261121/"
                + attributes.getAttribute(AwsSignerExecutionAttribute.SIGNING_REGION)
                + "/"
                + attributes.getAttribute(AwsSignerExecutionAttribute.SERVICE_SIGNING_NAME)
                + "/aws4_request, SignedHeaders=host, Signature=none")
        .build();
  }
}
