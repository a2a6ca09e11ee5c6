package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.plan.RolledBack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;

/**
 * What became of a service's deployments, from ECS's own history: it outlives the service's list of
 * deployments, its events and our status (AWS-FACTS 4.7).
 */
public final class DeploymentHistory {
  /** AWS's largest page (AWS-FACTS 10). */
  private static final int PAGE = 100;

  /** Requested, in progress, successful or failed: in any case ECS has given the deployment up. */
  private static final String ROLLBACK = "ROLLBACK_";

  private final EcsClient ecs;
  private final Supplier<Scope> scope;

  public DeploymentHistory(EcsClient ecs, Supplier<Scope> scope) {
    this.ecs = ecs;
    this.scope = scope;
  }

  /** What ECS has gone back from, if the service's newest deployment ended so. */
  public Optional<RolledBack> rolledBack(String serviceName) {
    List<ServiceDeploymentBrief> all = new ArrayList<>();
    String token = null;
    do {
      String next = token;
      var page =
          ecs.listServiceDeployments(
              request ->
                  request
                      .cluster(scope.get().clusterName())
                      .service(serviceName)
                      .maxResults(PAGE)
                      .nextToken(next));
      all.addAll(page.serviceDeployments());
      token = page.nextToken();
    } while (token != null);
    return all.stream()
        .max(Comparator.comparing(ServiceDeploymentBrief::createdAt))
        .filter(newest -> newest.statusAsString().startsWith(ROLLBACK))
        .map(newest -> askedBy(newest.targetServiceRevisionArn()));
  }

  private RolledBack askedBy(String serviceRevisionArn) {
    return ecs
        .describeServiceRevisions(request -> request.serviceRevisionArns(serviceRevisionArn))
        .serviceRevisions()
        .stream()
        .findFirst()
        .map(ServiceMapper::rolledBack)
        .orElseGet(RolledBack::unknown);
  }
}
