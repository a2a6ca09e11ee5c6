package dev.fargate.local.aws.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program that talks to the endpoint; one that is not installed fails the test. */
final class Program {
  /** Generous: a cold start of the AWS CLI on a busy machine takes several seconds. */
  private static final long TIMEOUT_SECONDS = 120;

  private final URI endpoint;

  Program(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** What a run left. */
  record Result(int exit, String output, String error) {}

  Result run(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    environment.put("AWS_ACCESS_KEY_ID", "foreigner");
    environment.put("AWS_SECRET_ACCESS_KEY", "any");
    environment.put("AWS_DEFAULT_REGION", "eu-central-1");
    environment.put("AWS_MAX_ATTEMPTS", "1");
    environment.put("AWS_PAGER", "");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      // Output of these commands is far below a pipe's buffer, so one after the other is safe.
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end");
      }
      return new Result(process.exitValue(), output, error);
    } catch (IOException e) {
      throw new AssertionError(command.get(0) + " is needed for -Pforeign-clients: " + e, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs {@code aws}, which must succeed, and reads its JSON; an empty object without output. */
  JsonNode aws(String... arguments) {
    Result result = run(awsCommand(arguments));
    if (result.exit() != 0) {
      throw new AssertionError("aws " + String.join(" ", arguments) + ": " + result.error());
    }
    try {
      return new ObjectMapper().readTree(result.output().isBlank() ? "{}" : result.output());
    } catch (IOException e) {
      throw new AssertionError(result.output(), e);
    }
  }

  /** Runs {@code aws}, which must fail, and gives its error text. */
  String awsRefused(String... arguments) {
    Result result = run(awsCommand(arguments));
    if (result.exit() == 0) {
      throw new AssertionError("aws " + String.join(" ", arguments) + " succeeded");
    }
    return result.error();
  }

  private static List<String> awsCommand(String... arguments) {
    List<String> command = new ArrayList<>(List.of("aws", "--output", "json"));
    command.addAll(List.of(arguments));
    return command;
  }
}
