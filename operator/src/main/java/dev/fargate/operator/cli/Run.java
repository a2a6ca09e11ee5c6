package dev.fargate.operator.cli;

import dev.fargate.operator.OperatorRuntime;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the controller until it is told to stop. Kubernetes: in-cluster, or {@code KUBECONFIG}. AWS:
 * the default credential chain (IRSA, Pod Identity, ...).
 */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs the controller.")
final class Run implements Callable<Integer> {
  @Option(
      names = "--owner-id",
      required = true,
      defaultValue = "${env:FARGATE_OWNER_ID}",
      description =
          "Which installation this is; in every ownership tag. [a-z0-9-]{1,20}. Choose one and keep"
              + " it: with another one the operator knows nothing of what it made before.")
  private String ownerId;

  @Option(
      names = "--allow-endpoint-overrides",
      description = "Honour endpointOverrides of environments. For development only.")
  private boolean allowEndpointOverrides;

  @Option(
      names = "--leader-election",
      defaultValue = "${env:FARGATE_LEADER_ELECTION:-false}",
      description = "Act only while holding a Lease; needed with more than one replica.")
  private boolean leaderElection;

  @Option(
      names = "--lease-namespace",
      defaultValue = "${env:POD_NAMESPACE:-default}",
      description = "Where the Lease lives. Default: the pod's namespace.")
  private String leaseNamespace;

  @Option(
      names = "--health-address",
      defaultValue = "0.0.0.0",
      description = "For /healthz, /readyz, /metrics.")
  private String healthAddress;

  @Option(names = "--health-port", defaultValue = "8080", description = "0 for any free one.")
  private int healthPort;

  @Override
  public Integer call() throws InterruptedException {
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      OperatorRuntime.Config config =
          new OperatorRuntime.Config(
              client,
              ownerId,
              allowEndpointOverrides,
              leaderElection ? leaseNamespace : null,
              healthAddress,
              healthPort);
      // The kubelet starts it again; there it waits for the Lease like any standby.
      OperatorRuntime runtime = OperatorRuntime.start(config, () -> System.exit(1));
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    runtime.close();
                    stopped.countDown();
                  },
                  "shutdown"));
      stopped.await();
    }
    return 0;
  }
}
