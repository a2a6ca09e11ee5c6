package dev.fargate.local.quickstart;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.kube.KubeServer;
import dev.fargate.local.quickstart.check.Inventory;
import dev.fargate.operator.OperatorRuntime;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** A cluster without machines, an AWS account without AWS and the operator, in this process. */
public final class Platform implements AutoCloseable {
  /**
   * Ten times faster than AWS: scaling in after fifteen quiet minutes would be too long to watch.
   * Control-plane periods only; timeouts stay as they are.
   */
  private static final double TIME_SCALE = 10;

  /** In every ownership tag; any would do. */
  private static final String OWNER_ID = "quickstart";

  private static final String LOOPBACK = "127.0.0.1";

  /** The local endpoint takes any. */
  static final String ACCESS_KEY = "local";

  private final Ending ending = new Ending();
  private final KubeServer kube;
  private final AwsEndpoint aws;
  private final URI awsUrl;
  private final KubernetesClient client;

  /**
   * Starts all.
   *
   * @throws QuickstartFailure when a port is taken, or tasks cannot run on this machine
   */
  public Platform(Options options, Home home) {
    try {
      aws = ending.at(account(home));
      awsUrl = aws.start(options.awsPort());
      kube = ending.at(KubeServer.start(options.kubernetesPort()));
      client = ending.at(client(kube.kubeconfig()));
      Definitions.install(client);
      credentials();
      ending.at(
          OperatorRuntime.start(
              new OperatorRuntime.Config(client, OWNER_ID, false, null, LOOPBACK, 0)));
    } catch (IOException | UncheckedIOException e) {
      close();
      throw new QuickstartFailure(
          "Cannot start: %s. Choose other ports with --kube-port and --aws-port, 0 for any free one."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static AwsEndpoint account(Home home) {
    AwsEndpoint.Builder builder =
        AwsEndpoint.builder().realTime(TIME_SCALE).processTasks(Images.table(home));
    try {
      return builder.build();
    } catch (IllegalStateException e) {
      throw new QuickstartFailure(e.getMessage(), e);
    }
  }

  private static KubernetesClient client(String kubeconfig) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(kubeconfig)).withHttp2Disable(true).build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /**
   * What a person would export for any program that uses AWS. The operator is the same as on a real
   * cluster and takes them as there, so the sample's environment needs no word about this machine.
   */
  private void credentials() {
    System.setProperty("aws.accessKeyId", ACCESS_KEY);
    System.setProperty("aws.secretAccessKey", ACCESS_KEY);
    System.setProperty("aws.region", aws.world().region());
    System.setProperty("aws.endpointUrl", awsUrl.toString());
  }

  /** Of the cluster. */
  public KubernetesClient client() {
    return client;
  }

  /** The cluster's kubeconfig file. */
  public String kubeconfig() {
    return kube.kubeconfig();
  }

  /** The account. */
  public AwsEndpoint aws() {
    return aws;
  }

  /** Where the account's services answer. */
  public URI awsUrl() {
    return awsUrl;
  }

  /** A look into the account, to be closed by the caller. */
  public Inventory inventory() {
    return new Inventory(aws.httpClient(), awsUrl, aws.world().region());
  }

  /** Ends all in the reverse order; tasks end with the account. Further calls do nothing. */
  @Override
  public void close() {
    ending.close();
  }
}
