package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What an HTTPS listener has and an HTTP one has not.
 *
 * @param certificate the default one
 * @param more the certificate list; it may hold the default one as well
 */
record Security(String policy, String certificate, Set<String> more) {
  Security {
    more = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(more));
  }

  /**
   * Reads what a client wants of an HTTPS listener.
   *
   * @param now what the listener has; null for a new one, or one that was HTTP
   * @param exists whether the account has a certificate
   * @throws AwsException when a certificate is lacking, or something is not known or not supported
   */
  static Security parse(Struct input, Security now, Predicate<String> exists) {
    refuseOthers(input);
    String certificate =
        certificate(input.structs("Certificates"), exists)
            .or(() -> Optional.ofNullable(now).map(Security::certificate))
            .orElseThrow(
                () ->
                    ElbErrors.validation(
                        "A certificate must be specified for HTTPS listeners: Certificates with"
                            + " one CertificateArn"));
    String policy =
        input.string("SslPolicy").orElse(now == null ? SslPolicies.DEFAULT : now.policy());
    SslPolicies.protocols(policy);
    return new Security(policy, certificate, now == null ? Set.of() : now.more());
  }

  /**
   * A listener takes one certificate with its settings, and each other one by a call of its own.
   */
  static Optional<String> certificate(List<Struct> given, Predicate<String> exists) {
    if (given.isEmpty()) {
      return Optional.empty();
    }
    if (given.size() > 1) {
      throw new AwsException(
          "TooManyCertificates",
          "Up to '1' certificate ARNs can be specified, but '" + given.size() + "' were specified");
    }
    Struct only = given.get(0);
    if (only.has("IsDefault")) {
      throw ElbErrors.validation("You cannot set the isDefault parameter for a certificate");
    }
    String arn =
        only.string("CertificateArn")
            .orElseThrow(() -> ElbErrors.validation("A certificate needs its CertificateArn"));
    if (!exists.test(arn)) {
      throw new AwsException("CertificateNotFound", "Certificate '" + arn + "' not found");
    }
    return Optional.of(arn);
  }

  private static void refuseOthers(Struct input) {
    if (input.has("AlpnPolicy")) {
      throw ElbErrors.validation("'AlpnPolicy' cannot be specified for an HTTPS listener");
    }
    String mutual =
        input.struct("MutualAuthentication").flatMap(each -> each.string("Mode")).orElse("off");
    if (!mutual.equals("off")) {
      throw ElbErrors.unsupported(
          "Mutual authentication (mode '" + mutual + "')", "leave it out, or use mode 'off'");
    }
  }

  Security with(Set<String> certificates) {
    return new Security(policy, certificate, certificates);
  }

  /** The default one first, each once. */
  List<String> certificates() {
    return Stream.concat(Stream.of(certificate), more.stream()).distinct().toList();
  }

  /** What the data plane needs of it. */
  RoutingTable.Tls tls() {
    return new RoutingTable.Tls(certificates(), SslPolicies.protocols(policy));
  }
}
