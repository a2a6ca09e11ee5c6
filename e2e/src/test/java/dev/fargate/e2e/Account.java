package dev.fargate.e2e;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.quickstart.check.Inventory;
import java.net.URI;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingActivity;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** The AWS account as a person sees it, and what a person may do in it by hand. */
final class Account implements AutoCloseable {
  private static final String PERSON = "person";

  final EcsClient ecs;
  final ElasticLoadBalancingV2Client balancers;
  private final ApplicationAutoScalingClient scaling;
  private final AwsEndpoint aws;
  private final Inventory inventory;

  Account(AwsEndpoint aws) {
    this.aws = aws;
    this.ecs = client(EcsClient.builder());
    this.balancers = client(ElasticLoadBalancingV2Client.builder());
    this.scaling = client(ApplicationAutoScalingClient.builder());
    this.inventory = new Inventory(aws.httpClient(), aws.url(), aws.world().region());
  }

  /** A person's client of one service; to be closed by the caller. */
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .httpClient(aws.httpClient())
        .endpointOverride(URI.create("http://localhost"))
        .region(Region.of(aws.world().region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(PERSON, "any")))
        .build();
  }

  /** Everything of the kinds that the operator makes. */
  Set<String> everything() {
    return inventory.list();
  }

  /** The newest lines of all logs, each with its stream. */
  List<String> lastLogLines() {
    List<String> lines =
        inventory.logLines().stream().filter(line -> !line.contains("ELB-HealthChecker")).toList();
    return lines.subList(Math.max(0, lines.size() - 60), lines.size());
  }

  /**
   * The service of an app or database.
   *
   * @param name of the object in namespace default
   */
  Service service(String name) {
    String cluster = cluster();
    String pattern = ".*/default-" + name + "-[0-9a-z]{6}";
    List<String> arns =
        ecs.listServices(r -> r.cluster(cluster)).serviceArns().stream()
            .filter(arn -> arn.matches(pattern))
            .toList();
    if (arns.size() != 1) {
      throw new IllegalStateException("not one service of " + name + " but " + arns);
    }
    return ecs.describeServices(r -> r.cluster(cluster).services(arns)).services().get(0);
  }

  /** The tasks of a service that are not told to stop, whatever state they have reached. */
  List<Task> tasks(Service service) {
    String cluster = service.clusterArn();
    List<String> arns =
        ecs.listTasks(r -> r.cluster(cluster).serviceName(service.serviceName())).taskArns();
    return arns.isEmpty()
        ? List.of()
        : ecs.describeTasks(r -> r.cluster(cluster).tasks(arns)).tasks();
  }

  /** The private address of a task; empty before it has one. */
  static String address(Task task) {
    return task.attachments().stream()
        .flatMap(attachment -> attachment.details().stream())
        .filter(pair -> pair.name().equals("privateIPv4Address"))
        .map(KeyValuePair::value)
        .findFirst()
        .orElse("");
  }

  /** What has scaled a service so far, newest first, as AWS tells it. */
  List<String> scalingCauses(Service service) {
    return scaling
        .describeScalingActivities(r -> r.serviceNamespace(ServiceNamespace.ECS))
        .scalingActivities()
        .stream()
        .filter(activity -> activity.resourceId().endsWith("/" + service.serviceName()))
        .map(ScalingActivity::cause)
        .toList();
  }

  /** The policy that follows a predefined metric; there must be one. */
  String policyName(Service service, MetricType metric) {
    return scaling
        .describeScalingPolicies(r -> r.serviceNamespace(ServiceNamespace.ECS))
        .scalingPolicies()
        .stream()
        .filter(policy -> policy.resourceId().endsWith("/" + service.serviceName()))
        .filter(
            policy ->
                policy
                    .targetTrackingScalingPolicyConfiguration()
                    .predefinedMetricSpecification()
                    .predefinedMetricType()
                    .equals(metric))
        .map(ScalingPolicy::policyName)
        .findFirst()
        .orElseThrow();
  }

  String cluster() {
    List<String> clusters = ecs.listClusters().clusterArns();
    if (clusters.size() != 1) {
      throw new IllegalStateException("not one cluster but " + clusters);
    }
    return clusters.get(0);
  }

  /** What the operator has changed in AWS since the record was last cleared, in order. */
  List<String> operatorWrites() {
    return aws.calls().writes().stream()
        .filter(call -> call.principal().equals(LocalPlatform.OPERATOR_KEY))
        .map(call -> call.name())
        .toList();
  }

  @Override
  public void close() {
    ecs.close();
    balancers.close();
    scaling.close();
    inventory.close();
  }
}
