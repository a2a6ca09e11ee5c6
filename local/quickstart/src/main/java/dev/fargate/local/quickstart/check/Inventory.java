package dev.fargate.local.quickstart.check;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;

/**
 * Everything in an AWS account of the kinds that the operator makes, tagged or not, by their ARN or
 * id; also what stands inside something that others own, as a rule in a listener does. Deregistered
 * task definitions and stopped tasks are AWS's history and do not count.
 */
public final class Inventory implements AutoCloseable {
  private final EcsClient ecs;
  private final ElasticLoadBalancingV2Client balancers;
  private final Ec2Client ec2;
  private final CloudWatchLogsClient logs;
  private final SecretsManagerClient secrets;
  private final ServiceDiscoveryClient names;
  private final EfsClient files;
  private final ApplicationAutoScalingClient scaling;
  private final CloudWatchClient alarms;

  /**
   * @param http how to call; not closed here
   * @param endpoint of all services
   * @param region as the endpoint's
   */
  public Inventory(SdkHttpClient http, URI endpoint, String region) {
    ecs = build(EcsClient.builder(), http, endpoint, region);
    balancers = build(ElasticLoadBalancingV2Client.builder(), http, endpoint, region);
    ec2 = build(Ec2Client.builder(), http, endpoint, region);
    logs = build(CloudWatchLogsClient.builder(), http, endpoint, region);
    secrets = build(SecretsManagerClient.builder(), http, endpoint, region);
    names = build(ServiceDiscoveryClient.builder(), http, endpoint, region);
    files = build(EfsClient.builder(), http, endpoint, region);
    scaling = build(ApplicationAutoScalingClient.builder(), http, endpoint, region);
    alarms = build(CloudWatchClient.builder(), http, endpoint, region);
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
      B builder, SdkHttpClient http, URI endpoint, String region) {
    return builder
        .httpClient(http)
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create("quickstart", "quickstart")))
        .build();
  }

  /** What there is now. */
  public Set<String> list() {
    Set<String> all = new TreeSet<>();
    for (String cluster : ecs.listClusters().clusterArns()) {
      all.add(cluster);
      ecs.listServicesPaginator(r -> r.cluster(cluster)).serviceArns().forEach(all::add);
      ecs.listTasksPaginator(r -> r.cluster(cluster)).taskArns().forEach(all::add);
    }
    ecs.listTaskDefinitionsPaginator(r -> r.status("ACTIVE"))
        .taskDefinitionArns()
        .forEach(all::add);
    balancers
        .describeLoadBalancersPaginator()
        .loadBalancers()
        .forEach(balancer -> addBalancer(balancer.loadBalancerArn(), all));
    balancers
        .describeTargetGroupsPaginator()
        .targetGroups()
        .forEach(group -> all.add(group.targetGroupArn()));
    ec2.describeSecurityGroupsPaginator()
        .securityGroups()
        .forEach(group -> all.add("security group " + group.groupId() + " " + group.groupName()));
    ec2.describeSecurityGroupRulesPaginator(r -> {})
        .securityGroupRules()
        .forEach(rule -> all.add(rule.securityGroupRuleId() + " in " + rule.groupId()));
    ec2.describeNetworkInterfacesPaginator()
        .networkInterfaces()
        .forEach(each -> all.add(each.networkInterfaceId() + " " + each.description()));
    logs.describeLogGroupsPaginator().logGroups().forEach(group -> all.add(group.arn()));
    secrets
        .listSecretsPaginator()
        .forEach(page -> page.secretList().forEach(secret -> all.add(secret.arn())));
    names
        .listNamespacesPaginator()
        .forEach(page -> page.namespaces().forEach(namespace -> all.add(namespace.arn())));
    names
        .listServicesPaginator()
        .forEach(page -> page.services().forEach(service -> all.add(service.arn())));
    files
        .describeFileSystemsPaginator()
        .fileSystems()
        .forEach(system -> all.add(system.fileSystemArn()));
    files
        .describeAccessPointsPaginator(r -> {})
        .accessPoints()
        .forEach(point -> all.add(point.accessPointArn()));
    scaling
        .describeScalableTargetsPaginator(r -> r.serviceNamespace(ServiceNamespace.ECS))
        .scalableTargets()
        .forEach(target -> all.add("scalable target " + target.resourceId()));
    scaling
        .describeScalingPoliciesPaginator(r -> r.serviceNamespace(ServiceNamespace.ECS))
        .scalingPolicies()
        .forEach(policy -> all.add(policy.policyARN()));
    alarms.describeAlarmsPaginator().metricAlarms().forEach(alarm -> all.add(alarm.alarmArn()));
    return all;
  }

  private void addBalancer(String arn, Set<String> all) {
    all.add(arn);
    balancers
        .describeListenersPaginator(r -> r.loadBalancerArn(arn))
        .listeners()
        .forEach(
            listener -> {
              all.add(listener.listenerArn());
              balancers
                  .describeRulesPaginator(r -> r.listenerArn(listener.listenerArn()))
                  .rules()
                  .forEach(rule -> all.add(rule.ruleArn()));
            });
  }

  /** What there is now and was not there before. */
  public Set<String> since(Collection<String> before) {
    Set<String> more = list();
    more.removeAll(before);
    return more;
  }

  /** The lines of every log group, oldest first, each with its stream. */
  public List<String> logLines() {
    List<FilteredLogEvent> events = new ArrayList<>();
    logs.describeLogGroupsPaginator()
        .logGroups()
        .forEach(
            group ->
                logs.filterLogEventsPaginator(r -> r.logGroupName(group.logGroupName()))
                    .events()
                    .forEach(events::add));
    return events.stream()
        .sorted(Comparator.comparing(FilteredLogEvent::timestamp))
        .map(event -> event.logStreamName() + ": " + event.message())
        .toList();
  }

  @Override
  public void close() {
    ecs.close();
    balancers.close();
    ec2.close();
    logs.close();
    secrets.close();
    names.close();
    files.close();
    scaling.close();
    alarms.close();
  }
}
