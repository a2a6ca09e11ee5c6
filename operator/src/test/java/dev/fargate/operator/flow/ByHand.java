package dev.fargate.operator.flow;

import dev.fargate.local.aws.AwsEndpoint;
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

  ByHand(AwsEndpoint aws) {
    this.aws = aws;
  }

  EcsClient ecs() {
    return configured(EcsClient.builder()).build();
  }

  ElasticLoadBalancingV2Client elb() {
    return configured(ElasticLoadBalancingV2Client.builder()).build();
  }

  ApplicationAutoScalingClient scaling() {
    return configured(ApplicationAutoScalingClient.builder()).build();
  }

  CloudWatchLogsClient logs() {
    return configured(CloudWatchLogsClient.builder()).build();
  }

  CloudWatchClient cloudWatch() {
    return configured(CloudWatchClient.builder()).build();
  }

  private <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> B configured(
      B builder) {
    return builder
        .region(Region.EU_CENTRAL_1)
        .endpointOverride(URI.create("http://localhost"))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDPERSON", "none")))
        .httpClient(aws.httpClient());
  }
}
