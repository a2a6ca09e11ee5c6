package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Attributes by key: the allowed ones with their defaults, and the values set. */
final class Attributes {
  private static final Predicate<String> BOOLEAN = oneOf("true", "false");

  private record Allowed(String defaultValue, Predicate<String> valid) {}

  private static final Map<String, Allowed> LOAD_BALANCER =
      Map.ofEntries(
          Map.entry("deletion_protection.enabled", new Allowed("false", BOOLEAN)),
          Map.entry("access_logs.s3.enabled", new Allowed("false", oneOf("false"))),
          Map.entry("access_logs.s3.bucket", new Allowed("", any())),
          Map.entry("access_logs.s3.prefix", new Allowed("", any())),
          Map.entry("idle_timeout.timeout_seconds", new Allowed("60", between(1, 4000))),
          Map.entry("client_keep_alive.seconds", new Allowed("3600", between(60, 604_800))),
          Map.entry("load_balancing.cross_zone.enabled", new Allowed("true", oneOf("true"))),
          Map.entry("routing.http2.enabled", new Allowed("true", BOOLEAN)),
          Map.entry(
              "routing.http.drop_invalid_header_fields.enabled", new Allowed("false", BOOLEAN)),
          Map.entry("routing.http.preserve_host_header.enabled", new Allowed("false", BOOLEAN)),
          Map.entry("routing.http.xff_client_port.enabled", new Allowed("false", BOOLEAN)),
          Map.entry(
              "routing.http.xff_header_processing.mode",
              new Allowed("append", oneOf("append", "preserve", "remove"))),
          Map.entry(
              "routing.http.desync_mitigation_mode",
              new Allowed("defensive", oneOf("monitor", "defensive", "strictest"))),
          Map.entry("waf.fail_open.enabled", new Allowed("false", BOOLEAN)));

  private static final Map<String, Allowed> TARGET_GROUP =
      Map.ofEntries(
          Map.entry("deregistration_delay.timeout_seconds", new Allowed("300", between(0, 3600))),
          Map.entry("slow_start.duration_seconds", new Allowed("0", zeroOr(30, 900))),
          Map.entry("stickiness.enabled", new Allowed("false", BOOLEAN)),
          Map.entry("stickiness.type", new Allowed("lb_cookie", oneOf("lb_cookie", "app_cookie"))),
          Map.entry(
              "stickiness.lb_cookie.duration_seconds", new Allowed("86400", between(1, 604_800))),
          Map.entry(
              "stickiness.app_cookie.duration_seconds", new Allowed("86400", between(1, 604_800))),
          Map.entry(
              "stickiness.app_cookie.cookie_name",
              new Allowed("", name -> !name.startsWith("AWSALB"))),
          Map.entry(
              "load_balancing.algorithm.type",
              new Allowed(
                  "round_robin",
                  oneOf("round_robin", "least_outstanding_requests", "weighted_random"))),
          Map.entry(
              "load_balancing.algorithm.anomaly_mitigation",
              new Allowed("off", oneOf("on", "off"))),
          Map.entry(
              "load_balancing.cross_zone.enabled",
              new Allowed(
                  "use_load_balancer_configuration",
                  oneOf("true", "false", "use_load_balancer_configuration"))));

  private final String what;
  private final Map<String, Allowed> allowed;
  private final Map<String, String> set = new TreeMap<>();

  private Attributes(String what, Map<String, Allowed> allowed) {
    this.what = what;
    this.allowed = allowed;
  }

  static Attributes ofLoadBalancer() {
    return new Attributes("Load balancer", LOAD_BALANCER);
  }

  static Attributes ofTargetGroup() {
    return new Attributes("Target group", TARGET_GROUP);
  }

  /** Sets all of them, or none when one is wrong. */
  void modify(List<Struct> given) {
    for (Struct attribute : given) {
      String key = attribute.string("Key").orElse("");
      String value = attribute.string("Value").orElse("");
      Allowed known = allowed.get(key);
      if (known == null) {
        throw ElbErrors.validation(what + " attribute key '" + key + "' is not recognized");
      }
      if (!known.valid().test(value)) {
        throw ElbErrors.validation(
            what + " attribute '" + key + "' does not take the value '" + value + "'");
      }
    }
    given.forEach(each -> set.put(each.required("Key"), each.string("Value").orElse("")));
  }

  String get(String key) {
    return set.getOrDefault(key, allowed.get(key).defaultValue());
  }

  int seconds(String key) {
    return Integer.parseInt(get(key));
  }

  List<Struct> structs() {
    return allowed.keySet().stream()
        .sorted()
        .map(key -> Struct.of().with("Key", key).with("Value", get(key)))
        .toList();
  }

  private static Predicate<String> any() {
    return value -> true;
  }

  private static Predicate<String> oneOf(String... values) {
    return List.of(values)::contains;
  }

  private static Predicate<String> between(int low, int high) {
    return value ->
        value.matches("[0-9]{1,7}")
            && Integer.parseInt(value) >= low
            && Integer.parseInt(value) <= high;
  }

  private static Predicate<String> zeroOr(int low, int high) {
    return between(low, high).or("0"::equals);
  }
}
