package dev.fargate.e2e;

import dev.fargate.e2e.kubernetes.Kubernetes;
import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.operator.OperatorRuntime;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A Kubernetes API with our three kinds (the embedded one, unless a property says otherwise: {@link
 * Kubernetes}), an embedded AWS endpoint, and the operators that a test starts between them. One at
 * a time in a JVM: the operator finds the endpoint as any program does, by process-wide settings.
 */
final class LocalPlatform implements AutoCloseable {
  /** In every ownership tag. */
  static final String OWNER_ID = "e2e";

  /** The principal of the operator's calls in the endpoint's record; the tests' own is another. */
  static final String OPERATOR_KEY = "AKIDOPERATOR";

  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final String ENDPOINT = "aws.endpointUrl";
  private static final String LOOPBACK = "127.0.0.1";

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final AwsEndpoint aws;
  private final Kubernetes kubernetes;
  private final KubernetesClient client;

  /**
   * @param aws ends with the platform
   */
  LocalPlatform(AwsEndpoint aws) {
    this.aws = ending(aws);
    System.setProperty(ENDPOINT, aws.start(0).toString());
    System.setProperty("aws.accessKeyId", OPERATOR_KEY);
    System.setProperty("aws.secretAccessKey", "none");
    kubernetes = ending(Kubernetes.start());
    client = ending(Kubernetes.client(kubernetes.person()));
  }

  private <T extends AutoCloseable> T ending(T part) {
    parts.push(part);
    return part;
  }

  /**
   * Starts an operator with a Kubernetes client of its own, as in a pod of its own.
   *
   * @param leaseNamespace null: without leader election
   */
  OperatorRuntime startOperator(String leaseNamespace) {
    return ending(
        OperatorRuntime.start(
            new OperatorRuntime.Config(
                ending(Kubernetes.client(kubernetes.operator())),
                OWNER_ID,
                false,
                leaseNamespace,
                LOOPBACK,
                0)));
  }

  AwsEndpoint aws() {
    return aws;
  }

  Kubernetes kubernetes() {
    return kubernetes;
  }

  /** A person's client. */
  KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    System.clearProperty(ENDPOINT);
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("the platform does not end", e);
      }
    }
  }
}
