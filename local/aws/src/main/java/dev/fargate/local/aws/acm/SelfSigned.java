package dev.fargate.local.aws.acm;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes a key and the certificate that it signs for itself. No authority stands behind it: a client
 * has to be told to trust it.
 */
final class SelfSigned {
  /** As long as certificates of ACM are good for: 13 months. */
  static final Duration VALIDITY = Duration.ofDays(395);

  /** Clocks of clients may be behind. */
  private static final Duration EARLIER = Duration.ofHours(1);

  private static final int SERIAL_BITS = 128;

  /**
   * A load balancer of this endpoint is reached by these, whatever its certificate is for. They are
   * not among its {@link Certificate#names()}, so they choose no certificate.
   */
  private static final List<GeneralName> THIS_MACHINE =
      List.of(
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
          new GeneralName(GeneralName.iPAddress, "::1"));

  private SelfSigned() {}

  static Identity make(Certificate certificate, Instant now) {
    try {
      // Elliptic keys are made in a millisecond, and every client of today takes them.
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      var name =
          new X500NameBuilder(BCStyle.INSTANCE)
              .addRDN(BCStyle.CN, certificate.domainName())
              .build();
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
              Date.from(now.minus(EARLIER)),
              Date.from(now.plus(VALIDITY)),
              name,
              pair.getPublic());
      List<GeneralName> names = new ArrayList<>();
      certificate.names().forEach(each -> names.add(new GeneralName(GeneralName.dNSName, each)));
      names.addAll(THIS_MACHINE);
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(names.toArray(GeneralName[]::new)));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      return new Identity(
          new JcaX509CertificateConverter().getCertificate(builder.build(signer)),
          pair.getPrivate());
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException(
          "this Java runtime cannot make a certificate for " + certificate.domainName(), e);
    }
  }
}
