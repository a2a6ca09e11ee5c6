package dev.fargate.local.aws.dataplane;

import dev.fargate.local.aws.acm.Certificate;
import dev.fargate.local.aws.acm.Certificates;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Chooses a listener's certificate by the host name a client asks for: one issued for that very
 * name, else one with a wildcard that covers it, else the default one. Of several, the first; AWS
 * decides by key and validity then, which are all the same here.
 */
final class SniKeys extends X509ExtendedKeyManager {
  private final Certificates certificates;
  private final List<String> arns;

  /**
   * @param arns the default one first
   */
  SniKeys(Certificates certificates, List<String> arns) {
    this.certificates = certificates;
    this.arns = arns;
  }

  /** The ARN for a host name; without one, the default. */
  String choose(Optional<String> host) {
    return host.flatMap(
            name -> first(each -> each.names(name)).or(() -> first(each -> each.covers(name))))
        .orElse(arns.get(0));
  }

  private Optional<String> first(Predicate<Certificate> wanted) {
    return arns.stream()
        .filter(arn -> certificates.find(arn).filter(wanted).isPresent())
        .findFirst();
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return suits(keyType, choose(host(((SSLSocket) socket).getHandshakeSession())));
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return suits(keyType, choose(host(engine.getHandshakeSession())));
  }

  /** Java asks for one type of key after the other. */
  private String suits(String keyType, String arn) {
    String algorithm = certificates.identity(arn).key().getAlgorithm();
    return keyType.startsWith(algorithm) ? arn : null;
  }

  private static Optional<String> host(SSLSession session) {
    if (!(session instanceof ExtendedSSLSession extended)) {
      return Optional.empty();
    }
    for (SNIServerName name : extended.getRequestedServerNames()) {
      if (name.getType() == StandardConstants.SNI_HOST_NAME) {
        return Optional.of(new SNIHostName(name.getEncoded()).getAsciiName());
      }
    }
    return Optional.empty();
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return new X509Certificate[] {certificates.identity(alias).certificate()};
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return certificates.identity(alias).key();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return arns.toArray(String[]::new);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return new String[0];
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return null;
  }
}
