package dev.fargate.phoenix;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key pair and the certificate it signed for itself, both fresh, both PEM. Nothing keeps them:
 * they exist so that a request costs real work.
 */
record Certificate(
    String subject,
    BigInteger serialNumber,
    Instant notBefore,
    Instant notAfter,
    String sha256Fingerprint,
    String certificate,
    String privateKey) {

  static final int KEY_BITS = 2048;

  private static final String SUBJECT = "CN=phoenix.example";
  private static final Duration VALIDITY = Duration.ofDays(365);

  /**
   * 64 bits are what certificate authorities must use at least (CA/Browser Forum baseline
   * requirements 7.1).
   */
  private static final int SERIAL_BITS = 64;

  private static final int PEM_LINE = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Makes a key and a certificate: a tenth of a second up to a second of one core. */
  static Certificate generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS, RANDOM);
      KeyPair keys = generator.generateKeyPair();
      Instant notBefore = Instant.ofEpochSecond(Instant.now().getEpochSecond());
      Instant notAfter = notBefore.plus(VALIDITY);
      BigInteger serial = new BigInteger(SERIAL_BITS, RANDOM).setBit(0);
      X500Name name = new X500Name(SUBJECT);
      X509CertificateHolder signed =
          new JcaX509v3CertificateBuilder(
                  name, serial, Date.from(notBefore), Date.from(notAfter), name, keys.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()));
      byte[] der = signed.getEncoded();
      String fingerprint =
          HexFormat.ofDelimiter(":")
              .withUpperCase()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(der));
      return new Certificate(
          SUBJECT,
          serial,
          notBefore,
          notAfter,
          fingerprint,
          pem("CERTIFICATE", der),
          pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("this Java runtime cannot make an RSA certificate", e);
    }
  }

  /** The fields in the order in which they are shown. */
  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("subject", subject);
    map.put("serialNumber", serialNumber.toString(16));
    map.put("notBefore", notBefore);
    map.put("notAfter", notAfter);
    map.put("sha256Fingerprint", sha256Fingerprint);
    map.put("certificate", certificate);
    map.put("privateKey", privateKey);
    return map;
  }

  /** Everything but the key, so that printing this record never shows one. */
  @Override
  public String toString() {
    return "Certificate[" + subject + ", serialNumber=" + serialNumber.toString(16) + "]";
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
