package dev.fargate.local.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
  private static List<String> lines(Optional<URI> page, String kubeconfig) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Announcement(new PrintStream(bytes, true, StandardCharsets.UTF_8), Path.of("/tmp/q/sample"))
        .print(page, Path.of(kubeconfig), URI.create("http://127.0.0.1:4566"), "eu-central-1");
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void scriptsFindThePageTheKubeconfigAndTheEndpointInThisOrder() {
    List<String> lines = lines(Optional.of(URI.create("http://localhost:8080/")), "/tmp/q/config");

    assertThat(lines.subList(0, 4))
        .containsExactly(
            "http://localhost:8080/",
            "export KUBECONFIG=/tmp/q/config",
            "export AWS_ENDPOINT_URL=http://127.0.0.1:4566",
            "export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local"
                + " AWS_REGION=eu-central-1 AWS_DEFAULT_REGION=eu-central-1");
    assertThat(lines).filteredOn(line -> line.matches("[1-6]\\. .*")).hasSize(6);
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("kubectl diff -f /tmp/q/sample", "kubectl apply -f /tmp/q/sample"));
  }

  @Test
  void aPathWithASpaceIsQuotedForTheShell() {
    assertThat(lines(Optional.empty(), "/tmp/a b/it's"))
        .contains("export KUBECONFIG='/tmp/a b/it'\\''s'");
  }
}
