package dev.fargate.local.aws.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.tasks.process.ImageTable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An HTTPS listener made with the AWS CLI and asked with curl, which trusts what ACM gives out. */
@Tag("foreign-clients")
class HttpsCliTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AwsEndpoint endpoint =
      AwsEndpoint.builder().realTime(10).processTasks(ImageTable.of()).build();
  private final Program cli = new Program(endpoint.start(0));
  private @TempDir Path folder;

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  void curlTrustsTheCertificateOfAcmAndFollowsTheRedirect() throws IOException {
    int plain = freePort();
    int secure = freePort();
    String first = certificate("phoenix.example.com");
    String second = certificate("shop.example.org");
    String balancer =
        cli.aws(
                "elbv2",
                "create-load-balancer",
                "--name",
                "lb",
                "--subnets",
                "subnet-0aaa0000000000001",
                "subnet-0aaa0000000000002")
            .at("/LoadBalancers/0/LoadBalancerArn")
            .asText();
    String listener =
        listener(
            balancer,
            "HTTPS",
            secure,
            "Type=fixed-response,FixedResponseConfig={StatusCode=200,MessageBody=secure}",
            List.of("--certificates", "CertificateArn=" + first));
    listener(
        balancer,
        "HTTP",
        plain,
        "Type=redirect,RedirectConfig={Protocol=HTTPS,Port=" + secure + ",StatusCode=HTTP_301}",
        List.of());
    cli.aws(
        "elbv2",
        "add-listener-certificates",
        "--listener-arn",
        listener,
        "--certificates",
        "CertificateArn=" + second);
    assertThat(
            cli.aws("elbv2", "describe-listener-certificates", "--listener-arn", listener)
                .findValuesAsText("CertificateArn"))
        .containsExactly(first, second);
    assertThat(
            cli.aws("acm", "describe-certificate", "--certificate-arn", second)
                .at("/Certificate/InUseBy/0")
                .asText())
        .isEqualTo(balancer);
    assertThat(
            cli.aws("elbv2", "describe-ssl-policies", "--names", "ELBSecurityPolicy-2016-08")
                .at("/SslPolicies/0/SslProtocols/2")
                .asText())
        .isEqualTo("TLSv1.2");

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                curl(first, "-L", "http://localhost:" + plain + "/a?b=c")
                    .output()
                    .equals("secure"));
    assertThat(
            curl(
                    second,
                    "--resolve",
                    "shop.example.org:" + secure + ":127.0.0.1",
                    "https://shop.example.org:" + secure + "/")
                .output())
        .isEqualTo("secure");
    assertThat(curl(second, "https://localhost:" + secure + "/").exit()).isEqualTo(60);
  }

  private String certificate(String domain) {
    for (var each : cli.aws("acm", "list-certificates").get("CertificateSummaryList")) {
      if (each.get("DomainName").asText().equals(domain)) {
        return each.get("CertificateArn").asText();
      }
    }
    throw new AssertionError("no certificate for " + domain);
  }

  private String listener(
      String balancer, String protocol, int port, String action, List<String> more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "elbv2",
                "create-listener",
                "--load-balancer-arn",
                balancer,
                "--protocol",
                protocol,
                "--port",
                String.valueOf(port),
                "--default-actions",
                action));
    arguments.addAll(more);
    return cli.aws(arguments.toArray(String[]::new)).at("/Listeners/0/ListenerArn").asText();
  }

  /** Runs curl, which trusts one certificate of ACM only. */
  private Program.Result curl(String certificateArn, String... arguments) throws IOException {
    String pem =
        cli.aws("acm", "get-certificate", "--certificate-arn", certificateArn)
            .get("Certificate")
            .asText();
    Path trusted = Files.writeString(folder.resolve("trusted.pem"), pem);
    List<String> command = new ArrayList<>(List.of("curl", "-s", "--cacert", trusted.toString()));
    command.addAll(List.of(arguments));
    return cli.run(command);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
