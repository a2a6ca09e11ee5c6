package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.aws.reading.Batches;
import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ServiceField;

/** All services of the environment's cluster, ten per call. */
public final class ServiceReader implements Reader {
  /** AWS's limit of DescribeServices (AWS-FACTS 0.7). */
  private static final int DESCRIBED = 10;

  /** AWS's largest page of ListServices (AWS-FACTS 10). */
  private static final int LISTED = 100;

  private final EcsClient ecs;
  private final TaskDefinitions definitions;
  private final Supplier<Scope> scope;

  public ServiceReader(EcsClient ecs, TaskDefinitions definitions, Supplier<Scope> scope) {
    this.ecs = ecs;
    this.definitions = definitions;
    this.scope = scope;
  }

  @Override
  public Kind kind() {
    return Kind.SERVICE;
  }

  @Override
  public Part sweep(Known known) {
    Set<String> arns = new LinkedHashSet<>();
    try {
      String token = null;
      do {
        String next = token;
        var page =
            ecs.listServices(
                request ->
                    request.cluster(scope.get().clusterName()).maxResults(LISTED).nextToken(next));
        arns.addAll(page.serviceArns());
        token = page.nextToken();
      } while (token != null);
      // AWS does not list a service that is draining, yet its name is still taken (AWS-FACTS 4.3).
      known.of(Kind.SERVICE).forEach(seen -> arns.add(seen.key()));
      return Part.all(describe(arns));
    } catch (ClusterNotFoundException none) {
      return Part.all(List.of());
    }
  }

  @Override
  public Part read(Need need) {
    Set<String> names = new TreeSet<>();
    need.wanted().forEach(wanted -> names.add(((Service) wanted).name()));
    need.there().forEach(there -> names.add(((Service) there.actual()).name()));
    return new Part(
        seen -> names.contains(((Service) seen.actual()).name()), describeOrNone(names));
  }

  /**
   * These services, now.
   *
   * @param services names or ARNs
   */
  public List<Seen> describeOrNone(Collection<String> services) {
    try {
      return describe(services);
    } catch (ClusterNotFoundException none) {
      return List.of();
    }
  }

  private List<Seen> describe(Collection<String> services) {
    List<Seen> found = new ArrayList<>();
    for (List<String> batch : Batches.of(services, DESCRIBED)) {
      ecs.describeServices(
              request ->
                  request
                      .cluster(scope.get().clusterName())
                      .services(batch)
                      .include(ServiceField.TAGS))
          .services()
          .forEach(
              service -> {
                // An INACTIVE one is gone; what AWS does not know is in failures (AWS-FACTS 4.2).
                if (!"INACTIVE".equals(service.status())) {
                  found.add(ServiceMapper.seen(service, this::image));
                }
              });
    }
    return found;
  }

  private String image(String taskDefinitionArn) {
    definitions.get(taskDefinitionArn);
    return definitions.image(taskDefinitionArn);
  }
}
