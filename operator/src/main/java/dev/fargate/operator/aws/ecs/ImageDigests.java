package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.aws.reading.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Task;

/** What the tags of running images resolved to, as their tasks tell. */
public final class ImageDigests {
  /** All tasks of a deployment run the same; of ten, one runs though others are being replaced. */
  private static final int ASKED = 10;

  private final EcsClient ecs;
  private final Supplier<Scope> scope;

  public ImageDigests(EcsClient ecs, Supplier<Scope> scope) {
    this.ecs = ecs;
    this.scope = scope;
  }

  /**
   * Asks some tasks of the service; two calls.
   *
   * @param deploymentId of the deployment whose tasks are meant
   * @param image as the task definition names it
   * @return empty when no task of the deployment has pulled the image
   */
  public Optional<String> of(String serviceName, String deploymentId, String image) {
    String cluster = scope.get().clusterName();
    try {
      List<String> arns =
          ecs
              .listTasksPaginator(
                  request -> request.cluster(cluster).serviceName(serviceName).maxResults(ASKED))
              .taskArns()
              .stream()
              .distinct()
              .limit(ASKED)
              .toList();
      if (arns.isEmpty()) {
        return Optional.empty();
      }
      return ecs.describeTasks(request -> request.cluster(cluster).tasks(arns)).tasks().stream()
          // What a service starts is started by the deployment (AWS-FACTS 4.6).
          .filter(task -> deploymentId.equals(task.startedBy()))
          .map(task -> of(task).get(image))
          .filter(digest -> digest != null)
          .findFirst();
    } catch (ServiceNotFoundException | ClusterNotFoundException gone) {
      return Optional.empty();
    }
  }

  /** By image; an image that has not been pulled lacks. */
  static Map<String, String> of(Task task) {
    Map<String, String> digests = new TreeMap<>();
    for (Container container : task.containers()) {
      if (container.image() != null && container.imageDigest() != null) {
        digests.put(container.image(), container.imageDigest());
      }
    }
    return digests;
  }
}
