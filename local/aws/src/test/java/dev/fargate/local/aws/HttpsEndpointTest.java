package dev.fargate.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fargate.local.aws.tasks.process.ImageTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionStatusCodeEnum;

/** HTTPS as the AWS SDK sets it up and as a client that trusts ACM's certificate sees it. */
class HttpsEndpointTest {
  /** A load balancer is active within a second; the rest is for busy machines. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AwsEndpoint endpoint =
      AwsEndpoint.builder().realTime(10).processTasks(ImageTable.of()).build();
  private final ElasticLoadBalancingV2Client elb =
      Clients.inThread(endpoint, ElasticLoadBalancingV2Client.builder());
  private final AcmClient acm = Clients.inThread(endpoint, AcmClient.builder());

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  void aClientThatFollowsTheRedirectAndTrustsTheCertificateGetsItsAnswer() throws Exception {
    int plain = freePort();
    int secure = freePort();
    String certificate = acm.listCertificates().certificateSummaryList().get(0).certificateArn();
    String balancer =
        elb.createLoadBalancer(
                r -> r.name("lb").subnets("subnet-0aaa0000000000001", "subnet-0aaa0000000000002"))
            .loadBalancers()
            .get(0)
            .loadBalancerArn();
    elb.createListener(
        r ->
            r.loadBalancerArn(balancer)
                .protocol(ProtocolEnum.HTTPS)
                .port(secure)
                .certificates(Certificate.builder().certificateArn(certificate).build())
                .defaultActions(
                    a ->
                        a.type(ActionTypeEnum.FIXED_RESPONSE)
                            .fixedResponseConfig(f -> f.statusCode("200").messageBody("secure"))));
    elb.createListener(
        r ->
            r.loadBalancerArn(balancer)
                .protocol(ProtocolEnum.HTTP)
                .port(plain)
                .defaultActions(toHttps(secure)));

    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .sslContext(trusting(certificate))
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + plain + "/a?b=c")).build();
    await()
        .atMost(PATIENCE)
        .until(
            () -> client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200);
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).isEqualTo("secure");
    assertThat(answer.uri()).hasToString("https://localhost:" + secure + "/a?b=c");
    assertThat(acm.describeCertificate(r -> r.certificateArn(certificate)).certificate().inUseBy())
        .containsExactly(balancer);
  }

  private static Action toHttps(int port) {
    return Action.builder()
        .type(ActionTypeEnum.REDIRECT)
        .redirectConfig(
            to ->
                to.protocol("HTTPS")
                    .port(String.valueOf(port))
                    .statusCode(RedirectActionStatusCodeEnum.HTTP_301))
        .build();
  }

  private SSLContext trusting(String certificateArn) throws Exception {
    String pem = acm.getCertificate(r -> r.certificateArn(certificateArn)).certificate();
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry(
        "acm",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
