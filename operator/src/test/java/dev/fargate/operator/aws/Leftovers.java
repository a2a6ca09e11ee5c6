package dev.fargate.operator.aws;

import dev.fargate.local.aws.AwsEndpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
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
import software.amazon.awssdk.services.ssm.SsmClient;

/** Everything there is in the account beside its seed, asked as a person would ask. */
public final class Leftovers {
  public final EcsClient ecs;
  public final ElasticLoadBalancingV2Client elb;
  public final Ec2Client ec2;
  public final ServiceDiscoveryClient cloudMap;
  public final ApplicationAutoScalingClient scaling;
  public final CloudWatchLogsClient logs;
  public final SecretsManagerClient secrets;
  public final CloudWatchClient cloudWatch;
  public final EfsClient efs;
  public final BackupClient backup;
  public final Route53Client route53;
  public final SsmClient parameters;

  public Leftovers(AwsEndpoint aws) {
    ecs = client(aws, EcsClient.builder());
    elb = client(aws, ElasticLoadBalancingV2Client.builder());
    ec2 = client(aws, Ec2Client.builder());
    cloudMap = client(aws, ServiceDiscoveryClient.builder());
    scaling = client(aws, ApplicationAutoScalingClient.builder());
    logs = client(aws, CloudWatchLogsClient.builder());
    secrets = client(aws, SecretsManagerClient.builder());
    cloudWatch = client(aws, CloudWatchClient.builder());
    efs = client(aws, EfsClient.builder());
    backup = client(aws, BackupClient.builder());
    route53 = client(aws, Route53Client.builder());
    parameters = client(aws, SsmClient.builder());
  }

  /** Names and ids, each with its kind. */
  public List<String> all() {
    List<String> found = new ArrayList<>();
    for (String cluster : ecs.listClusters().clusterArns()) {
      found.add("cluster " + cluster);
      ecs.listServices(r -> r.cluster(cluster))
          .serviceArns()
          .forEach(arn -> found.add("service " + arn));
      ecs.listTasks(r -> r.cluster(cluster)).taskArns().forEach(arn -> found.add("task " + arn));
    }
    ecs.listTaskDefinitions().taskDefinitionArns().forEach(arn -> found.add("revision " + arn));
    ecs.listTaskDefinitions(r -> r.status("INACTIVE"))
        .taskDefinitionArns()
        .forEach(arn -> found.add("inactive revision " + arn));
    elb.describeLoadBalancers()
        .loadBalancers()
        .forEach(lb -> found.add("load balancer " + lb.loadBalancerName()));
    elb.describeTargetGroups()
        .targetGroups()
        .forEach(group -> found.add("target group " + group.targetGroupName()));
    ec2.describeSecurityGroups().securityGroups().stream()
        .filter(group -> !group.groupName().equals("default"))
        .forEach(group -> found.add("security group " + group.groupName()));
    cloudMap
        .listNamespaces()
        .namespaces()
        .forEach(namespace -> found.add("namespace " + namespace.name()));
    cloudMap.listServices().services().forEach(s -> found.add("discovery service " + s.name()));
    scaling
        .describeScalableTargets(r -> r.serviceNamespace(ServiceNamespace.ECS))
        .scalableTargets()
        .forEach(target -> found.add("scalable target " + target.resourceId()));
    scaling
        .describeScalingPolicies(r -> r.serviceNamespace(ServiceNamespace.ECS))
        .scalingPolicies()
        .forEach(policy -> found.add("scaling policy " + policy.policyName()));
    logs.describeLogGroups()
        .logGroups()
        .forEach(group -> found.add("log group " + group.logGroupName()));
    secrets
        .listSecrets(r -> r.includePlannedDeletion(true))
        .secretList()
        .forEach(secret -> found.add("secret " + secret.name()));
    cloudWatch
        .describeAlarms()
        .metricAlarms()
        .forEach(alarm -> found.add("alarm " + alarm.alarmName()));
    efs.describeFileSystems()
        .fileSystems()
        .forEach(
            system -> {
              found.add("file system " + system.creationToken());
              efs.describeMountTargets(r -> r.fileSystemId(system.fileSystemId()))
                  .mountTargets()
                  .forEach(target -> found.add("mount target " + target.availabilityZoneName()));
            });
    efs.describeAccessPoints(r -> {})
        .accessPoints()
        .forEach(point -> found.add("access point " + point.clientToken()));
    backup
        .listBackupVaults(r -> {})
        .backupVaultList()
        .forEach(vault -> found.add("backup vault " + vault.backupVaultName()));
    for (var plan : backup.listBackupPlans(r -> {}).backupPlansList()) {
      found.add("backup plan " + plan.backupPlanName());
      backup
          .listBackupSelections(r -> r.backupPlanId(plan.backupPlanId()))
          .backupSelectionsList()
          .forEach(selection -> found.add("backup selection " + selection.selectionName()));
    }
    return found;
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      AwsEndpoint endpoint, B builder) {
    return builder
        .httpClient(endpoint.httpClient())
        .endpointOverride(URI.create("http://localhost"))
        .region(Region.of(endpoint.world().region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("person", "any")))
        .overrideConfiguration(Unsigned::once)
        .build();
  }
}
