package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;

/**
 * UpdateService: an absent field leaves the setting as it is, an empty list removes it, and only a
 * change of the {@link Revision} or {@code forceNewDeployment} starts a deployment (AWS-FACTS 4.1).
 */
final class ServiceUpdate {
  private final EcsState state;
  private final ServiceRules rules;
  private final Deployments deployments;

  ServiceUpdate(EcsState state, ServiceRules rules, Deployments deployments) {
    this.state = state;
    this.rules = rules;
    this.deployments = deployments;
  }

  Struct update(Struct in, Caller caller) {
    Cluster cluster = state.cluster(in.string("cluster"), caller);
    Service service = state.service(cluster, in.required("service"), caller);
    if (service.status != Service.Status.ACTIVE) {
      throw new AwsException("ServiceNotActiveException", "Service was not ACTIVE.");
    }
    rules.refuseUnsupported(in);
    // Everything is checked before anything is changed: a refused call has no effect.
    Revision revision = revision(service, in, caller);
    DeploymentSettings settings =
        service.settings.with(in.struct("deploymentConfiguration").orElse(Struct.of()));
    checkStrategy(service, settings, revision);
    int desired = ServiceOperations.count(in.integer("desiredCount").orElse(service.desiredCount));
    int grace =
        ServiceOperations.count(
            in.integer("healthCheckGracePeriodSeconds").orElse(service.gracePeriodSeconds));

    service.settings = settings;
    service.gracePeriodSeconds = grace;
    service.executeCommand = in.bool("enableExecuteCommand").orElse(service.executeCommand);
    service.managedTags = in.bool("enableECSManagedTags").orElse(service.managedTags);
    service.propagateTags = in.string("propagateTags").orElse(service.propagateTags);
    service.zoneRebalancing =
        in.string("availabilityZoneRebalancing").orElse(service.zoneRebalancing);
    deployments.scale(service, desired);
    if (!revision.equals(service.revision()) || in.bool("forceNewDeployment").orElse(false)) {
      deployments.start(service, revision);
    }
    return Struct.of().with("service", ServiceDescriber.describe(service, true));
  }

  /**
   * Another strategy takes effect between deployments, and traffic can be shifted only where a
   * rolling deployment has brought the advancedConfiguration (AWS's migration guide; its words are
   * UNVERIFIED).
   */
  private static void checkStrategy(Service service, DeploymentSettings wanted, Revision revision) {
    ServiceRules.checkShiftable(wanted.strategy(), revision.loadBalancers());
    if (wanted.strategy().name() == service.settings.strategy().name()) {
      return;
    }
    if (service.deploying()) {
      throw EcsError.invalid(
          "The deployment strategy cannot be changed while a deployment is in progress.");
    }
    if (!service.settings.strategy().shifts()) {
      ServiceRules.checkShiftable(wanted.strategy(), service.revision().loadBalancers());
    }
  }

  private Revision revision(Service service, Struct in, Caller caller) {
    Revision current = service.revision();
    TaskDefinition definition =
        in.string("taskDefinition")
            .filter(reference -> !reference.equals(current.taskDefinition().arn))
            .map(reference -> rules.taskDefinition(reference, caller))
            .orElse(current.taskDefinition());
    Struct network =
        in.struct("networkConfiguration").map(rules::network).orElse(current.network());
    // Checked again with a new task definition: its containers and ports may be others.
    List<Struct> loadBalancers =
        in.has("loadBalancers") || definition != current.taskDefinition()
            ? rules.loadBalancers(
                in.has("loadBalancers") ? in.structs("loadBalancers") : current.loadBalancers(),
                definition)
            : current.loadBalancers();
    List<Struct> registries =
        in.has("serviceRegistries")
            ? rules.registries(in.structs("serviceRegistries"), definition)
            : current.registries();
    List<Struct> strategy =
        in.has("capacityProviderStrategy")
            ? List.copyOf(in.structs("capacityProviderStrategy"))
            : current.strategy();
    CapacityStrategy.check(strategy, service.cluster.capacityProviders);
    if (!strategy.equals(current.strategy()) && !in.bool("forceNewDeployment").orElse(false)) {
      // AWS's words; its model only says that the parameter starts no deployment by itself.
      throw EcsError.invalid(
          "When switching from launch type to capacity provider strategy on an existing service, or"
              + " making a change to a capacity provider strategy on a service that is already"
              + " using one, you must force a new deployment.");
    }
    return new Revision(
        definition,
        network,
        loadBalancers,
        registries,
        in.string("platformVersion").map(rules::platformVersion).orElse(current.platformVersion()),
        strategy.isEmpty() ? "FARGATE" : null,
        strategy);
  }
}
