package dev.fargate.local.aws.acm;

import java.util.List;
import java.util.stream.Stream;

/**
 * An issued certificate as the account has it.
 *
 * @param domainName what it was requested for; may begin with {@code *.}
 * @param alternativeNames its other names, without {@link #domainName}
 */
public record Certificate(String arn, String domainName, List<String> alternativeNames) {
  public Certificate {
    alternativeNames = List.copyOf(alternativeNames);
  }

  /** Every name it is good for, the one it was requested for first. */
  public List<String> names() {
    return Stream.concat(Stream.of(domainName), alternativeNames.stream()).distinct().toList();
  }

  /** Whether it was issued for exactly this host name. */
  public boolean names(String host) {
    return names().stream().anyMatch(name -> name.equalsIgnoreCase(host));
  }

  /** Whether one of its wildcards covers the host name: {@code *.} stands for one label. */
  public boolean covers(String host) {
    int dot = host.indexOf('.');
    return dot > 0 && names("*" + host.substring(dot));
  }
}
