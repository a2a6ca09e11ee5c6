package dev.fargate.operator.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The AWS CLI of this machine, asked as a person would; without it the test fails. */
final class AwsCli {
  private final URI endpoint;
  private final String region;

  AwsCli(URI endpoint, String region) {
    this.endpoint = endpoint;
    this.region = region;
  }

  /** The answer of a command, for example {@code "ecs list-clusters"}; words have no spaces. */
  JsonNode ask(String words) {
    List<String> command =
        new ArrayList<>(List.of("aws", "--output", "json", "--endpoint-url", endpoint.toString()));
    command.addAll(List.of(words.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_ACCESS_KEY_ID", "person");
    environment.put("AWS_SECRET_ACCESS_KEY", "any");
    environment.put("AWS_DEFAULT_REGION", region);
    environment.put("AWS_PAGER", "");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("aws " + words + ": " + output);
      }
      return new ObjectMapper().readTree(output);
    } catch (IOException e) {
      throw new AssertionError("aws is needed for -Pforeign-clients: " + e, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
