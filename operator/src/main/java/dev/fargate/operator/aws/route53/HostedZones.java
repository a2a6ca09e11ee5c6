package dev.fargate.operator.aws.route53;

import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;

/** Looks at hosted zones, which others make. */
public final class HostedZones {
  private final Route53Client route53;

  public HostedZones(Route53Client route53) {
    this.route53 = route53;
  }

  /**
   * What is wrong with a zone for the names of a domain, for people; empty when it is a public one
   * that holds them.
   */
  public String fault(String hostedZoneId, String domain) {
    HostedZone zone;
    try {
      zone = route53.getHostedZone(request -> request.id(hostedZoneId)).hostedZone();
    } catch (NoSuchHostedZoneException none) {
      return "no hosted zone " + hostedZoneId;
    }
    String name = zone.name().replaceFirst("\\.$", "");
    if (zone.config() != null && Boolean.TRUE.equals(zone.config().privateZone())) {
      return "hosted zone " + hostedZoneId + " is a private one";
    }
    boolean holds = domain.equals(name) || domain.endsWith("." + name);
    return holds ? "" : "hosted zone " + hostedZoneId + " is of " + name + ", not of " + domain;
  }
}
