package dev.fargate.operator.aws.clients;

import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/**
 * How the operator speaks to AWS, whatever the environment.
 *
 * @param http makes the one HTTP client that all clients of a connection share
 * @param credentials the operator's own
 * @param endpointOverridesAllowed whether an environment may name endpoints; without this leave a
 *     person who may edit an environment could have requests signed for another host
 * @param override last changes to each client's configuration, for tests
 */
public record ClientSettings(
    Supplier<SdkHttpClient> http,
    AwsCredentialsProvider credentials,
    boolean endpointOverridesAllowed,
    CallListener listener,
    Consumer<ClientOverrideConfiguration.Builder> override) {

  /** The default credential chain (IRSA, Pod Identity, environment, ...) over Apache's client. */
  public static ClientSettings production(boolean endpointOverridesAllowed, CallListener listener) {
    return new ClientSettings(
        ApacheHttpClient::create,
        DefaultCredentialsProvider.builder().build(),
        endpointOverridesAllowed,
        listener,
        configuration -> {});
  }
}
