package dev.fargate.local.aws.tasks.process.mongo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The server's side of SCRAM (RFC 5802, RFC 7677) as MongoDB uses it, for one user. */
final class Scram {
  /** The two mechanisms that MongoDB offers, with its own iteration counts. */
  enum Mechanism {
    SHA_1("SCRAM-SHA-1", "SHA-1", "SHA1", 10_000),
    SHA_256("SCRAM-SHA-256", "SHA-256", "SHA256", 15_000);

    final String wireName;
    private final String digest;
    private final String suffix;
    private final int iterations;

    Mechanism(String wireName, String digest, String suffix, int iterations) {
      this.wireName = wireName;
      this.digest = digest;
      this.suffix = suffix;
      this.iterations = iterations;
    }
  }

  private static final int SALT_BYTES = 16;
  private static final int NONCE_BYTES = 18;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Mechanism mechanism;
  private final String user;
  private final byte[] salt = random(SALT_BYTES);
  private final byte[] storedKey;
  private final byte[] serverKey;

  Scram(Mechanism mechanism, String user, String password) {
    this.mechanism = mechanism;
    this.user = user;
    try {
      String secret =
          mechanism == Mechanism.SHA_1
              ? HexFormat.of().formatHex(digest("MD5", bytes(user + ":mongo:" + password)))
              : password;
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmac" + mechanism.suffix)
              .generateSecret(
                  new PBEKeySpec(
                      secret.toCharArray(),
                      salt,
                      mechanism.iterations,
                      digest(mechanism.digest, salt).length * 8))
              .getEncoded();
      storedKey = digest(mechanism.digest, hmac(salted, bytes("Client Key")));
      serverKey = hmac(salted, bytes("Server Key"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has what SCRAM needs", e);
    }
  }

  /** One authentication in progress. */
  final class Conversation {
    private final String clientFirstBare;
    private final String nonce;
    private final String serverFirst;
    private final boolean userKnown;

    /**
     * @param clientFirst for example {@code n,,n=user,r=nonce}
     */
    Conversation(String clientFirst) throws GeneralSecurityException {
      String[] parts = clientFirst.split(",", 3);
      if (parts.length < 3 || !parts[0].equals("n")) {
        throw new GeneralSecurityException("not a first message of SCRAM without channel binding");
      }
      clientFirstBare = parts[2];
      userKnown =
          attribute(clientFirstBare, "n").replace("=2C", ",").replace("=3D", "=").equals(user);
      nonce =
          attribute(clientFirstBare, "r") + Base64.getEncoder().encodeToString(random(NONCE_BYTES));
      serverFirst =
          "r="
              + nonce
              + ",s="
              + Base64.getEncoder().encodeToString(salt)
              + ",i="
              + mechanism.iterations;
    }

    String serverFirst() {
      return serverFirst;
    }

    /**
     * @return the server's final message
     * @throws GeneralSecurityException when the client does not know the password
     */
    String finish(String clientFinal) throws GeneralSecurityException {
      int proofAt = clientFinal.lastIndexOf(",p=");
      if (proofAt < 0 || !attribute(clientFinal, "r").equals(nonce)) {
        throw new GeneralSecurityException("not the answer to this conversation");
      }
      byte[] proof = Base64.getDecoder().decode(clientFinal.substring(proofAt + 3));
      byte[] message =
          bytes(clientFirstBare + "," + serverFirst + "," + clientFinal.substring(0, proofAt));
      byte[] signature = hmac(storedKey, message);
      if (proof.length != signature.length) {
        throw new GeneralSecurityException("a proof of the wrong length");
      }
      byte[] clientKey = new byte[proof.length];
      for (int i = 0; i < proof.length; i++) {
        clientKey[i] = (byte) (proof[i] ^ signature[i]);
      }
      if (!MessageDigest.isEqual(digest(mechanism.digest, clientKey), storedKey) || !userKnown) {
        throw new GeneralSecurityException("wrong user or password");
      }
      return "v=" + Base64.getEncoder().encodeToString(hmac(serverKey, message));
    }
  }

  private static String attribute(String message, String name) throws GeneralSecurityException {
    for (String part : message.split(",")) {
      if (part.startsWith(name + "=")) {
        return part.substring(2);
      }
    }
    throw new GeneralSecurityException("a message without " + name + "=");
  }

  private byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("Hmac" + mechanism.suffix);
    mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
    return mac.doFinal(text);
  }

  private static byte[] digest(String algorithm, byte[] text) throws GeneralSecurityException {
    return MessageDigest.getInstance(algorithm).digest(text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
