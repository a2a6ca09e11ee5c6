package dev.fargate.local.aws.acm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.time.VirtualScheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcmTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ARN = "arn:aws:acm:eu-central-1:123456789012:certificate/";
  private static final Caller CALLER = new Caller("123456789012", "eu-central-1", "AKIDTESTER");

  private final Certificates certificates =
      new Certificates(
          new VirtualScheduler(NOW),
          List.of(
              new Certificate(ARN + "1", "example.com", List.of("*.example.com")),
              new Certificate(ARN + "2", "example.org", List.of())));
  private final Acm acm =
      new Acm(certificates, arn -> arn.endsWith("1") ? List.of("arn:balancer") : List.of());

  private Struct call(String operation, Struct input) {
    return acm.handle(operation, input, CALLER);
  }

  private static Struct of(String arn) {
    return Struct.of().with("CertificateArn", arn);
  }

  @Test
  void theCertificateThatIsGivenOutIsTheOneThatListenersShow() throws Exception {
    String pem = call("GetCertificate", of(ARN + "1")).required("Certificate");
    X509Certificate given =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    assertThat(given).isEqualTo(certificates.identity(ARN + "1").certificate());
    given.verify(given.getPublicKey());
    given.checkValidity(Date.from(NOW));
    assertThat(given.getSubjectAlternativeNames())
        .extracting(name -> (Object) name.get(1))
        .contains("example.com", "*.example.com", "localhost", "127.0.0.1");
  }

  @Test
  void itIsDescribedWithItsNamesAndItsUsers() {
    Struct detail = call("DescribeCertificate", of(ARN + "1")).struct("Certificate").orElseThrow();
    assertThat(detail.strings("SubjectAlternativeNames"))
        .containsExactly("example.com", "*.example.com");
    assertThat(detail.strings("InUseBy")).containsExactly("arn:balancer");
    assertThat(detail.required("Status")).isEqualTo("ISSUED");
  }

  @Test
  void theListIsReadPageByPage() {
    Struct first = call("ListCertificates", Struct.of().with("MaxItems", 1));
    Struct second =
        call("ListCertificates", Struct.of().with("NextToken", first.required("NextToken")));
    assertThat(second.structs("CertificateSummaryList"))
        .extracting(each -> each.required("DomainName"))
        .containsExactly("example.org");
    assertThat(second.has("NextToken")).isFalse();
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> call("GetCertificate", of(ARN + "3")))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.code()).isEqualTo("ResourceNotFoundException"));
    assertThatThrownBy(() -> call("GetCertificate", of("arn:aws:iam::1:server-certificate/x")))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.code()).isEqualTo("InvalidArnException"));
  }

  @Test
  void aWildcardCoversOneLabelAndNotTheDomainItself() {
    Certificate certificate = new Certificate(ARN, "*.example.com", List.of());
    assertThat(certificate.covers("api.example.com")).isTrue();
    assertThat(certificate.covers("a.b.example.com")).isFalse();
    assertThat(certificate.covers("example.com")).isFalse();
    assertThat(certificate.names("example.com")).isFalse();
  }

  @Test
  void aKeyIsNeverPrinted() {
    assertThat(certificates.identity(ARN + "2").toString()).isEqualTo("Identity[CN=example.org]");
  }
}
