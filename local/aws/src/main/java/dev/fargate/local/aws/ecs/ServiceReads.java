package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;

/** Describe and list services. */
final class ServiceReads {
  private static final int MAX_DESCRIBE = 10;

  private final EcsState state;

  ServiceReads(EcsState state) {
    this.state = state;
  }

  /** Unknown names are failures with reason MISSING, never an error (AWS-FACTS 4.2). */
  Struct describe(Struct in, Caller caller) {
    Cluster cluster = state.cluster(in.string("cluster"), caller);
    List<String> names = in.strings("services");
    if (names.isEmpty()) {
      throw EcsError.invalid("Services cannot be empty.");
    }
    if (names.size() > MAX_DESCRIBE) {
      throw EcsError.invalid("Too many services, at most 10 can be described in one call.");
    }
    boolean tags = in.strings("include").contains("TAGS");
    List<Struct> found = new ArrayList<>();
    List<Struct> failures = new ArrayList<>();
    for (String name : names) {
      state
          .findService(cluster, name, caller)
          .ifPresentOrElse(
              service -> found.add(ServiceDescriber.describe(service, tags)),
              () ->
                  failures.add(
                      Struct.of()
                          .with("arn", Arns.of(caller).service(cluster.name, name))
                          .with("reason", "MISSING")));
    }
    return Struct.of().with("services", found).with("failures", failures);
  }

  /** ACTIVE ones only. */
  Struct list(Struct in, Caller caller) {
    Cluster cluster = state.cluster(in.string("cluster"), caller);
    List<String> arns =
        cluster.activeServices().stream()
            .filter(
                service ->
                    in.string("launchType")
                        .map(type -> type.equals(service.revision().launchType()))
                        .orElse(true))
            .filter(service -> in.string("schedulingStrategy").orElse("REPLICA").equals("REPLICA"))
            .map(service -> service.arn)
            .sorted()
            .toList();
    return Pages.of(Pages.SERVICES, in, "serviceArns", arns);
  }
}
