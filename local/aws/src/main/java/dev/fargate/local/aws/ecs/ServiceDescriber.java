package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;

/** A service as DescribeServices shows it. */
final class ServiceDescriber {
  private static final String LINUX_PLATFORM = "1.4.0";

  private ServiceDescriber() {}

  static Struct describe(Service service, boolean withTags) {
    Revision revision = service.revision();
    List<Task> tasks = service.tasks();
    Struct out =
        Struct.of()
            .with("serviceArn", service.arn)
            .with("serviceName", service.name)
            .with("clusterArn", service.cluster.arn)
            .with("loadBalancers", revision.loadBalancers())
            .with("serviceRegistries", revision.registries())
            .with("status", service.status.name())
            .with("desiredCount", service.desiredCount)
            .with("runningCount", running(tasks))
            .with("pendingCount", pending(tasks))
            .with("platformVersion", revision.platformVersion())
            .with("platformFamily", "Linux")
            .with("taskDefinition", revision.taskDefinition().arn)
            .with("deploymentConfiguration", service.settings.describe())
            .with(
                "deployments",
                service.status == Service.Status.INACTIVE ? List.of() : deployments(service))
            .with("roleArn", service.arns.serviceLinkedRole())
            .with("events", service.events.describe())
            .with("createdAt", service.createdAt)
            .with("placementConstraints", List.of())
            .with("placementStrategy", List.of())
            .with("networkConfiguration", network(revision))
            .with("healthCheckGracePeriodSeconds", service.gracePeriodSeconds)
            .with("schedulingStrategy", "REPLICA")
            .with("deploymentController", Struct.of().with("type", "ECS"))
            .with("createdBy", service.createdBy)
            .with("enableECSManagedTags", service.managedTags)
            .with("propagateTags", service.propagateTags)
            .with("enableExecuteCommand", service.executeCommand)
            .with("availabilityZoneRebalancing", service.zoneRebalancing)
            .with("currentServiceDeployment", current(service).arn)
            .with("currentServiceRevisions", revisions(service));
    launch(out, revision);
    if (withTags) {
      out.with("tags", Tags.write(service.tags));
    }
    return out;
  }

  private static List<Struct> deployments(Service service) {
    return service.deployments.stream().map(d -> deployment(service, d)).toList();
  }

  /** While a rollback is under way that is the deployment that failed. */
  private static Deployment current(Service service) {
    Deployment failed = service.primary().rolledBackFrom;
    return failed == null ? service.primary() : failed;
  }

  private static List<Struct> revisions(Service service) {
    return service.deployments.stream().map(d -> revision(service, d)).toList();
  }

  /** The revision of a deployment with the counts of its tasks. */
  static Struct revision(Service service, Deployment deployment) {
    List<Task> tasks = service.tasks(deployment);
    boolean primary = deployment == service.primary();
    return Struct.of()
        .with("arn", deployment.revisionArn())
        .with("requestedTaskCount", primary ? service.desiredCount : 0)
        .with("runningTaskCount", running(tasks))
        .with("pendingTaskCount", pending(tasks));
  }

  private static Struct deployment(Service service, Deployment deployment) {
    List<Task> tasks = service.tasks(deployment);
    boolean primary = deployment == service.primary();
    int wanted = (int) tasks.stream().filter(task -> task.wanted).count();
    Struct out =
        Struct.of()
            .with("id", deployment.id)
            .with("status", primary ? "PRIMARY" : "ACTIVE")
            .with("taskDefinition", deployment.revision.taskDefinition().arn)
            .with("desiredCount", primary ? service.desiredCount : wanted)
            .with("pendingCount", pending(tasks))
            .with("runningCount", running(tasks))
            .with("failedTasks", deployment.failedTasks)
            .with("createdAt", deployment.createdAt)
            .with("updatedAt", deployment.updatedAt)
            .with("platformVersion", LINUX_PLATFORM)
            .with("platformFamily", "Linux")
            .with("networkConfiguration", network(deployment.revision))
            .with("rolloutState", deployment.rollout.name())
            .with("rolloutStateReason", deployment.rolloutReason);
    launch(out, deployment.revision);
    return out;
  }

  /** Launch type or strategy, never both. */
  private static void launch(Struct out, Revision revision) {
    out.with("launchType", revision.launchType());
    if (!revision.strategy().isEmpty()) {
      out.with("capacityProviderStrategy", revision.strategy());
    }
  }

  private static Struct network(Revision revision) {
    return Struct.of().with("awsvpcConfiguration", revision.network());
  }

  private static int running(List<Task> tasks) {
    return (int) tasks.stream().filter(task -> task.status == TaskStatus.RUNNING).count();
  }

  private static int pending(List<Task> tasks) {
    return (int) tasks.stream().filter(task -> task.wanted && task.status.pending()).count();
  }
}
