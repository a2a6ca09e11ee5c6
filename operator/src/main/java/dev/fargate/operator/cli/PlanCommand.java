package dev.fargate.operator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.fargate.operator.aws.clients.CallListener;
import dev.fargate.operator.aws.clients.ClientSettings;
import dev.fargate.operator.cli.manifest.FileProblem;
import dev.fargate.operator.cli.manifest.Manifests;
import dev.fargate.operator.cli.preview.PlanReport;
import dev.fargate.operator.cli.preview.Previews;
import dev.fargate.operator.flow.Settings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what YAML files would do in AWS. Writes nothing, anywhere. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what YAML files would do in AWS: what is created, changed (each field before and"
          + " after), replaced and why, deleted; what starts a deployment, what loses data.",
      "Without --live it needs neither AWS nor a cluster, and compares with an AWS that has nothing"
          + " yet."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {"0:nothing to do", "1:error, and nothing is known for sure", "2:changes"})
final class PlanCommand implements Callable<Integer> {
  /** In names only; without AWS no name meets another. */
  private static final String NO_OWNER = "plan";

  @Spec private CommandSpec spec;

  @Option(
      names = {"-f", "--filename"},
      required = true,
      description =
          "A file, a folder of .yaml, .yml and .json files, or - for standard input. May be given"
              + " again.")
  private List<Path> paths;

  @Option(
      names = "--live",
      description =
          "Compare with AWS as it is, read with the default credentials (or the environment's"
              + " assumeRole), and with the cluster of --kubeconfig. Reads only.")
  private boolean live;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      description = "text for people, json for tools. Default: text.")
  private Output output;

  @Option(
      names = "--owner-id",
      defaultValue = "${env:FARGATE_OWNER_ID}",
      description = "The installation whose resources these are, as in run. Needed with --live.")
  private String ownerId;

  @Option(
      names = {"-n", "--namespace"},
      defaultValue = "default",
      description = "The namespace of objects that name none. Default: default.")
  private String namespace;

  @Option(
      names = "--kubeconfig",
      defaultValue = "${env:KUBECONFIG}",
      description =
          "With --live: the cluster to read statuses, Secrets and ConfigMaps from. Default:"
              + " KUBECONFIG; without it the files are all there is.")
  private String kubeconfig;

  @Option(
      names = "--allow-endpoint-overrides",
      description = "With --live: honour endpointOverrides of environments. For development only.")
  private boolean allowEndpointOverrides;

  /** How the plan is written. */
  enum Output {
    text,
    json
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = settings();
    Manifests files = Manifests.read(paths, namespace);
    if (!files.problems().isEmpty()) {
      return print(PlanReport.of(files), "");
    }
    Previews previews = new Previews(settings, files, Clock.systemUTC());
    Previews.Result result = live ? live(previews) : previews.offline();
    PlanReport report = PlanReport.of(files, result);
    return print(report, PlanReport.text(report, result));
  }

  private Settings settings() {
    if (live && ownerId == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--live needs --owner-id (or FARGATE_OWNER_ID): the id that the operator runs with");
    }
    try {
      return new Settings(ownerId == null ? NO_OWNER : ownerId, () -> false);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Previews.Result live(Previews previews) {
    ClientSettings aws = ClientSettings.production(allowEndpointOverrides, CallListener.none());
    // An empty KUBECONFIG is none.
    if (kubeconfig == null || kubeconfig.isEmpty()) {
      return previews.live(null, aws);
    }
    Config config = Config.fromKubeconfig(Path.of(kubeconfig).toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      return previews.live(client, aws);
    }
  }

  private int print(PlanReport report, String text) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.json) {
      out.println(
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
    } else {
      out.print(text);
      PrintWriter err = spec.commandLine().getErr();
      for (FileProblem problem : report.errors()) {
        err.println("error: " + problem);
      }
      err.flush();
    }
    out.flush();
    return report.exitCode();
  }
}
