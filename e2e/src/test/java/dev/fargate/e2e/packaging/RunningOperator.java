package dev.fargate.e2e.packaging;

import dev.fargate.local.kube.record.Call;
import dev.fargate.operator.OperatorRuntime;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.function.Predicate;

/**
 * The operator as it is shipped, against both embedded ends; its calls are told from the test's.
 */
final class RunningOperator extends ClusterAndAws {
  /** Says whose calls these are. */
  private static final String USER_AGENT = "the-operator";

  private final KubernetesClient client;
  private final String leaseNamespace;
  private OperatorRuntime operator;

  /**
   * @param leaseNamespace null = no leader election
   */
  RunningOperator(String leaseNamespace) {
    this.leaseNamespace = leaseNamespace;
    if (leaseNamespace != null) {
      cluster().createNamespace(leaseNamespace);
    }
    cluster().server().api().recorder().clear();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.fromKubeconfig(cluster().server().kubeconfig()))
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

  /** The writes to AWS so far, failed or not. */
  long awsWrites() {
    return aws().calls().writes().size();
  }

  /** What the operator called in Kubernetes so far. */
  List<Call> calls() {
    return cluster().server().api().recorder().calls(own(call -> true));
  }

  /** Those of its calls. */
  Predicate<Call> own(Predicate<Call> which) {
    return which.and(call -> call.userAgent().equals(USER_AGENT));
  }

  @Override
  public void close() {
    operator.close();
    client.close();
    super.close();
  }
}
