package dev.fargate.operator.flow;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.operator.aws.Unsigned;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** A person with the AWS CLI, beside the operator. */
final class ByHand {
  private final AwsEndpoint aws;

  /** Building a client takes longer than a call of it. */
  private EcsClient ecs;

  private ElasticLoadBalancingV2Client elb;
  private ApplicationAutoScalingClient scaling;
  private CloudWatchLogsClient logs;
  private CloudWatchClient cloudWatch;

  ByHand(AwsEndpoint aws) {
    this.aws = aws;
  }

  EcsClient ecs() {
    if (ecs == null) {
      ecs = configured(EcsClient.builder()).build();
    }
    return ecs;
  }

  ElasticLoadBalancingV2Client elb() {
    if (elb == null) {
      elb = configured(ElasticLoadBalancingV2Client.builder()).build();
    }
    return elb;
  }

  ApplicationAutoScalingClient scaling() {
    if (scaling == null) {
      scaling = configured(ApplicationAutoScalingClient.builder()).build();
    }
    return scaling;
  }

  CloudWatchLogsClient logs() {
    if (logs == null) {
      logs = configured(CloudWatchLogsClient.builder()).build();
    }
    return logs;
  }

  CloudWatchClient cloudWatch() {
    if (cloudWatch == null) {
      cloudWatch = configured(CloudWatchClient.builder()).build();
    }
    return cloudWatch;
  }

  private <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> B configured(
      B builder) {
    return builder
        .region(Region.EU_CENTRAL_1)
        .endpointOverride(URI.create("http://localhost"))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDPERSON", "none")))
        .overrideConfiguration(Unsigned::once)
        .httpClient(aws.httpClient());
  }
}
