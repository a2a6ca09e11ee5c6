package dev.fargate.operator.aws.cloudmap;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.DiscoveryService;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.DnsRecord;
import software.amazon.awssdk.services.servicediscovery.model.DuplicateRequestException;
import software.amazon.awssdk.services.servicediscovery.model.HealthCheckCustomConfig;
import software.amazon.awssdk.services.servicediscovery.model.RoutingPolicy;
import software.amazon.awssdk.services.servicediscovery.model.Service;
import software.amazon.awssdk.services.servicediscovery.model.ServiceAlreadyExistsException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceNotFoundException;

/** Cloud Map services. ECS registers the tasks in them, never we (C4). */
public final class DiscoveryServiceRunner implements Runner {
  /** Cloud Map takes 64 characters (AWS-FACTS 2). */
  private static final int TOKEN_LENGTH = 64;

  private final ServiceDiscoveryClient cloudMap;

  public DiscoveryServiceRunner(ServiceDiscoveryClient cloudMap) {
    this.cloudMap = cloudMap;
  }

  @Override
  public Kind kind() {
    return Kind.DISCOVERY_SERVICE;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    DiscoveryService wanted = (DiscoveryService) desired;
    try {
      return outputs(
          cloudMap
              .createService(
                  request ->
                      request
                          .name(wanted.name())
                          .namespaceId(wanted.namespaceId().toString())
                          .creatorRequestId(token(owner, wanted))
                          .dnsConfig(
                              dns ->
                                  dns.routingPolicy(RoutingPolicy.MULTIVALUE)
                                      .dnsRecords(record(wanted)))
                          // Empty, and yet needed: ECS pushes task health through it, and it
                          // cannot be added later (AWS-FACTS 8).
                          .healthCheckCustomConfig(HealthCheckCustomConfig.builder().build())
                          .tags(CloudMapTags.of(tags)))
              .service());
    } catch (ServiceAlreadyExistsException exists) {
      // The error names the one that exists (AWS-FACTS 8): ours after a lost answer.
      Service there = cloudMap.getService(request -> request.id(exists.serviceId())).service();
      if (!Ownership.owns(owner, CloudMapTags.read(cloudMap, there.arn()))) {
        throw exists;
      }
      return outputs(there);
    }
  }

  private static Map<Output, String> outputs(Service service) {
    return Map.of(Output.ID, service.id(), Output.ARN, service.arn(), Output.NAME, service.name());
  }

  private static String token(Owner owner, DiscoveryService wanted) {
    return Names.sha256(
            String.join(
                "\n",
                owner.ownerId(),
                owner.reference(),
                wanted.namespaceId().toString(),
                wanted.name(),
                wanted.recordType()))
        .substring(0, TOKEN_LENGTH);
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    DiscoveryService wanted = (DiscoveryService) desired;
    if (action.touches("ttlSeconds")) {
      // Records that are left out would be deleted, unlike in ECS (AWS-FACTS 0.4).
      cloudMap.updateService(
          request ->
              request
                  .id(action.observed().outputs().get(Output.ID))
                  .service(service -> service.dnsConfig(dns -> dns.dnsRecords(record(wanted)))));
    }
    CloudMapTags.write(
        cloudMap, action.observed().outputs().get(Output.ARN), TagChanges.of(action));
    return action.observed().outputs();
  }

  /** ResourceInUse until ECS has deregistered the last task, minutes after the service is gone. */
  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      cloudMap.deleteService(request -> request.id(observed.outputs().get(Output.ID)));
    } catch (ServiceNotFoundException | DuplicateRequestException gone) {
      // What was to be reached.
    }
  }

  private static DnsRecord record(DiscoveryService wanted) {
    return DnsRecord.builder().type(wanted.recordType()).ttl((long) wanted.ttlSeconds()).build();
  }
}
