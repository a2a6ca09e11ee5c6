package dev.fargate.local.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real kubectl from the PATH, with a home of its own so that it caches nothing between tests.
 */
final class Kubectl {
  private static final long PATIENCE_SECONDS = 60;

  private final Path home;

  Kubectl(Path home, String kubeconfig) {
    this.home = home;
    write("kubeconfig", kubeconfig);
  }

  /** What a run printed. */
  record Output(int code, String out, String err) {
    Output succeeds() {
      assertThat(code).as(() -> out + err).isZero();
      return this;
    }

    Output fails() {
      assertThat(code).as(() -> out + err).isNotZero();
      return this;
    }

    List<String> lines() {
      return out.lines().toList();
    }

    /** The lines with runs of spaces made one. */
    List<String> rows() {
      return out.lines().map(line -> line.replaceAll(" +", " ").trim()).toList();
    }
  }

  Output run(String... arguments) {
    return run(Map.of(), arguments);
  }

  Output run(Map<String, String> environment, String... arguments) {
    try {
      Process process = start(environment, arguments);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("kubectl did not end: " + List.of(arguments));
      }
      return new Output(process.exitValue(), read("out"), read("err"));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts a run that goes on; its output so far is {@link #read}{@code ("out")}. */
  Process start(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", home.toString());
    builder.environment().put("KUBECONFIG", home.resolve("kubeconfig").toString());
    builder.environment().putAll(environment);
    builder.directory(home.toFile());
    builder.redirectOutput(home.resolve("out").toFile());
    builder.redirectError(home.resolve("err").toFile());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("these tests need kubectl on the PATH", e);
    }
  }

  /** Writes a file into kubectl's directory and returns its name. */
  String write(String name, String content) {
    try {
      Files.writeString(home.resolve(name), content);
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String name) {
    try {
      return new String(Files.readAllBytes(home.resolve(name)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
