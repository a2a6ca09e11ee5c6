package dev.fargate.e2e;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.kube.KubeServer;
import dev.fargate.operator.OperatorRuntime;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * An embedded Kubernetes API with our three kinds, an embedded AWS endpoint, and the operators that
 * a test starts between them. One at a time in a JVM: the operator finds the endpoint as any
 * program does, by process-wide settings.
 */
final class LocalPlatform implements AutoCloseable {
  /** In every ownership tag. */
  static final String OWNER_ID = "e2e";

  /** The principal of the operator's calls in the endpoint's record; the tests' own is another. */
  static final String OPERATOR_KEY = "AKIDOPERATOR";

  /** Who calls Kubernetes, in its record. */
  static final String OPERATOR = "operator";

  private static final String PERSON = "person";

  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final List<String> DEFINITIONS =
      List.of("fargateapps.yaml", "fargatedatabases.yaml", "fargateenvironments.yaml");
  private static final String ENDPOINT = "aws.endpointUrl";
  private static final String LOOPBACK = "127.0.0.1";

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final AwsEndpoint aws;
  private final KubeServer kube;
  private final KubernetesClient client;

  /**
   * @param aws ends with the platform
   */
  LocalPlatform(AwsEndpoint aws) {
    this.aws = ending(aws);
    try {
      System.setProperty(ENDPOINT, aws.start(0).toString());
      System.setProperty("aws.accessKeyId", OPERATOR_KEY);
      System.setProperty("aws.secretAccessKey", "none");
      kube = ending(KubeServer.start(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client = newClient(PERSON);
    for (String file : DEFINITIONS) {
      client.resource(definition(file)).serverSideApply();
    }
  }

  private CustomResourceDefinition definition(String file) {
    try (InputStream yaml = new FileInputStream(ROOT.resolve("crds").resolve(file).toFile())) {
      return client.apiextensions().v1().customResourceDefinitions().load(yaml).item();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
                newClient(OPERATOR), OWNER_ID, false, leaseNamespace, LOOPBACK, 0)));
  }

  private KubernetesClient newClient(String userAgent) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(kube.kubeconfig()))
            .withHttp2Disable(true)
            .withUserAgent(userAgent)
            .build();
    return ending(new KubernetesClientBuilder().withConfig(config).build());
  }

  AwsEndpoint aws() {
    return aws;
  }

  KubeServer kube() {
    return kube;
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
