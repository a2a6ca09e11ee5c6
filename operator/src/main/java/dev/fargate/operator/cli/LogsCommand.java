package dev.fargate.operator.cli;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.aws.clients.AwsClients;
import dev.fargate.operator.aws.clients.CallListener;
import dev.fargate.operator.aws.clients.ClientSettings;
import dev.fargate.operator.aws.clients.Connection;
import dev.fargate.operator.aws.clients.RequestBuckets;
import dev.fargate.operator.aws.logs.LogLines;
import dev.fargate.operator.cli.logs.LogSource;
import dev.fargate.operator.cli.logs.LogTail;
import dev.fargate.operator.cli.logs.NoLogs;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Prints what containers have logged. Reads only. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what the containers of an app or database have logged, of all its tasks together.",
      "It reads the object and its environment from the cluster, then CloudWatch Logs. You need the"
          + " right to get both objects, and logs:FilterLogEvents on the log group."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {"0:printed, or nothing was logged", "1:error", "2:wrong options"})
final class LogsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "OBJECT", description = "fapp/NAME or fdb/NAME; NAME alone is an app's.")
  private String object;

  @Option(
      names = {"-n", "--namespace"},
      description = "Its namespace. Default: that of the kubeconfig's context, else default.")
  private String namespace;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with new lines until interrupted.")
  private boolean follow;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Ago.class,
      description =
          "How far back: a number with s, m, h or d. Default: 10m; with --previous everything.")
  private Duration since;

  @Option(names = "--container", description = "Only this container. Default: all.")
  private String container;

  @Option(
      names = "--previous",
      description = "Only the task that failed last, by status.recentFailures.")
  private boolean previous;

  @Option(names = "--timestamps", description = "Each line with its time.")
  private boolean timestamps;

  @Option(names = "--prefix", description = "Each line with container and task.")
  private boolean prefix;

  @Option(
      names = "--kubeconfig",
      defaultValue = "${env:KUBECONFIG}",
      description = "The cluster. Default: KUBECONFIG, else ~/.kube/config.")
  private String kubeconfig;

  @Option(
      names = "--assume-role",
      description =
          "Read as the environment's role (spec.assumeRole). Default: as your own AWS credentials"
              + " say.")
  private boolean assumeRole;

  @Option(
      names = "--allow-endpoint-overrides",
      description = "Honour endpointOverrides of the environment. For development only.")
  private boolean allowEndpointOverrides;

  @Override
  public Integer call() throws InterruptedException {
    LogSource source;
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(cluster()).build()) {
      String in = namespace != null ? namespace : client.getNamespace();
      source =
          LogSource.of(
              new LogSource.Wanted(object, in == null ? "default" : in, container, previous),
              client);
    }
    Clock clock = Clock.systemUTC();
    RequestBuckets buckets =
        new RequestBuckets(clock, time -> LockSupport.parkNanos(this, time.toNanos()));
    ClientSettings settings =
        ClientSettings.production(allowEndpointOverrides, CallListener.none());
    try (AwsClients aws = new AwsClients(connection(source), settings, buckets, clock)) {
      print(source, new LogLines(aws.logs()), clock.instant());
    }
    return 0;
  }

  private void print(LogSource source, LogLines lines, Instant now) throws InterruptedException {
    LogTail tail = new LogTail(lines, source.query(), spec.commandLine().getOut(), this::format);
    try {
      if (tail.print(from(now)) == 0) {
        spec.commandLine()
            .getErr()
            .println(
                "Nothing was logged in "
                    + source.query().logGroup()
                    + " by "
                    + source.query().streamPrefix()
                    + "*"
                    + (previous && since == null ? "." : " lately; --since looks further back."));
        spec.commandLine().getErr().flush();
      }
      if (follow) {
        tail.follow(
            time -> {
              Thread.sleep(time.toMillis());
              return true;
            });
      }
    } catch (AwsFailure failure) {
      throw explained(failure, source);
    }
  }

  /** What to do about what AWS says. */
  static RuntimeException explained(AwsFailure failure, LogSource source) {
    String group = source.query().logGroup();
    if (failure.errorClass() == ErrorClass.DENIED) {
      return new NoLogs(
          "no access to log group "
              + group
              + ": you need logs:FilterLogEvents on it ("
              + failure.getMessage()
              + ")",
          failure);
    } else if ("ResourceNotFoundException".equals(failure.code())) {
      return new NoLogs(
          "log group "
              + group
              + " does not exist in "
              + source.environment().region
              + " of the account that your AWS credentials lead to",
          failure);
    }
    return new NoLogs(failure.code() + ": " + failure.getMessage(), failure);
  }

  private Instant from(Instant now) {
    if (since != null) {
      return now.minus(since);
    }
    return previous ? Instant.EPOCH : now.minus(RECENT);
  }

  /** As {@code aws logs tail} does: all that a log group keeps may be weeks. */
  private static final Duration RECENT = Duration.ofMinutes(10);

  private String format(LogLines.Line line) {
    String[] stream = line.stream().split("/");
    String who =
        prefix && stream.length > 1
            ? "[" + stream[stream.length - 2] + "/" + stream[stream.length - 1] + "] "
            : "";
    return who + (timestamps ? line.time() + " " : "") + line.text().stripTrailing();
  }

  private Config cluster() {
    // An empty KUBECONFIG is none.
    return kubeconfig == null || kubeconfig.isEmpty()
        ? Config.autoConfigure(null)
        : Config.fromKubeconfig(new File(kubeconfig));
  }

  private Connection connection(LogSource source) {
    var environment = source.environment();
    var role = assumeRole ? environment.assumeRole : null;
    Map<String, URI> endpoints = new HashMap<>();
    environment.endpointOverrides.forEach(
        (service, url) -> endpoints.put(service, URI.create(url)));
    return new Connection(
        environment.region,
        role == null ? null : role.arn,
        role == null ? null : role.externalId,
        endpoints);
  }

  /** {@code 90s}, {@code 10m}, {@code 2h}, {@code 1d}. */
  static final class Ago implements ITypeConverter<Duration> {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})([smhd])");

    @Override
    public Duration convert(String text) {
      Matcher time = TEXT.matcher(text);
      if (!time.matches()) {
        throw new TypeConversionException("is no time such as 90s, 10m, 2h or 1d: " + text);
      }
      long number = Long.parseLong(time.group(1));
      return switch (time.group(2)) {
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
  }
}
