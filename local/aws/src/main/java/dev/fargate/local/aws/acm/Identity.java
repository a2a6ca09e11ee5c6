package dev.fargate.local.aws.acm;

import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** A certificate with its private key: what a server shows and proves. */
public record Identity(X509Certificate certificate, PrivateKey key) {
  private static final int PEM_LINE = 64;

  /** The certificate for {@code curl --cacert} and the like. */
  public String pem() {
    try {
      String body =
          Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'})
              .encodeToString(certificate.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was just made cannot be encoded", e);
    }
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "Identity[" + certificate.getSubjectX500Principal() + "]";
  }
}
