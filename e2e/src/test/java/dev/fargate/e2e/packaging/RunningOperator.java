package dev.fargate.e2e.packaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.kube.record.Call;
import dev.fargate.operator.OperatorRuntime;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * The operator as it is shipped, against both embedded ends; its calls are told from the test's.
 */
final class RunningOperator implements AutoCloseable {
  /** Says whose calls these are. */
  private static final String USER_AGENT = "the-operator";

  /** Control-plane periods of AWS, divided; the operator's own stay. */
  private static final double TIME_SCALE = 60;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final LocalCluster cluster = LocalCluster.withOurKinds();
  private final AwsEndpoint aws = AwsEndpoint.builder().realTime(TIME_SCALE).build();
  private final URI awsUrl = aws.start(0);
  private final KubernetesClient client;
  private final String leaseNamespace;
  private OperatorRuntime operator;

  /**
   * @param leaseNamespace null = no leader election
   */
  RunningOperator(String leaseNamespace) {
    this.leaseNamespace = leaseNamespace;
    if (leaseNamespace != null) {
      cluster.createNamespace(leaseNamespace);
    }
    cluster.server().api().recorder().clear();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.fromKubeconfig(cluster.server().kubeconfig()))
                    .withHttp2Disable(true)
                    .withUserAgent(USER_AGENT)
                    .build())
            .build();
    start();
  }

  /** Ends the operator, as an uninstallation does; objects and AWS stay. */
  void stop() {
    operator.close();
  }

  /** Begins again, with the same owner id and nothing remembered. */
  void start() {
    operator =
        OperatorRuntime.start(
            new OperatorRuntime.Config(client, "example", true, leaseNamespace, "127.0.0.1", 0));
  }

  LocalCluster cluster() {
    return cluster;
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

  /** The writes to AWS so far, failed or not. */
  long awsWrites() {
    return aws.calls().writes().size();
  }

  /** What the operator called in Kubernetes so far. */
  List<Call> calls() {
    return cluster.server().api().recorder().calls(own(call -> true));
  }

  /** Those of its calls. */
  Predicate<Call> own(Predicate<Call> which) {
    return which.and(call -> call.userAgent().equals(USER_AGENT));
  }

  private static boolean ready(GenericKubernetesResource object) {
    return String.valueOf(object.getAdditionalProperties().get("status"))
        .contains("status=True, type=Ready");
  }

  @Override
  public void close() {
    operator.close();
    client.close();
    aws.close();
    cluster.close();
  }
}
