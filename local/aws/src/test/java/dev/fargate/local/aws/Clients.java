package dev.fargate.local.aws;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** Real AWS SDK clients of an endpoint under test. */
public final class Clients {
  private static final AwsCredentials TESTER = AwsBasicCredentials.create("tester", "any");

  private Clients() {}

  /** A client that calls the endpoint in this thread and never repeats a call by itself. */
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C inThread(
      AwsEndpoint endpoint, B builder) {
    return inThread(endpoint, builder, TESTER);
  }

  /** The same with other credentials. */
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C inThread(
      AwsEndpoint endpoint, B builder, AwsCredentials credentials) {
    return builder
        .httpClient(endpoint.httpClient())
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .endpointOverride(URI.create("http://localhost"))
        .region(Region.of(endpoint.world().region()))
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }

  /** A client over a socket. */
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C overSocket(
      URI url, B builder) {
    return builder
        .httpClient(UrlConnectionHttpClient.create())
        .endpointOverride(url)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(StaticCredentialsProvider.create(TESTER))
        .build();
  }
}
