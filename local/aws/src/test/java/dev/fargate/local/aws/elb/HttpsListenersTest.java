package dev.fargate.local.aws.elb;

import static dev.fargate.local.aws.elb.ElbFixture.CERTIFICATE;
import static dev.fargate.local.aws.elb.ElbFixture.OTHER;
import static dev.fargate.local.aws.elb.ElbFixture.THIRD;
import static dev.fargate.local.aws.elb.ElbFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HttpsListenersTest {
  private static final String TLS_1_3_ONLY = "ELBSecurityPolicy-TLS13-1-3-2021-06";

  private final ElbFixture aws = new ElbFixture();
  private final String balancer = aws.loadBalancer("web");

  private static List<Struct> certificate(String arn) {
    return List.of(Struct.of().with("CertificateArn", arn));
  }

  private Struct input() {
    return aws.listenerInput(balancer, 443)
        .with("Protocol", "HTTPS")
        .with("Certificates", certificate(CERTIFICATE));
  }

  private String https() {
    return only(aws.call("CreateListener", input())).required("ListenerArn");
  }

  private static Struct only(Struct answer) {
    return answer.structs("Listeners").get(0);
  }

  private Struct described(String arn) {
    return only(aws.call("DescribeListeners", Struct.of().with("ListenerArns", List.of(arn))));
  }

  private static Struct of(String listener) {
    return Struct.of().with("ListenerArn", listener);
  }

  private void add(String listener, String arn) {
    aws.call("AddListenerCertificates", of(listener).with("Certificates", certificate(arn)));
  }

  private void remove(String listener, String arn) {
    aws.call("RemoveListenerCertificates", of(listener).with("Certificates", certificate(arn)));
  }

  /** As {@code arn} or {@code arn*} for the default one. */
  private List<String> certificates(String listener) {
    return aws.call("DescribeListenerCertificates", of(listener)).structs("Certificates").stream()
        .map(
            each ->
                each.required("CertificateArn") + (each.bool("IsDefault").orElseThrow() ? "*" : ""))
        .toList();
  }

  @Test
  void itShowsItsDefaultCertificateAndItsPolicy() {
    Struct listener = described(https());
    assertThat(listener.required("Protocol")).isEqualTo("HTTPS");
    assertThat(listener.structs("Certificates")).isEqualTo(certificate(CERTIFICATE));
    assertThat(listener.required("SslPolicy")).isEqualTo("ELBSecurityPolicy-2016-08");
  }

  @Test
  void itNeedsExactlyOneCertificateThatExists() {
    refused(
        "ValidationError",
        () ->
            aws.call("CreateListener", aws.listenerInput(balancer, 443).with("Protocol", "HTTPS")));
    List<Struct> two =
        List.of(
            Struct.of().with("CertificateArn", CERTIFICATE),
            Struct.of().with("CertificateArn", OTHER));
    refused(
        "TooManyCertificates", () -> aws.call("CreateListener", input().with("Certificates", two)));
    refused(
        "CertificateNotFound",
        () ->
            aws.call("CreateListener", input().with("Certificates", certificate(OTHER + "-none"))));
    assertThat(aws.call("DescribeListeners", Struct.of().with("LoadBalancerArn", balancer)))
        .satisfies(answer -> assertThat(answer.structs("Listeners")).isEmpty());
  }

  @Test
  void anUnknownPolicyIsRefusedAndAKnownOneKept() {
    refused(
        "SSLPolicyNotFound",
        () -> aws.call("CreateListener", input().with("SslPolicy", "ELBSecurityPolicy-2099-01")));
    String arn = https();
    aws.call("ModifyListener", of(arn).with("SslPolicy", TLS_1_3_ONLY));
    assertThat(described(arn).required("SslPolicy")).isEqualTo(TLS_1_3_ONLY);
    aws.call("ModifyListener", of(arn).with("Certificates", certificate(OTHER)));
    assertThat(described(arn).required("SslPolicy")).isEqualTo(TLS_1_3_ONLY);
    assertThat(described(arn).structs("Certificates")).isEqualTo(certificate(OTHER));
  }

  @Test
  void anHttpListenerTakesNeitherCertificateNorPolicy() {
    Struct http = aws.listenerInput(balancer, 80);
    refused(
        "ValidationError",
        () ->
            aws.call("CreateListener", http.copy().with("Certificates", certificate(CERTIFICATE))));
    refused(
        "ValidationError",
        () -> aws.call("CreateListener", http.copy().with("SslPolicy", TLS_1_3_ONLY)));
    refused("ValidationError", () -> add(aws.listener(balancer), OTHER));
  }

  @Test
  void whatIsNotSupportedIsRefusedByName() {
    refused(
        "InvalidConfigurationRequest",
        () ->
            aws.call(
                "CreateListener",
                input().with("MutualAuthentication", Struct.of().with("Mode", "passthrough"))));
    refused(
        "ValidationError",
        () -> aws.call("CreateListener", input().with("AlpnPolicy", List.of("HTTP2Only"))));
    List<Struct> login = List.of(Struct.of().with("Type", "authenticate-oidc").with("Order", 1));
    refused(
        "InvalidConfigurationRequest",
        () -> aws.call("CreateListener", input().with("DefaultActions", login)));
  }

  @Test
  void creatingItAgainReturnsItOrRefusesAnotherCertificate() {
    String arn = https();
    add(arn, OTHER);
    assertThat(https()).isEqualTo(arn);
    refused(
        "DuplicateListener",
        () -> aws.call("CreateListener", input().with("Certificates", certificate(OTHER))));
  }

  @Test
  void theListHoldsAllButTheDefaultOneAndEachOnce() {
    String arn = https();
    add(arn, OTHER);
    add(arn, THIRD);
    add(arn, OTHER);
    assertThat(certificates(arn)).containsExactly(CERTIFICATE + "*", OTHER, THIRD);
    remove(arn, OTHER);
    remove(arn, OTHER);
    assertThat(certificates(arn)).containsExactly(CERTIFICATE + "*", THIRD);
    refused("OperationNotPermitted", () -> remove(arn, CERTIFICATE));
    refused("CertificateNotFound", () -> add(arn, "arn:aws:acm:eu-central-1:1:certificate/x"));
  }

  @Test
  void oneThatBecomesTheDefaultStaysOnTheListToo() {
    String arn = https();
    add(arn, OTHER);
    aws.call("ModifyListener", of(arn).with("Certificates", certificate(OTHER)));
    assertThat(certificates(arn)).containsExactly(OTHER + "*", OTHER);
    refused("OperationNotPermitted", () -> remove(arn, OTHER));
    aws.call("ModifyListener", of(arn).with("Certificates", certificate(CERTIFICATE)));
    remove(arn, OTHER);
    assertThat(certificates(arn)).containsExactly(CERTIFICATE + "*");
  }

  @Test
  void aCallTakesOneCertificateOnly() {
    String arn = https();
    Struct two =
        of(arn)
            .with(
                "Certificates",
                List.of(
                    Struct.of().with("CertificateArn", OTHER),
                    Struct.of().with("CertificateArn", THIRD)));
    refused("TooManyCertificates", () -> aws.call("AddListenerCertificates", two));
    refused("TooManyCertificates", () -> aws.call("RemoveListenerCertificates", two));
  }

  @Test
  void aLoadBalancerHasTwentyFiveMoreCertificatesAtMost() {
    ElbFixture generous = new ElbFixture(arn -> true);
    String listener =
        only(generous.call(
                "CreateListener",
                generous
                    .listenerInput(generous.loadBalancer("web"), 443)
                    .with("Protocol", "HTTPS")
                    .with("Certificates", certificate(CERTIFICATE))))
            .required("ListenerArn");
    IntStream.range(0, 25)
        .forEach(
            i ->
                generous.call(
                    "AddListenerCertificates",
                    of(listener).with("Certificates", certificate(OTHER + i))));
    refused(
        "TooManyCertificates",
        () ->
            generous.call(
                "AddListenerCertificates",
                of(listener).with("Certificates", certificate(OTHER + "-26"))));
  }

  @Test
  void leavingHttpsTakesCertificatesAndPolicyAwayAndComingBackNeedsBoth() {
    String arn = https();
    add(arn, OTHER);
    aws.call("ModifyListener", of(arn).with("Protocol", "HTTP"));
    assertThat(described(arn).structs("Certificates")).isEmpty();
    assertThat(described(arn).has("SslPolicy")).isFalse();
    Struct back = of(arn).with("Protocol", "HTTPS");
    refused(
        "ValidationError",
        () -> aws.call("ModifyListener", back.copy().with("SslPolicy", TLS_1_3_ONLY)));
    refused(
        "ValidationError",
        () -> aws.call("ModifyListener", back.copy().with("Certificates", certificate(OTHER))));
    aws.call(
        "ModifyListener",
        back.with("Certificates", certificate(OTHER)).with("SslPolicy", TLS_1_3_ONLY));
    assertThat(certificates(arn)).containsExactly(OTHER + "*");
  }

  @Test
  void aRedirectLeadsNeitherOutOfHttpsNorBackToItself() {
    Struct toHttp = Struct.of().with("Protocol", "HTTP").with("StatusCode", "HTTP_301");
    Struct toItself =
        Struct.of().with("Protocol", "HTTPS").with("Port", "443").with("StatusCode", "HTTP_301");
    refused("InvalidLoadBalancerAction", () -> httpsWith(toHttp));
    refused("InvalidLoadBalancerAction", () -> httpsWith(toItself));
    refused("ValidationError", () -> httpsWith(toItself.copy().with("Port", "99999")));
    aws.call(
        "CreateListener",
        aws.listenerInput(balancer, 80).with("DefaultActions", redirect(toItself)));
  }

  @Test
  void aListenerWhoseRedirectWouldLeadBackToItselfCannotBecomeHttps() {
    Struct toHttps =
        Struct.of().with("Protocol", "HTTPS").with("Port", "443").with("StatusCode", "HTTP_301");
    String arn =
        only(aws.call(
                "CreateListener",
                aws.listenerInput(balancer, 80).with("DefaultActions", redirect(toHttps))))
            .required("ListenerArn");
    refused(
        "InvalidLoadBalancerAction",
        () ->
            aws.call(
                "ModifyListener",
                of(arn)
                    .with("Port", 443)
                    .with("Protocol", "HTTPS")
                    .with("SslPolicy", TLS_1_3_ONLY)
                    .with("Certificates", certificate(CERTIFICATE))));
  }

  private void httpsWith(Struct config) {
    aws.call("CreateListener", input().with("DefaultActions", redirect(config)));
  }

  private static List<Struct> redirect(Struct config) {
    return List.of(Struct.of().with("Type", "redirect").with("RedirectConfig", config));
  }

  @Test
  void thePoliciesAreListedWithTheirProtocols() {
    Struct one = Struct.of().with("Names", List.of(TLS_1_3_ONLY));
    assertThat(aws.call("DescribeSSLPolicies", one).structs("SslPolicies").get(0))
        .satisfies(policy -> assertThat(policy.strings("SslProtocols")).containsExactly("TLSv1.3"));
    assertThat(aws.call("DescribeSSLPolicies", Struct.of()).structs("SslPolicies"))
        .extracting(policy -> policy.required("Name"))
        .contains("ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS13-1-2-2021-06");
    refused(
        "SSLPolicyNotFound",
        () -> aws.call("DescribeSSLPolicies", Struct.of().with("Names", List.of("none"))));
  }

  @Test
  void aCertificateKnowsItsLoadBalancers() {
    assertThat(aws.elb.usersOf(OTHER)).isEmpty();
    String arn = https();
    add(arn, OTHER);
    assertThat(aws.elb.usersOf(OTHER)).containsExactly(balancer);
    aws.call("DeleteListener", of(arn));
    assertThat(aws.elb.usersOf(OTHER)).isEmpty();
  }
}
