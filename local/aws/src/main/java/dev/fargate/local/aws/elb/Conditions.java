package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.ec2.Cidr;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads, checks and renders the conditions of a rule (AWS-FACTS 6.4). */
final class Conditions {
  private static final int MAX_VALUES = 5;
  private static final int MAX_WILDCARDS = 6;
  private static final int MAX_LENGTH = 128;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9\\-.*?]*\\.[A-Za-z*?]+");
  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_\\-.$/~\"'@:+&*?]+");
  private static final Pattern METHOD = Pattern.compile("[A-Z\\-_]{1,40}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*/[0-9]{1,3}");

  /** These fields may appear once in a rule; headers and query strings may repeat. */
  private static final Set<String> ONCE =
      Set.of("host-header", "path-pattern", "http-request-method", "source-ip");

  private Conditions() {}

  static List<Condition> parse(List<Struct> given) {
    if (given.isEmpty()) {
      throw ElbErrors.validation("A rule must have at least one condition");
    }
    List<Condition> parsed = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int values = 0;
    int wildcards = 0;
    for (Struct each : given) {
      String field = each.string("Field").orElse("");
      if (ONCE.contains(field) && !seen.add(field)) {
        throw ElbErrors.validation(
            "A rule can only have one '" + field + "' condition; list all its values in one");
      }
      Condition condition = parse(field, each);
      parsed.add(condition);
      values += texts(condition).size();
      wildcards += texts(condition).stream().mapToInt(Wildcard::count).sum();
    }
    if (values > MAX_VALUES) {
      throw ElbErrors.validation("A rule can only have '" + MAX_VALUES + "' condition values");
    }
    if (wildcards > MAX_WILDCARDS) {
      throw ElbErrors.validation("A rule can only have '" + MAX_WILDCARDS + "' wildcards");
    }
    return List.copyOf(parsed);
  }

  private static Condition parse(String field, Struct given) {
    if (given.has("RegexValues")) {
      throw ElbErrors.unsupported("RegexValues", "use Values with * and ?");
    }
    switch (field) {
      case "host-header" -> {
        List<String> hosts = values(given, field, "HostHeaderConfig", true);
        hosts.forEach(host -> requireForm(field, host, HOST, "like *.example.com"));
        return new Condition.Host(hosts);
      }
      case "path-pattern" -> {
        List<String> paths = values(given, field, "PathPatternConfig", true);
        paths.forEach(path -> requireForm(field, path, PATH, "like /img/*"));
        return new Condition.Path(paths);
      }
      case "http-request-method" -> {
        List<String> methods = values(given, field, "HttpRequestMethodConfig", false);
        methods.forEach(method -> requireForm(field, method, METHOD, "like GET"));
        return new Condition.Method(methods);
      }
      case "source-ip" -> {
        List<String> cidrs = values(given, field, "SourceIpConfig", false);
        cidrs.forEach(Conditions::requireCidr);
        return new Condition.SourceIp(cidrs);
      }
      case "http-header" -> {
        String name =
            given
                .struct("HttpHeaderConfig")
                .flatMap(config -> config.string("HttpHeaderName"))
                .orElseThrow(
                    () -> ElbErrors.validation("An http-header condition needs HttpHeaderName"));
        return new Condition.Header(name, values(given, field, "HttpHeaderConfig", false));
      }
      case "query-string" -> {
        return new Condition.Query(pairs(given));
      }
      default ->
          throw ElbErrors.validation(
              "Condition field '"
                  + field
                  + "' must be one of '[path-pattern, host-header,"
                  + " http-header, http-request-method, query-string, source-ip]'");
    }
  }

  private static List<Condition.Query.Pair> pairs(Struct given) {
    List<Condition.Query.Pair> pairs =
        given
            .struct("QueryStringConfig")
            .map(config -> config.structs("Values"))
            .orElse(List.of())
            .stream()
            .map(
                pair ->
                    new Condition.Query.Pair(
                        pair.string("Key").orElse(null),
                        pair.string("Value")
                            .orElseThrow(
                                () ->
                                    ElbErrors.validation(
                                        "A query-string condition needs a Value"))))
            .toList();
    if (pairs.isEmpty()) {
      throw ElbErrors.validation("A condition value must be specified for 'query-string'");
    }
    return pairs;
  }

  private static List<String> values(
      Struct given, String field, String config, boolean plainAllowed) {
    List<String> plain = plainAllowed ? given.strings("Values") : List.of();
    List<String> configured =
        given.struct(config).map(each -> each.strings("Values")).orElse(List.of());
    if (given.struct(config).map(each -> each.has("RegexValues")).orElse(false)) {
      throw ElbErrors.unsupported("RegexValues", "use Values with * and ?");
    }
    if (!plain.isEmpty() && !configured.isEmpty() && !plain.equals(configured)) {
      throw ElbErrors.validation(
          "You cannot specify both 'Values' and '" + config + "' in one condition");
    }
    List<String> values = configured.isEmpty() ? plain : configured;
    if (values.isEmpty()) {
      throw ElbErrors.validation("A condition value must be specified for '" + field + "'");
    }
    for (String value : values) {
      if (value.isEmpty() || value.length() > MAX_LENGTH) {
        throw ElbErrors.validation(
            "Condition value '" + value + "' must be between 1 and 128 characters");
      }
    }
    return List.copyOf(values);
  }

  private static void requireForm(String field, String value, Pattern form, String example) {
    if (!form.matcher(value).matches()) {
      throw ElbErrors.validation(
          "Condition value '"
              + value
              + "' is not a valid "
              + field
              + " value; write it "
              + example);
    }
  }

  private static void requireCidr(String cidr) {
    if (IPV6.matcher(cidr).matches()) {
      return;
    }
    try {
      Cidr.parse(cidr);
    } catch (IllegalArgumentException e) {
      throw ElbErrors.validation("Condition value '" + cidr + "' is not a valid CIDR block");
    }
  }

  private static List<String> texts(Condition condition) {
    if (condition instanceof Condition.Host host) {
      return host.patterns();
    }
    if (condition instanceof Condition.Path path) {
      return path.patterns();
    }
    if (condition instanceof Condition.Method method) {
      return method.methods();
    }
    if (condition instanceof Condition.SourceIp source) {
      return source.cidrs();
    }
    if (condition instanceof Condition.Header header) {
      return header.patterns();
    }
    return ((Condition.Query) condition)
        .pairs().stream()
            .map(pair -> (pair.key() == null ? "" : pair.key()) + pair.value())
            .toList();
  }

  /** As DescribeRules answers: host and path values twice, plainly and in their config. */
  static Struct render(Condition condition) {
    if (condition instanceof Condition.Host host) {
      return plain("host-header", "HostHeaderConfig", host.patterns())
          .with("Values", host.patterns());
    }
    if (condition instanceof Condition.Path path) {
      return plain("path-pattern", "PathPatternConfig", path.patterns())
          .with("Values", path.patterns());
    }
    if (condition instanceof Condition.Method method) {
      return plain("http-request-method", "HttpRequestMethodConfig", method.methods());
    }
    if (condition instanceof Condition.SourceIp source) {
      return plain("source-ip", "SourceIpConfig", source.cidrs());
    }
    if (condition instanceof Condition.Header header) {
      return Struct.of()
          .with("Field", "http-header")
          .with(
              "HttpHeaderConfig",
              Struct.of().with("HttpHeaderName", header.name()).with("Values", header.patterns()));
    }
    List<Struct> pairs =
        ((Condition.Query) condition)
            .pairs().stream()
                .map(pair -> Struct.of().with("Key", pair.key()).with("Value", pair.value()))
                .toList();
    return Struct.of()
        .with("Field", "query-string")
        .with("QueryStringConfig", Struct.of().with("Values", pairs));
  }

  private static Struct plain(String field, String config, List<String> values) {
    return Struct.of().with("Field", field).with(config, Struct.of().with("Values", values));
  }
}
