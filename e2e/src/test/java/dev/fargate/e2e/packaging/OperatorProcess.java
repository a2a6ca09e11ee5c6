package dev.fargate.e2e.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fargate.operator.cli.FargateOperator;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operator as a process of its own, started as the chart's container would be: its arguments,
 * its environment, and none of ours.
 */
final class OperatorProcess implements AutoCloseable {
  private final Path output;
  private final int port;
  private final Process process;

  /** Without credentials for AWS. */
  OperatorProcess(Chart chart, LocalCluster cluster, Path folder) {
    this(chart, cluster, folder, Map.of());
  }

  /**
   * @param chart whose Deployment says how
   * @param folder for its files
   * @param environment what the platform adds to the environment, such as credentials
   */
  OperatorProcess(Chart chart, LocalCluster cluster, Path folder, Map<String, String> environment) {
    output = folder.resolve("output");
    port = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for seconds beside others: the compiler that starts fast.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                shipped(System.getProperty("surefire.test.class.path")),
                FargateOperator.class.getName()));
    chart.container().path("args").forEach(argument -> command.add(argument.asText()));
    // Another port than the chart's, since tests share the machine.
    command.addAll(List.of("--health-address=127.0.0.1", "--health-port=" + port));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    for (JsonNode variable : chart.container().path("env")) {
      boolean namespace =
          variable.at("/valueFrom/fieldRef/fieldPath").asText().equals("metadata.namespace");
      builder
          .environment()
          .put(
              variable.path("name").asText(),
              namespace ? Chart.NAMESPACE : variable.path("value").asText());
    }
    try {
      builder
          .environment()
          .put(
              "KUBECONFIG",
              Files.writeString(folder.resolve("kubeconfig"), cluster.server().kubeconfig())
                  .toString());
      process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The status code of a path of its port; 0 while there is no answer. */
  int status(String path) {
    try {
      return ask(path).statusCode();
    } catch (IOException e) {
      if (!process.isAlive()) {
        throw new AssertionError("it has ended: " + output());
      }
      return 0;
    }
  }

  String body(String path) throws IOException {
    return ask(path).body();
  }

  String output() {
    return Repository.text(output);
  }

  /** As the kubelet does. */
  void terminate() {
    process.destroy();
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
  }

  /** It does nothing, as on a machine that stands still, until it is woken. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void wake() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("kill -" + name + " ended with " + code);
    }
  }

  /** Whether it ended by then. */
  boolean endsWithin(int seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  int exitCode() {
    return process.exitValue();
  }

  private HttpResponse<String> ask(String path) throws IOException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Without tests' settings and without the quickstart, which the image does not have either: the
   * quickstart's jar names the operator's once more.
   */
  private static String shipped(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .filter(entry -> !entry.contains("quickstart"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
