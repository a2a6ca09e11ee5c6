package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tags of clusters, services, task definitions and tasks by ARN. */
final class TagOperations {
  private final EcsState state;

  TagOperations(EcsState state) {
    this.state = state;
  }

  Struct list(Struct in, Caller caller) {
    return Struct.of().with("tags", Tags.write(tagged(in, caller).tags()));
  }

  Struct tag(Struct in, Caller caller) {
    Tagged tagged = tagged(in, caller);
    tagged.set().accept(Tags.merged(tagged.tags(), in));
    return Struct.of();
  }

  Struct untag(Struct in, Caller caller) {
    Tagged tagged = tagged(in, caller);
    Map<String, String> rest = new LinkedHashMap<>(tagged.tags());
    in.strings("tagKeys").forEach(rest::remove);
    tagged.set().accept(rest);
    return Struct.of();
  }

  private record Tagged(Map<String, String> tags, Consumer<Map<String, String>> set) {}

  private Tagged tagged(Struct in, Caller caller) {
    String arn = in.required("resourceArn");
    String[] parts = arn.split(":", 6);
    if (parts.length < 6 || !arn.startsWith("arn:aws:ecs:")) {
      throw EcsError.invalid("Invalid resource ARN: " + arn);
    }
    String[] resource = parts[5].split("/");
    Optional<Tagged> tagged =
        switch (resource[0]) {
          case "cluster" -> cluster(arn);
          case "task-definition" ->
              state
                  .taskDefinitions
                  .find(arn, caller)
                  .map(d -> new Tagged(d.tags, tags -> d.tags = tags));
          case "service" -> service(arn, resource, caller);
          case "task" -> task(arn, resource, caller);
          default ->
              throw EcsError.invalid("The resource " + arn + " has no tags in this endpoint.");
        };
    return tagged.orElseThrow(
        () ->
            new AwsException(
                resource[0].equals("cluster")
                    ? "ClusterNotFoundException"
                    : "InvalidParameterException",
                "The specified resource " + arn + " was not found."));
  }

  private Optional<Tagged> cluster(String arn) {
    return Optional.ofNullable(state.clusters.get(arn))
        .filter(cluster -> cluster.active)
        .map(cluster -> new Tagged(cluster.tags, tags -> cluster.tags = tags));
  }

  private Optional<Tagged> service(String arn, String[] resource, Caller caller) {
    return clusterOf(resource, caller)
        .map(cluster -> cluster.services.get(arn))
        .filter(service -> service.status != Service.Status.INACTIVE)
        .map(service -> new Tagged(service.tags, tags -> service.tags = tags));
  }

  private Optional<Tagged> task(String arn, String[] resource, Caller caller) {
    return clusterOf(resource, caller)
        .map(cluster -> cluster.tasks.get(arn))
        .map(task -> new Tagged(task.tags, tags -> task.tags = tags));
  }

  /** The old short ARNs without cluster do not occur: every account here has the long ones. */
  private Optional<Cluster> clusterOf(String[] resource, Caller caller) {
    return resource.length < 3
        ? Optional.empty()
        : state.findCluster(Optional.of(resource[1]), caller);
  }
}
