package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Service;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/**
 * Writes services. An update sends only what changes: an absent field stays, an empty list removes
 * (AWS-FACTS 0.4), and the count is not sent while autoscaling owns it (C5).
 */
public final class ServiceRunner implements Runner {
  /** AWS takes 36 characters (AWS-FACTS 2). */
  private static final int TOKEN_LENGTH = 32;

  /** What the service's own tags say of its deployment: written together with it. */
  private static final List<String> DEPLOYMENT_TAGS =
      List.of(Ownership.ATTEMPT, Ownership.RESTARTED_AT);

  private final EcsClient ecs;

  public ServiceRunner(EcsClient ecs) {
    this.ecs = ecs;
  }

  @Override
  public Kind kind() {
    return Kind.SERVICE;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    Service wanted = (Service) desired;
    CreateServiceRequest.Builder request =
        CreateServiceRequest.builder()
            .serviceName(wanted.name())
            .cluster(wanted.clusterArn().toString())
            .clientToken(token(owner, wanted))
            .taskDefinition(wanted.taskDefinitionArn().toString())
            .schedulingStrategy(SchedulingStrategy.REPLICA)
            .platformVersion(wanted.platformVersion())
            .desiredCount(wanted.count().desired())
            .networkConfiguration(ServiceMapper.network(wanted.network()))
            .deploymentConfiguration(ServiceMapper.deployment(wanted.deployment(), false))
            .availabilityZoneRebalancing(ServiceMapper.zones(wanted.deployment()))
            .propagateTags(wanted.propagateTags())
            .tags(EcsTags.of(tags));
    if (wanted.capacity().isEmpty()) {
      request.launchType(LaunchType.FARGATE);
    } else {
      request.capacityProviderStrategy(ServiceMapper.capacity(wanted.capacity()));
    }
    if (!wanted.loadBalancers().isEmpty()) {
      request.loadBalancers(ServiceMapper.loadBalancers(wanted.loadBalancers()));
      request.healthCheckGracePeriodSeconds(wanted.healthCheckGracePeriodSeconds());
    }
    if (!wanted.registries().isEmpty()) {
      request.serviceRegistries(ServiceMapper.registries(wanted.registries()));
    }
    var created = ecs.createService(request.build()).service();
    return Map.of(Output.ARN, created.serviceArn(), Output.NAME, created.serviceName());
  }

  /**
   * Stable over the attempts to create one service, another one for a later service of the same
   * name: that one gets a revision with another number.
   */
  private static String token(Owner owner, Service wanted) {
    return Names.sha256(
            String.join(
                "\n",
                owner.ownerId(),
                owner.reference(),
                wanted.name(),
                wanted.taskDefinitionArn().toString()))
        .substring(0, TOKEN_LENGTH);
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    Service wanted = (Service) desired;
    UpdateServiceRequest.Builder request =
        UpdateServiceRequest.builder()
            .cluster(wanted.clusterArn().toString())
            .service(wanted.name());
    if (fill(request, action, wanted)) {
      ecs.updateService(request.build());
    }
    String arn = action.observed().outputs().get(Output.ARN);
    // After the update: a restart that is carried out twice is better than one that is lost.
    EcsTags.write(ecs, arn, tags(action));
    return action.observed().outputs();
  }

  /** Whether there is anything to send. */
  private static boolean fill(UpdateServiceRequest.Builder request, Action action, Service wanted) {
    boolean any = false;
    if (action.touches("taskDefinitionArn")) {
      request.taskDefinition(wanted.taskDefinitionArn().toString());
      any = true;
    }
    if (action.touches("count") && wanted.count().managed()) {
      request.desiredCount(wanted.count().desired());
      any = true;
    }
    if (action.touches("capacity")) {
      // None leads back to the launch type; without force AWS refuses any change of it.
      request.capacityProviderStrategy(ServiceMapper.capacity(wanted.capacity()));
      request.forceNewDeployment(true);
      any = true;
    }
    if (action.touches("network")) {
      request.networkConfiguration(ServiceMapper.network(wanted.network()));
      any = true;
    }
    if (action.touches("loadBalancers")) {
      request.loadBalancers(ServiceMapper.loadBalancers(wanted.loadBalancers()));
      any = true;
    }
    if (action.touches("registries")) {
      request.serviceRegistries(ServiceMapper.registries(wanted.registries()));
      any = true;
    }
    if (action.touches("deployment")) {
      request.deploymentConfiguration(
          ServiceMapper.deployment(
              wanted.deployment(), action.touches("deployment.rollbackAlarms")));
      request.availabilityZoneRebalancing(ServiceMapper.zones(wanted.deployment()));
      any = true;
    }
    if (action.touches("healthCheckGracePeriodSeconds")) {
      request.healthCheckGracePeriodSeconds(wanted.healthCheckGracePeriodSeconds());
      any = true;
    }
    if (action.touches("platformVersion")) {
      request.platformVersion(wanted.platformVersion());
      any = true;
    }
    if (action.touches("propagateTags")) {
      request.propagateTags(wanted.propagateTags());
      any = true;
    }
    if (action.touches("restartToken")) {
      request.forceNewDeployment(true);
      any = true;
    }
    return any;
  }

  private static TagChanges tags(Action action) {
    TagChanges changes = TagChanges.of(action);
    Map<String, String> set = new TreeMap<>(changes.set());
    for (String key : DEPLOYMENT_TAGS) {
      String value = action.tags().get(key);
      boolean written = action.startsDeployment() || action.touches("restartToken");
      if (written && value != null && !value.equals(action.observed().tags().get(key))) {
        set.put(key, value);
      }
    }
    return new TagChanges(set, changes.removed());
  }

  /** Forced: the tasks stop by themselves, the service drains until then. */
  @Override
  public void delete(Owner owner, ObservedResource observed) {
    if (observed.lifecycle() == Lifecycle.DELETING) {
      return;
    }
    Service service = (Service) observed.actual();
    try {
      ecs.deleteService(
          request ->
              request.cluster(service.clusterArn().toString()).service(service.name()).force(true));
    } catch (ServiceNotFoundException | ClusterNotFoundException gone) {
      // What was to be reached.
    }
  }
}
