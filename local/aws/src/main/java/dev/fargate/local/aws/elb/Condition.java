package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.ec2.Cidr;
import java.util.List;
import java.util.Locale;

/** What a rule asks of a request; one of its values must match (AWS-FACTS 6.4). */
public sealed interface Condition {
  boolean matches(RequestLine request);

  /** Host names, whatever their case, with {@code *} and {@code ?}. */
  record Host(List<String> patterns) implements Condition {
    @Override
    public boolean matches(RequestLine request) {
      return patterns.stream().anyMatch(each -> Wildcard.matchesAnyCase(each, request.host()));
    }
  }

  /** Paths without query, case-sensitive, with {@code *} and {@code ?}. */
  record Path(List<String> patterns) implements Condition {
    @Override
    public boolean matches(RequestLine request) {
      return patterns.stream().anyMatch(each -> Wildcard.matches(each, request.path()));
    }
  }

  /** Request methods, exact. */
  record Method(List<String> methods) implements Condition {
    @Override
    public boolean matches(RequestLine request) {
      return methods.contains(request.method());
    }
  }

  /**
   * Address blocks of the client; a forwarded-for header does not count.
   *
   * @param cidrs as given; IPv6 ones match nobody, since local clients are IPv4
   */
  record SourceIp(List<String> cidrs) implements Condition {
    @Override
    public boolean matches(RequestLine request) {
      return cidrs.stream()
          .filter(cidr -> !cidr.contains(":"))
          .anyMatch(cidr -> Cidr.parse(cidr).contains(request.sourceIp()));
    }
  }

  /** Values of one header, whatever their case, with wildcards. */
  record Header(String name, List<String> patterns) implements Condition {
    @Override
    public boolean matches(RequestLine request) {
      return request.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
          .anyMatch(
              value -> patterns.stream().anyMatch(each -> Wildcard.matchesAnyCase(each, value)));
    }
  }

  /** Query parameters, whatever their case, with wildcards. */
  record Query(List<Pair> pairs) implements Condition {
    /**
     * @param key null for a value of any key
     */
    public record Pair(String key, String value) {}

    @Override
    public boolean matches(RequestLine request) {
      return List.of(request.query().split("&")).stream().anyMatch(this::matchesParameter);
    }

    private boolean matchesParameter(String parameter) {
      int equals = parameter.indexOf('=');
      String key = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      return pairs.stream()
          .anyMatch(
              pair ->
                  (pair.key() == null || Wildcard.matchesAnyCase(pair.key(), key))
                      && Wildcard.matchesAnyCase(pair.value(), value));
    }
  }
}
