package dev.fargate.operator.aws.clients;

import dev.fargate.operator.apply.Lacking;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** One client per AWS service for one region and role; all share one HTTP client. */
public final class AwsClients implements AutoCloseable {
  /** Said of an environment that names endpoints without leave. */
  public static final String NO_OTHER_ENDPOINTS =
      "spec.endpointOverrides: this operator was not started with leave to use other endpoints;"
          + " remove the field, or start the operator with --allow-endpoint-overrides";

  /** Stands in an environment's endpoints for every service that is not named. */
  public static final String EVERY_OTHER = "default";

  /** The endpoint prefixes of the services that are called, sorted. */
  public static final List<String> SERVICES =
      List.of(
          "application-autoscaling",
          "backup",
          "ec2",
          "ecs",
          "elasticfilesystem",
          "elasticloadbalancing",
          "logs",
          "monitoring",
          "route53",
          "secretsmanager",
          "servicediscovery",
          "sts");

  /** One attempt: AWS's slowest control-plane answers take some seconds. */
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(20);

  /** All attempts of a call: a pass must not hang on one service. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(45);

  private static final String USER_AGENT = "fargate-operator";

  /** Shown in the account's audit log beside each call. */
  private static final String ROLE_SESSION = "fargate-operator";

  private final Connection connection;
  private final ClientSettings settings;
  private final SdkHttpClient http;
  private final StsClient ownSts;
  private final StsAssumeRoleCredentialsProvider assumed;
  private final AwsCredentialsProvider credentials;
  private final RequestBuckets buckets;
  private final RefusedCalls refused;

  private final EcsClient ecs;
  private final EcsClient ecsOnce;
  private final ElasticLoadBalancingV2Client elb;
  private final Ec2Client ec2;
  private final ServiceDiscoveryClient cloudMap;
  private final ApplicationAutoScalingClient autoscaling;
  private final CloudWatchLogsClient logs;
  private final SecretsManagerClient secrets;
  private final CloudWatchClient cloudWatch;
  private final EfsClient efs;
  private final BackupClient backup;
  private final Route53Client route53;
  private final StsClient sts;

  /**
   * @throws IllegalArgumentException when the connection names endpoints without leave
   */
  public AwsClients(
      Connection connection, ClientSettings settings, RequestBuckets buckets, Clock clock) {
    if (!connection.endpoints().isEmpty() && !settings.endpointOverridesAllowed()) {
      throw new IllegalArgumentException(NO_OTHER_ENDPOINTS);
    }
    this.connection = connection;
    this.settings = settings;
    this.http = settings.http().get();
    this.buckets = buckets;
    this.refused = new RefusedCalls(clock);
    if (connection.roleArn() == null) {
      ownSts = null;
      assumed = null;
      credentials = settings.credentials();
    } else {
      // Assuming the role is no call of a pass: it happens inside whatever call needs credentials,
      // so it neither asks for leadership nor takes a token.
      ownSts = build(StsClient.builder(), "sts", settings.credentials(), configuration());
      assumed = assume(ownSts, connection);
      credentials = assumed;
    }
    ecs = build(EcsClient.builder(), "ecs");
    ecsOnce =
        build(
            EcsClient.builder(),
            "ecs",
            credentials,
            gated("ecs").retryStrategy(AwsRetryStrategy.doNotRetry()));
    elb = build(ElasticLoadBalancingV2Client.builder(), "elasticloadbalancing");
    ec2 = build(Ec2Client.builder(), "ec2");
    cloudMap = build(ServiceDiscoveryClient.builder(), "servicediscovery");
    autoscaling = build(ApplicationAutoScalingClient.builder(), "application-autoscaling");
    logs = build(CloudWatchLogsClient.builder(), "logs");
    secrets = build(SecretsManagerClient.builder(), "secretsmanager");
    cloudWatch = build(CloudWatchClient.builder(), "monitoring");
    efs = build(EfsClient.builder(), "elasticfilesystem");
    backup = build(BackupClient.builder(), "backup");
    route53 = build(Route53Client.builder(), "route53");
    sts = build(StsClient.builder(), "sts");
  }

  public EcsClient ecs() {
    return ecs;
  }

  /**
   * Without the SDK's own retries, for the one call that AWS neither deduplicates nor gives a
   * token: a retried RegisterTaskDefinition whose first answer was lost leaves two revisions.
   */
  public EcsClient ecsOnce() {
    return ecsOnce;
  }

  public ElasticLoadBalancingV2Client elb() {
    return elb;
  }

  public Ec2Client ec2() {
    return ec2;
  }

  public ServiceDiscoveryClient cloudMap() {
    return cloudMap;
  }

  public ApplicationAutoScalingClient autoscaling() {
    return autoscaling;
  }

  public CloudWatchLogsClient logs() {
    return logs;
  }

  public SecretsManagerClient secrets() {
    return secrets;
  }

  public CloudWatchClient cloudWatch() {
    return cloudWatch;
  }

  public EfsClient efs() {
    return efs;
  }

  public BackupClient backup() {
    return backup;
  }

  /** A service of the whole account: its requests are signed for one region. */
  public Route53Client route53() {
    return route53;
  }

  public StsClient sts() {
    return sts;
  }

  public String region() {
    return connection.region();
  }

  /** What AWS has refused lately for want of a right or a role; sorted, empty when nothing. */
  public List<Lacking> lacking() {
    return refused.lacking();
  }

  @Override
  public void close() {
    for (AutoCloseable client :
        new AutoCloseable[] {
          ecs,
          ecsOnce,
          elb,
          ec2,
          cloudMap,
          autoscaling,
          logs,
          secrets,
          efs,
          backup,
          cloudWatch,
          route53,
          sts
        }) {
      closeQuietly(client);
    }
    closeQuietly(assumed);
    closeQuietly(ownSts);
    http.close();
  }

  private static void closeQuietly(AutoCloseable client) {
    try {
      if (client != null) {
        client.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("closing an AWS client failed", e);
    }
  }

  private static StsAssumeRoleCredentialsProvider assume(StsClient sts, Connection connection) {
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(
            request ->
                request
                    .roleArn(connection.roleArn())
                    .roleSessionName(ROLE_SESSION)
                    .externalId(connection.externalId()))
        .build();
  }

  private ClientOverrideConfiguration.Builder gated(String service) {
    return configuration()
        .addExecutionInterceptor(new CallGate(service, buckets, settings.listener()))
        .addExecutionInterceptor(refused.of(service));
  }

  private ClientOverrideConfiguration.Builder configuration() {
    ClientOverrideConfiguration.Builder configuration =
        ClientOverrideConfiguration.builder()
            .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, USER_AGENT)
            .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
            .apiCallTimeout(CALL_TIMEOUT)
            .retryStrategy(AwsRetryStrategy.standardRetryStrategy());
    settings.override().accept(configuration);
    return configuration;
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
      B builder, String service) {
    return build(builder, service, credentials, gated(service));
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
      B builder,
      String service,
      AwsCredentialsProvider as,
      ClientOverrideConfiguration.Builder configuration) {
    if (!SERVICES.contains(service)) {
      throw new IllegalArgumentException(service + " is missing in SERVICES");
    }
    builder
        .region(Region.of(connection.region()))
        .credentialsProvider(as)
        .httpClient(http)
        .overrideConfiguration(configuration.build());
    URI endpoint =
        connection.endpoints().getOrDefault(service, connection.endpoints().get(EVERY_OTHER));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder.build();
  }
}
