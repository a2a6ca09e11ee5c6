package dev.fargate.phoenix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;

/** A real Phoenix server in a process of its own, on a free port. */
final class PhoenixProcess implements AutoCloseable {
  /** A lone start takes half a second; a busy machine may need many times that. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Pattern LISTENS = Pattern.compile("listens on (\\S+):(\\d+) ");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final StringBuffer output = new StringBuffer();
  private final CompletableFuture<URI> address = new CompletableFuture<>();
  private final CompletableFuture<Void> outputRead;

  private PhoenixProcess(Process process) {
    this.process = process;
    outputRead =
        CompletableFuture.runAsync(this::readOutput, work -> new Thread(work, "output").start());
  }

  /** Starts a server on loopback with the given variables, and waits until it listens. */
  static PhoenixProcess start(Map<String, String> environment, String... jvmOptions) {
    PhoenixProcess phoenix = launch(environment, jvmOptions);
    phoenix.address();
    return phoenix;
  }

  /** Starts a server without waiting for anything: it may be one that ends at once. */
  static PhoenixProcess launch(Map<String, String> environment, String... jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Phoenix.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> variables = new HashMap<>(Map.of("PORT", "0", "BIND_ADDRESS", "127.0.0.1"));
    variables.put("PRESTOP_SECONDS", "0");
    variables.putAll(environment);
    builder.environment().clear();
    builder.environment().putAll(variables);
    try {
      return new PhoenixProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address() {
    return address.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  HttpRequest request(String path) {
    return HttpRequest.newBuilder(address().resolve(path)).timeout(PATIENCE).build();
  }

  HttpResponse<String> get(String path) {
    return getLater(path).join();
  }

  CompletableFuture<HttpResponse<String>> getLater(String path) {
    return client.sendAsync(request(path), HttpResponse.BodyHandlers.ofString());
  }

  Document getJson(String path) {
    return Document.parse(get(path).body());
  }

  /** Everything printed so far. */
  String output() {
    return output.toString();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Sends SIGTERM, as ECS does. By its handle: {@link Process#destroy} would also close its output.
   */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Waits for the end of the process and of its output. */
  int exitStatus() {
    outputRead.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    return process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join().exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private void readOutput() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.append(line).append('\n');
        Matcher listens = LISTENS.matcher(line);
        if (listens.find()) {
          address.complete(URI.create("http://" + listens.group(1) + ":" + listens.group(2)));
        }
      }
    } catch (IOException e) {
      output.append(e).append('\n');
    }
    address.completeExceptionally(new IllegalStateException("Phoenix ended:\n" + output));
  }
}
