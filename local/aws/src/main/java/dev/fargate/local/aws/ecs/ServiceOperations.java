package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.Optional;
import java.util.regex.Pattern;

/** Create and delete services. */
final class ServiceOperations {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");
  private static final int MAX_CLIENT_TOKEN = 36;

  private final EcsState state;
  private final ServiceRules rules;
  private final Deployments deployments;
  private final Scheduler scheduler;
  private final Ids ids;

  ServiceOperations(
      EcsState state, ServiceRules rules, Deployments deployments, Scheduler scheduler, Ids ids) {
    this.state = state;
    this.rules = rules;
    this.deployments = deployments;
    this.scheduler = scheduler;
    this.ids = ids;
  }

  Struct create(Struct in, Caller caller) {
    Cluster cluster = state.cluster(in.string("cluster"), caller);
    checkRequest(in);
    Optional<Service> existing = state.findService(cluster, in.required("serviceName"), caller);
    if (existing.isPresent() && existing.get().status != Service.Status.INACTIVE) {
      return repeated(existing.get(), in);
    }
    Revision revision = revision(in, cluster, caller);
    DeploymentSettings settings =
        DeploymentSettings.DEFAULT.with(in.struct("deploymentConfiguration").orElse(Struct.of()));
    ServiceRules.checkShiftable(settings.strategy(), revision.loadBalancers());
    Service service =
        new Service(
            in.required("serviceName"),
            cluster,
            Arns.of(caller),
            caller.principal(),
            new ServiceEvents(scheduler, ids));
    service.desiredCount = count(in.integer("desiredCount").orElse(0));
    service.settings = settings;
    service.gracePeriodSeconds = in.integer("healthCheckGracePeriodSeconds").orElse(0);
    service.executeCommand = in.bool("enableExecuteCommand").orElse(false);
    service.managedTags = in.bool("enableECSManagedTags").orElse(false);
    service.propagateTags = in.string("propagateTags").orElse("NONE");
    service.zoneRebalancing = in.string("availabilityZoneRebalancing").orElse("ENABLED");
    service.tags = Tags.read(in);
    service.clientToken = in.string("clientToken").orElse(null);
    service.createRequest = in;
    // A service of this name that is INACTIVE is forgotten with its stopped tasks.
    cluster.services.put(service.arn, service);
    deployments.start(service, revision);
    return Struct.of().with("service", ServiceDescriber.describe(service, true));
  }

  /** DRAINING at once; the scheduler stops the tasks and ends it. */
  Struct delete(Struct in, Caller caller) {
    Cluster cluster = state.cluster(in.string("cluster"), caller);
    Service service = state.service(cluster, in.required("service"), caller);
    if (service.status == Service.Status.ACTIVE) {
      if (!in.bool("force").orElse(false)) {
        checkStopped(service);
      }
      service.desiredCount = 0;
      service.status = Service.Status.DRAINING;
      service.tags.clear();
    }
    return Struct.of().with("service", ServiceDescriber.describe(service, true));
  }

  static int count(int requested) {
    if (requested < 0) {
      throw EcsError.invalid("desiredCount must not be negative, was " + requested + ".");
    }
    return requested;
  }

  private static void checkStopped(Service service) {
    if (service.desiredCount > 0) {
      throw EcsError.invalid("The service cannot be stopped while it is scaled above 0.");
    }
    if (service.deployments.size() > 1) {
      throw EcsError.invalid("The service cannot be stopped while deployments are active.");
    }
  }

  private void checkRequest(Struct in) {
    if (!NAME.matcher(in.required("serviceName")).matches()) {
      throw EcsError.invalid(
          "Name must be up to 255 letters, numbers, underscores and hyphens: "
              + in.required("serviceName"));
    }
    in.string("clientToken")
        .filter(token -> token.length() > MAX_CLIENT_TOKEN || !token.matches("[!-~]*"))
        .ifPresent(
            token -> {
              throw EcsError.invalid("clientToken must be up to 36 ASCII characters 33-126.");
            });
    rules.refuseUnsupported(in);
    if (in.string("schedulingStrategy").orElse("REPLICA").equals("DAEMON")) {
      throw EcsError.invalid("The daemon scheduling strategy is not supported on Fargate.");
    }
    if (in.has("role")) {
      throw EcsError.invalid(
          "You cannot specify an IAM role for services that require a service linked role.");
    }
    in.integer("healthCheckGracePeriodSeconds").ifPresent(ServiceOperations::count);
  }

  private static Struct repeated(Service existing, Struct in) {
    if (existing.status == Service.Status.DRAINING) {
      throw EcsError.invalid("Unable to Start a service that is still Draining.");
    }
    boolean sameToken =
        existing.clientToken != null
            && in.string("clientToken").filter(existing.clientToken::equals).isPresent();
    if (!sameToken || !existing.createRequest.equals(in)) {
      throw EcsError.invalid("Creation of service was not idempotent.");
    }
    return Struct.of().with("service", ServiceDescriber.describe(existing, true));
  }

  private Revision revision(Struct in, Cluster cluster, Caller caller) {
    TaskDefinition definition =
        rules.taskDefinition(
            in.string("taskDefinition")
                .orElseThrow(() -> EcsError.invalid("TaskDefinition can not be blank.")),
            caller);
    Capacity capacity = Capacity.of(in, cluster);
    return new Revision(
        definition,
        rules.network(in.struct("networkConfiguration").orElseThrow(ServiceRules::networkRequired)),
        rules.loadBalancers(in.structs("loadBalancers"), definition),
        rules.registries(in.structs("serviceRegistries"), definition),
        rules.platformVersion(in.string("platformVersion").orElse("LATEST")),
        capacity.launchType(),
        capacity.strategy());
  }
}
