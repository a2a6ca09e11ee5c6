package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A target group's health check settings (AWS-FACTS 6.2).
 *
 * @param port {@code traffic-port} or a number
 * @param codes codes and ranges, for example {@code 200,300-399}
 */
record HealthCheck(
    String protocol,
    String port,
    String path,
    Duration interval,
    Duration timeout,
    int healthyThreshold,
    int unhealthyThreshold,
    String codes) {

  private static final Pattern CODES =
      Pattern.compile("[0-9]{3}(-[0-9]{3})?(,[0-9]{3}(-[0-9]{3})?)*");
  private static final HealthCheck DEFAULT =
      new HealthCheck(
          "HTTP", "traffic-port", "/", Duration.ofSeconds(30), Duration.ofSeconds(6), 5, 2, "200");

  /** The settings of a create call; what it leaves out has AWS's default. */
  static HealthCheck of(Struct input) {
    return DEFAULT.changedBy(input);
  }

  /** These settings with what a modify call names. */
  HealthCheck changedBy(Struct input) {
    HealthCheck changed =
        new HealthCheck(
            input.string("HealthCheckProtocol").orElse(protocol),
            input.string("HealthCheckPort").orElse(port),
            input.string("HealthCheckPath").orElse(path),
            seconds(input, "HealthCheckIntervalSeconds", interval),
            seconds(input, "HealthCheckTimeoutSeconds", timeout),
            input.integer("HealthyThresholdCount").orElse(healthyThreshold),
            input.integer("UnhealthyThresholdCount").orElse(unhealthyThreshold),
            input.struct("Matcher").flatMap(each -> each.string("HttpCode")).orElse(codes));
    changed.requireValid(input);
    return changed;
  }

  private void requireValid(Struct input) {
    if (!input.bool("HealthCheckEnabled").orElse(true)) {
      throw ElbErrors.validation(
          "Health check enabled must be true for target groups with target type 'ip'");
    }
    if (!protocol.equals("HTTP") && !protocol.equals("HTTPS")) {
      throw ElbErrors.unsupported("Health check protocol " + protocol, "use HTTP or HTTPS");
    }
    if (input.struct("Matcher").map(each -> each.has("GrpcCode")).orElse(false)) {
      throw ElbErrors.unsupported("Matcher.GrpcCode", "use HttpCode");
    }
    if (timeout.compareTo(interval) >= 0) {
      throw ElbErrors.validation("Health check timeout must be smaller than the interval");
    }
    if (!path.startsWith("/")) {
      throw ElbErrors.validation(
          "Health check path '" + path + "' must begin with a '/' character");
    }
    boolean portValid =
        port.equals("traffic-port")
            || (port.matches("[0-9]{1,5}")
                && Integer.parseInt(port) >= 1
                && Integer.parseInt(port) <= 65_535);
    if (!portValid) {
      throw ElbErrors.validation(
          "Health check port '" + port + "' must be 'traffic-port' or a number from 1 to 65535");
    }
    if (!CODES.matcher(codes).matches() || !codesInRange()) {
      throw ElbErrors.validation(
          "Health check matcher HTTP code '" + codes + "' must be within '200-499'");
    }
  }

  private boolean codesInRange() {
    for (String range : codes.split(",")) {
      int low = Integer.parseInt(range.substring(0, 3));
      int high = Integer.parseInt(range.substring(range.length() - 3));
      if (low < 200 || high > 499 || low > high) {
        return false;
      }
    }
    return true;
  }

  boolean accepts(int status) {
    for (String range : codes.split(",")) {
      int low = Integer.parseInt(range.substring(0, 3));
      int high = Integer.parseInt(range.substring(range.length() - 3));
      if (low <= status && status <= high) {
        return true;
      }
    }
    return false;
  }

  int portOf(int targetPort) {
    return port.equals("traffic-port") ? targetPort : Integer.parseInt(port);
  }

  /** Adds the settings to a TargetGroup structure. */
  Struct render(Struct group) {
    return group
        .with("HealthCheckProtocol", protocol)
        .with("HealthCheckPort", port)
        .with("HealthCheckEnabled", true)
        .with("HealthCheckIntervalSeconds", (int) interval.toSeconds())
        .with("HealthCheckTimeoutSeconds", (int) timeout.toSeconds())
        .with("HealthyThresholdCount", healthyThreshold)
        .with("UnhealthyThresholdCount", unhealthyThreshold)
        .with("HealthCheckPath", path)
        .with("Matcher", Struct.of().with("HttpCode", codes));
  }

  private static Duration seconds(Struct input, String member, Duration otherwise) {
    return input.integer(member).map(Duration::ofSeconds).orElse(otherwise);
  }
}
