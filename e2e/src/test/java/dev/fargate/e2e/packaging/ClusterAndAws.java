package dev.fargate.e2e.packaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.aws.AwsEndpoint;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Both embedded ends, between which operators run; tasks only play. */
class ClusterAndAws implements AutoCloseable {
  /** Control-plane periods of AWS, divided; the operator's own stay. */
  private static final double TIME_SCALE = 60;

  /** Ends a wait for something that will not come; says nothing about how long it should take. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private final LocalCluster cluster = LocalCluster.withOurKinds();
  private final AwsEndpoint aws = AwsEndpoint.builder().realTime(TIME_SCALE).build();
  private final URI awsUrl = aws.start(0);

  LocalCluster cluster() {
    return cluster;
  }

  AwsEndpoint aws() {
    return aws;
  }

  /** The objects of the Phoenix sample. */
  static List<ObjectNode> phoenix() {
    return Repository.yamlFiles(Repository.root().resolve("samples/phoenix"), 1).stream()
        .flatMap(file -> Repository.documents(Repository.text(file)).stream())
        .toList();
  }

  /** Applies objects; an environment gets this AWS. */
  void apply(List<ObjectNode> objects) {
    for (ObjectNode object : objects) {
      if (object.path("kind").asText().equals("FargateEnvironment")) {
        ((ObjectNode) object.path("spec"))
            .putObject("endpointOverrides")
            .put("default", awsUrl.toString());
      }
      cluster.resource(object).serverSideApply();
    }
  }

  void untilReady(List<ObjectNode> objects) {
    for (ObjectNode object : objects) {
      Awaitility.await(object.path("kind").asText() + " is ready")
          .atMost(PATIENCE)
          .until(() -> ready(cluster.resource(object).get()));
    }
  }

  /** Asks for the deletion of all, and waits until they are gone. */
  void delete(List<ObjectNode> objects) {
    objects.forEach(object -> cluster.resource(object).delete());
    untilGone(objects);
  }

  void untilGone(List<ObjectNode> objects) {
    for (ObjectNode object : objects) {
      Awaitility.await(object.path("kind").asText() + " is gone")
          .atMost(PATIENCE)
          .until(() -> cluster.resource(object).get() == null);
    }
  }

  private static boolean ready(GenericKubernetesResource object) {
    return String.valueOf(object.getAdditionalProperties().get("status"))
        .contains("status=True, type=Ready");
  }

  @Override
  public void close() {
    aws.close();
    cluster.close();
  }
}
