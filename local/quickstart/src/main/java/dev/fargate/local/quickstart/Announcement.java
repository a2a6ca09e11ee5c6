package dev.fargate.local.quickstart;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** What to do now that everything runs. Scripts read the first lines: their order is fixed. */
final class Announcement {
  /** Hears what is said to the topic of the same name, which the sample's environment has. */
  static final String ALARM_QUEUE = "fargate-operator-alarms";

  private final PrintStream out;
  private final Path sample;

  /**
   * @param sample the folder that holds what was applied
   */
  Announcement(PrintStream out, Path sample) {
    this.out = out;
    this.sample = sample.toAbsolutePath().normalize();
  }

  /**
   * @param page empty when no app of the sample has one
   */
  void print(Optional<URI> page, Path kubeconfig, URI aws, String region) {
    page.map(Announcement::withPort).ifPresent(out::println);
    out.println("export KUBECONFIG=" + quoted(kubeconfig.toString()));
    out.println("export AWS_ENDPOINT_URL=" + aws);
    // Any credentials do; boto3 reads the one region variable, the other SDKs the other.
    out.printf(
        "export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION=%s AWS_DEFAULT_REGION=%s%n",
        region, region);
    out.println();
    page.ifPresent(this::thingsToTry);
    String folder = quoted(sample.toString());
    out.printf(
        "Its YAML, to change:    edit a file of %s; kubectl diff -f %s; kubectl apply -f %s%n%n",
        folder, folder, folder);
    out.println("Ctrl-C ends everything.");
    out.flush();
  }

  private void thingsToTry(URI page) {
    out.println("Six things to try, in another terminal after the export lines above:");
    out.println("1. See what runs:       kubectl get fargate -A; kubectl describe fapp phoenix");
    out.println(
        "2. See it in AWS:       aws ecs describe-services --cluster phoenix --services $(aws ecs list-services --cluster phoenix --query 'serviceArns[]' --output text)");
    out.printf(
        "3. Crash a task:        curl %s; kubectl get fapp phoenix -w%n", page.resolve("/crash"));
    out.printf(
        "4. Roll out a version:  kubectl patch fapp phoenix --type merge -p '{\"spec\":{\"image\":\"123456789012.dkr.ecr.eu-central-1.amazonaws.com/phoenix:1.0.1\"}}'; while sleep 1; do curl -sI %s | grep -i x-phoenix-version; done%n",
        page);
    out.printf(
        "5. Make it scale out:   seq 3000 | xargs -P4 -I{} curl -s -o /dev/null '%s?{}'; kubectl get fapp phoenix -w%n",
        page);
    out.printf(
        "6. Make an alarm ring:  seq 300 | xargs -P4 -I{} curl -s -o /dev/null '%s?{}'; aws sqs receive-message --max-number-of-messages 10 --queue-url $(aws sqs get-queue-url --queue-name %s --query QueueUrl --output text); kubectl describe fapp phoenix%n",
        page.resolve("/generatecert"), ALARM_QUEUE);
  }

  /** Names the port even where it is HTTP's own, 80: scripts need not know that rule. */
  private static URI withPort(URI page) {
    return page.getPort() >= 0 || !"http".equals(page.getScheme())
        ? page
        : URI.create("http://" + page.getHost() + ":80" + page.getPath());
  }

  /** For a POSIX shell. */
  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
