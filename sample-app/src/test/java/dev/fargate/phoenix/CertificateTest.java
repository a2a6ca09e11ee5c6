package dev.fargate.phoenix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CertificateTest {
  private static PhoenixProcess phoenix;

  @BeforeAll
  static void start() {
    phoenix = PhoenixProcess.start(Map.of());
  }

  @AfterAll
  static void stop() {
    phoenix.close();
  }

  @Test
  void theCertificateIsSignedByItsOwn2048BitKey() throws Exception {
    Document answer = phoenix.getJson("/generatecert");
    X509Certificate certificate = certificate(answer.getString("certificate"));
    certificate.checkValidity();
    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getSubjectX500Principal())
        .isEqualTo(certificate.getIssuerX500Principal());
    assertThat(certificate.getSerialNumber()).isPositive();
    assertThat(answer.getString("serialNumber"))
        .isEqualTo(certificate.getSerialNumber().toString(16));

    RSAPublicKey publicKey = (RSAPublicKey) certificate.getPublicKey();
    assertThat(publicKey.getModulus().bitLength()).isEqualTo(2048);
    assertThat(isPair(privateKey(answer.getString("privateKey")), certificate)).isTrue();
  }

  @Test
  void everyCallMakesAnotherKey() {
    assertThat(phoenix.getJson("/generatecert").getString("privateKey"))
        .isNotEqualTo(phoenix.getJson("/generatecert").getString("privateKey"));
  }

  @Test
  void thePageShowsTheSame() throws Exception {
    HttpResponse<String> page = phoenix.get("/certRender");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    String body = page.body();
    String pem =
        body.substring(
            body.indexOf("-----BEGIN CERTIFICATE"),
            body.indexOf("</pre>", body.indexOf("-----END CERT")));
    certificate(pem).checkValidity();
    assertThat(body).contains("-----BEGIN PRIVATE KEY-----");
  }

  @Test
  void underLoadSomeAreServedTheRestIsRefusedAtOnceAndHealthIsUnharmed() {
    List<CompletableFuture<HttpResponse<String>>> burst =
        IntStream.range(0, 40).mapToObj(i -> phoenix.getLater("/generatecert")).toList();
    assertThat(phoenix.get("/healthz").statusCode()).isEqualTo(200);
    Map<Integer, List<HttpResponse<String>>> byStatus =
        burst.stream()
            .map(CompletableFuture::join)
            .collect(java.util.stream.Collectors.groupingBy(HttpResponse::statusCode));
    assertThat(byStatus).containsOnlyKeys(200, 503);
    assertThat(byStatus.get(200)).hasSizeGreaterThanOrEqualTo(9);
    assertThat(byStatus.get(503))
        .allSatisfy(
            refused -> assertThat(refused.headers().firstValue("Retry-After")).hasValue("1"));
  }

  private static X509Certificate certificate(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes()));
  }

  private static RSAPrivateKey privateKey(String pem) throws Exception {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "");
    return (RSAPrivateKey)
        KeyFactory.getInstance("RSA")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
  }

  private static boolean isPair(RSAPrivateKey key, X509Certificate certificate) throws Exception {
    byte[] text = "signed".getBytes();
    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(key);
    signer.update(text);
    byte[] signature = signer.sign();
    signer.initVerify(certificate);
    signer.update(text);
    return signer.verify(signature);
  }
}
