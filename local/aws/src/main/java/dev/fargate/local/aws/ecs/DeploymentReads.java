package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Paging;
import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The history of a service, and the end of what is under way in it (AWS-FACTS 4.7). */
final class DeploymentReads {
  private static final int MAX_DESCRIBE = 20;
  private static final Paging PAGES =
      new Paging("nextToken", "maxResults", 20, 100, EcsError::invalid);

  private final EcsState state;

  DeploymentReads(EcsState state) {
    this.state = state;
  }

  /** Newest first. */
  Struct list(Struct in, Caller caller) {
    Cluster cluster = state.cluster(in.string("cluster"), caller);
    Service service = state.service(cluster, in.required("service"), caller);
    List<String> statuses = in.strings("status");
    List<Struct> briefs =
        service.history.stream()
            .filter(d -> statuses.isEmpty() || statuses.contains(d.serviceDeploymentStatus()))
            .filter(d -> within(d.createdAt, in.struct("createdAt").orElse(Struct.of())))
            .map(d -> brief(service, d))
            .toList();
    return PAGES.page(
        in, "serviceDeployments", briefs, brief -> brief.required("serviceDeploymentArn"));
  }

  private static boolean within(Instant created, Struct range) {
    Instant after = (Instant) range.get("after");
    Instant before = (Instant) range.get("before");
    return (after == null || created.isAfter(after))
        && (before == null || created.isBefore(before));
  }

  private static Struct brief(Service service, Deployment deployment) {
    return common(service, deployment).with("targetServiceRevisionArn", deployment.revisionArn());
  }

  private static Struct common(Service service, Deployment deployment) {
    return Struct.of()
        .with("serviceDeploymentArn", deployment.arn)
        .with("serviceArn", service.arn)
        .with("clusterArn", service.cluster.arn)
        .with("createdAt", deployment.createdAt)
        .with("startedAt", deployment.createdAt)
        .with("finishedAt", deployment.finishedAt)
        .with("status", deployment.serviceDeploymentStatus())
        .with("statusReason", reason(deployment));
  }

  private static String reason(Deployment deployment) {
    if (deployment.superseded) {
      return "Service deployment was stopped because a newer one was started.";
    }
    return deployment.rollout == Deployment.Rollout.FAILED && deployment.succeededAt == null
        ? deployment.rolloutReason
        : null;
  }

  Struct describe(Struct in, Caller caller) {
    return found(
        in.strings("serviceDeploymentArns"),
        "serviceDeployments",
        deployment -> deployment.arn,
        DeploymentReads::detail);
  }

  Struct revisions(Struct in, Caller caller) {
    return found(
        in.strings("serviceRevisionArns"),
        "serviceRevisions",
        Deployment::revisionArn,
        DeploymentReads::revision);
  }

  /** Asks for a rollback, which begins at the scheduler's next look. */
  Struct stop(Struct in, Caller caller) {
    String arn = in.required("serviceDeploymentArn");
    if (in.string("stopType").orElse("ROLLBACK").equals("ABORT")) {
      throw EcsError.unsupported("stopType ABORT", "use ROLLBACK.");
    }
    Deployment deployment =
        state.allServices().stream()
            .flatMap(service -> service.history.stream())
            .filter(each -> each.arn.equals(arn))
            .findFirst()
            .orElseThrow(
                () ->
                    new AwsException(
                        "ServiceDeploymentNotFoundException", "Service deployment not found."));
    switch (deployment.serviceDeploymentStatus()) {
      case "IN_PROGRESS" -> deployment.stopRequested = true;
      case "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS" -> {}
      default ->
          throw new AwsException(
              "ConflictException",
              "A service deployment in state "
                  + deployment.serviceDeploymentStatus()
                  + " cannot be stopped.");
    }
    return Struct.of().with("serviceDeploymentArn", arn);
  }

  private Struct found(
      List<String> arns,
      String member,
      Function<Deployment, String> key,
      BiFunction<Service, Deployment, Struct> describer) {
    if (arns.isEmpty() || arns.size() > MAX_DESCRIBE) {
      throw EcsError.invalid("Between 1 and 20 ARNs can be described in one call.");
    }
    List<Struct> found = new ArrayList<>();
    List<Struct> failures = new ArrayList<>();
    for (String arn : arns) {
      Optional<Struct> one =
          state.allServices().stream()
              .flatMap(
                  service ->
                      service.history.stream()
                          .filter(deployment -> key.apply(deployment).equals(arn))
                          .map(deployment -> describer.apply(service, deployment)))
              .findFirst();
      one.ifPresentOrElse(
          found::add, () -> failures.add(Struct.of().with("arn", arn).with("reason", "MISSING")));
    }
    return Struct.of().with(member, found).with("failures", failures);
  }

  private static Struct detail(Service service, Deployment deployment) {
    Struct out =
        common(service, deployment)
            .with("updatedAt", deployment.updatedAt)
            .with(
                "sourceServiceRevisions",
                deployment.source == null
                    ? List.of()
                    : List.of(ServiceDescriber.revision(service, deployment.source)))
            .with("targetServiceRevision", ServiceDescriber.revision(service, deployment))
            .with("lifecycleStage", stage(deployment))
            .with("deploymentConfiguration", deployment.settings.describe())
            .with("deploymentCircuitBreaker", breaker(service, deployment));
    if (!deployment.settings.alarms().names().isEmpty()) {
      out.with("alarms", alarms(deployment));
    }
    if (deployment.rolledBackTo != null) {
      out.with(
          "rollback",
          Struct.of()
              .with("reason", deployment.rolloutReason)
              .with("startedAt", deployment.rollbackStartedAt)
              .with("serviceRevisionArn", deployment.rolledBackTo.revisionArn()));
    }
    return out;
  }

  private static String stage(Deployment deployment) {
    return deployment.shifting() ? deployment.stage.name() : null;
  }

  private static Struct alarms(Deployment deployment) {
    boolean open = deployment.serviceDeploymentStatus().equals("IN_PROGRESS");
    String status =
        !deployment.watched
            ? "DISABLED"
            : !deployment.triggeredAlarms.isEmpty()
                ? "TRIGGERED"
                : open ? "MONITORING" : "MONITORING_COMPLETE";
    return Struct.of()
        .with("status", status)
        .with("alarmNames", deployment.settings.alarms().names())
        .with("triggeredAlarmNames", deployment.triggeredAlarms);
  }

  private static Struct breaker(Service service, Deployment deployment) {
    String status;
    if (!deployment.settings.breaker()) {
      status = "DISABLED";
    } else if (deployment.rollout == Deployment.Rollout.FAILED
        && deployment.succeededAt == null
        && deployment.triggeredAlarms.isEmpty()) {
      status = "TRIGGERED";
    } else {
      status =
          deployment.serviceDeploymentStatus().equals("IN_PROGRESS")
              ? "MONITORING"
              : "MONITORING_COMPLETE";
    }
    return Struct.of()
        .with("status", status)
        .with("failureCount", deployment.failedTasks)
        .with("threshold", CircuitBreaker.threshold(service.desiredCount));
  }

  private static Struct revision(Service service, Deployment deployment) {
    Revision revision = deployment.revision;
    Struct out =
        Struct.of()
            .with("serviceRevisionArn", deployment.revisionArn())
            .with("serviceArn", service.arn)
            .with("clusterArn", service.cluster.arn)
            .with("taskDefinition", revision.taskDefinition().arn)
            .with("launchType", revision.launchType())
            .with("platformVersion", "1.4.0")
            .with("platformFamily", "Linux")
            .with("loadBalancers", revision.loadBalancers())
            .with("serviceRegistries", revision.registries())
            .with(
                "networkConfiguration", Struct.of().with("awsvpcConfiguration", revision.network()))
            .with("containerImages", images(revision))
            .with("createdAt", deployment.createdAt);
    List<Struct> shifted =
        deployment.targets.stream().filter(t -> t.has("advancedConfiguration")).toList();
    if (!shifted.isEmpty()) {
      out.with(
          "resolvedConfiguration",
          Struct.of()
              .with("loadBalancers", shifted.stream().map(DeploymentReads::resolved).toList()));
    }
    if (!revision.strategy().isEmpty()) {
      out.with("capacityProviderStrategy", revision.strategy());
    }
    return out;
  }

  private static Struct resolved(Struct target) {
    return Struct.of()
        .with("targetGroupArn", target.required("targetGroupArn"))
        .with(
            "productionListenerRule",
            target
                .struct("advancedConfiguration")
                .orElseThrow()
                .required("productionListenerRule"));
  }

  private static List<Struct> images(Revision revision) {
    return revision.taskDefinition().containers().stream()
        .map(
            container ->
                Struct.of()
                    .with("containerName", container.required("name"))
                    .with("image", container.required("image")))
        .toList();
  }
}
