package dev.fargate.local.aws.acm;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Certificate Manager, as far as a client needs it to find a certificate and to trust it. The
 * account's certificates are those of its seed.
 */
public final class Acm implements ServiceBehaviour {
  /** AWS's largest page of ListCertificates, and its default. */
  private static final int MAX_PAGE = 1000;

  private static final String KEY_ALGORITHM = "EC_prime256v1";

  private final Certificates certificates;
  private final Function<String, List<String>> usersOf;

  /**
   * @param usersOf the ARNs of the load balancers that use a certificate
   */
  public Acm(Certificates certificates, Function<String, List<String>> usersOf) {
    this.certificates = certificates;
    this.usersOf = usersOf;
  }

  @Override
  public String signingName() {
    return "acm";
  }

  @Override
  public Set<String> operations() {
    return Set.of("DescribeCertificate", "GetCertificate", "ListCertificates");
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return switch (operation) {
      case "DescribeCertificate" -> describe(certificate(input));
      case "GetCertificate" ->
          // Self-signed: there is no chain above it.
          Struct.of().with("Certificate", identity(certificate(input)).pem());
      case "ListCertificates" -> list(input);
      default -> throw new IllegalArgumentException(operation);
    };
  }

  private Certificate certificate(Struct input) {
    String arn = input.required("CertificateArn");
    if (!arn.matches("arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+")) {
      throw new AwsException("InvalidArnException", "Invalid certificate ARN: " + arn);
    }
    return certificates
        .find(arn)
        .orElseThrow(
            () ->
                new AwsException(
                    "ResourceNotFoundException", "Could not find certificate " + arn + "."));
  }

  private Identity identity(Certificate certificate) {
    return certificates.identity(certificate.arn());
  }

  private Struct describe(Certificate certificate) {
    var x509 = identity(certificate).certificate();
    return Struct.of()
        .with(
            "Certificate",
            Struct.of()
                .with("CertificateArn", certificate.arn())
                .with("DomainName", certificate.domainName())
                .with("SubjectAlternativeNames", certificate.names())
                .with("Serial", x509.getSerialNumber().toString(16))
                .with("Subject", x509.getSubjectX500Principal().getName())
                .with("Issuer", x509.getIssuerX500Principal().getName())
                .with("CreatedAt", certificates.issuedAt())
                .with("IssuedAt", certificates.issuedAt())
                .with("Status", "ISSUED")
                .with("NotBefore", x509.getNotBefore().toInstant())
                .with("NotAfter", x509.getNotAfter().toInstant())
                .with("KeyAlgorithm", KEY_ALGORITHM)
                .with("SignatureAlgorithm", x509.getSigAlgName())
                .with("InUseBy", usersOf.apply(certificate.arn()))
                .with("Type", "AMAZON_ISSUED"));
  }

  /** AWS lists no elliptic ones unless they are asked for; here that would hide everything. */
  private Struct list(Struct input) {
    for (String member : List.of("Includes", "SortBy", "SortOrder")) {
      if (input.has(member)) {
        throw new AwsException(
            "ValidationException",
            member + " is not supported by the local endpoint; leave it out.");
      }
    }
    List<String> statuses = input.strings("CertificateStatuses");
    List<Struct> rows = new ArrayList<>();
    if (statuses.isEmpty() || statuses.contains("ISSUED")) {
      certificates.all().forEach(each -> rows.add(summary(each)));
    }
    int start = Math.min(rows.size(), input.string("NextToken").map(Acm::offset).orElse(0));
    int end = Math.min(rows.size(), start + input.integer("MaxItems").orElse(MAX_PAGE));
    return Struct.of()
        .with("CertificateSummaryList", rows.subList(start, end))
        .with("NextToken", end < rows.size() ? String.valueOf(end) : null);
  }

  private static int offset(String token) {
    if (!token.matches("[0-9]{1,6}")) {
      throw new AwsException("ValidationException", "NextToken is not one of this endpoint.");
    }
    return Integer.parseInt(token);
  }

  private Struct summary(Certificate certificate) {
    return Struct.of()
        .with("CertificateArn", certificate.arn())
        .with("DomainName", certificate.domainName())
        .with("SubjectAlternativeNameSummaries", certificate.names())
        .with("HasAdditionalSubjectAlternativeNames", false)
        .with("Status", "ISSUED")
        .with("Type", "AMAZON_ISSUED")
        .with("KeyAlgorithm", KEY_ALGORITHM)
        .with("InUse", !usersOf.apply(certificate.arn()).isEmpty())
        .with("CreatedAt", certificates.issuedAt())
        .with("IssuedAt", certificates.issuedAt());
  }
}
