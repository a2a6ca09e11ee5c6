package dev.fargate.local.aws.dataplane;

import dev.fargate.local.aws.acm.Certificates;
import dev.fargate.local.aws.elb.RoutingTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Ends the TLS of clients. A handshake uses the certificates that its listener has at that moment;
 * connections that are open already keep theirs, so that a change of certificates breaks none.
 */
final class TlsTermination {
  /** The versions a Java runtime of today speaks; a policy may allow older ones in vain. */
  private static final Set<String> SPOKEN = Set.of("TLSv1.2", "TLSv1.3");

  /** The first byte of a TLS connection: a handshake record (RFC 8446, 5.1). */
  private static final int HANDSHAKE_RECORD = 22;

  private final Certificates certificates;

  /** One per set of certificates, since a context remembers the sessions that clients resume. */
  private final Map<List<String>, SSLContext> contexts = new ConcurrentHashMap<>();

  TlsTermination(Certificates certificates) {
    this.certificates = certificates;
  }

  /** Forgets what no listener uses any more. */
  void keepOnly(Set<List<String>> inUse) {
    contexts.keySet().retainAll(inUse);
  }

  /** The client speaks plain HTTP on a port for TLS. */
  static final class PlainText extends IOException {
    private static final long serialVersionUID = 1L;

    PlainText() {
      super("not a TLS handshake");
    }
  }

  /**
   * Shakes hands.
   *
   * @throws PlainText when the client says something else; it may be answered in plain text
   * @throws IOException when the client leaves, or shares no version or cipher with the policy
   */
  SSLSocket accept(Socket client, RoutingTable.Tls tls) throws IOException {
    int first = client.getInputStream().read();
    if (first >= 0 && first != HANDSHAKE_RECORD) {
      throw new PlainText();
    }
    byte[] begun = first < 0 ? new byte[0] : new byte[] {(byte) first};
    SSLContext context = contexts.computeIfAbsent(tls.certificateArns(), this::context);
    SSLSocket secure =
        (SSLSocket)
            context.getSocketFactory().createSocket(client, new ByteArrayInputStream(begun), true);
    secure.setEnabledProtocols(
        tls.protocols().stream().filter(SPOKEN::contains).toArray(String[]::new));
    secure.startHandshake();
    return secure;
  }

  private SSLContext context(List<String> arns) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new SniKeys(certificates, arns)}, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime cannot speak TLS", e);
    }
  }
}
