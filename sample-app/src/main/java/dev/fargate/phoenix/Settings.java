package dev.fargate.phoenix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the environment tells the server; immutable.
 *
 * @param bindAddress the one local address to listen on, never empty
 * @param port 0 to 65535; 0 takes any free port
 * @param database where the database is; empty if none is configured
 * @param prestop how long to serve on after SIGTERM, 0 to 110 s
 * @param version shown on the page and in {@code X-Phoenix-Version}, so that a rolling update can
 *     be watched
 * @param instance names this process among its siblings; the ECS task id where there is one
 */
record Settings(
    String bindAddress,
    int port,
    Optional<DatabaseAddress> database,
    Duration prestop,
    String version,
    String instance) {

  static final int DEFAULT_PORT = 3000;
  static final String DEFAULT_BIND_ADDRESS = "0.0.0.0";

  /**
   * Long enough for a load balancer to see that the task is going, and together with {@link
   * Shutdown#DRAIN_LIMIT} well inside ECS's default stop timeout of 30 s.
   */
  static final int DEFAULT_PRESTOP_SECONDS = 5;

  /** Fargate's longest stop timeout is 120 s; the rest is for draining. */
  static final int MAX_PRESTOP_SECONDS = 110;

  private static final int MAX_PORT = 65_535;

  /**
   * A version and an instance id become header values: printable, and short enough for any proxy.
   */
  private static final Pattern HEADER_TOKEN = Pattern.compile("[A-Za-z0-9._:+@/-]{1,128}");

  /**
   * A setting that cannot be used; the message names the variable, its value and what is allowed.
   */
  static final class InvalidSetting extends IllegalArgumentException {
    InvalidSetting(String message) {
      super(message);
    }
  }

  /**
   * Reads the settings.
   *
   * @param environment variables by name; an absent and an empty one are the same
   * @throws InvalidSetting if a variable cannot be used
   */
  static Settings fromEnvironment(Map<String, String> environment) {
    Function<String, Optional<String>> read =
        name ->
            Optional.ofNullable(environment.get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    return new Settings(
        read.apply("BIND_ADDRESS").orElse(DEFAULT_BIND_ADDRESS),
        number("PORT", read.apply("PORT"), DEFAULT_PORT, MAX_PORT),
        read.apply("DB_CONNECTION_STRING").map(DatabaseAddress::new),
        Duration.ofSeconds(
            number(
                "PRESTOP_SECONDS",
                read.apply("PRESTOP_SECONDS"),
                DEFAULT_PRESTOP_SECONDS,
                MAX_PRESTOP_SECONDS)),
        headerToken(
            "PHOENIX_VERSION", read.apply("PHOENIX_VERSION").orElseGet(Settings::builtVersion)),
        instance(read.apply("ECS_CONTAINER_METADATA_URI_V4")));
  }

  private static int number(String name, Optional<String> text, int fallback, int max) {
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= 0 && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message below
    }
    throw new InvalidSetting(
        name + " must be a whole number from 0 to " + max + ", but is '" + text.get() + "'");
  }

  private static String headerToken(String name, String value) {
    if (!HEADER_TOKEN.matcher(value).matches()) {
      throw new InvalidSetting(
          name
              + " must be 1 to 128 letters, digits or ._:+@/- (it is sent as a header), but is '"
              + value
              + "'");
    }
    return value;
  }

  /**
   * The metadata URI ends in the container's id, which begins with the task's id: no call needed to
   * learn it.
   */
  private static String instance(Optional<String> metadataUri) {
    return metadataUri
        .map(uri -> uri.substring(uri.lastIndexOf('/') + 1))
        .filter(id -> HEADER_TOKEN.matcher(id).matches())
        .orElseGet(() -> UUID.randomUUID().toString().substring(0, 8));
  }

  private static String builtVersion() {
    try (InputStream file = Settings.class.getResourceAsStream("/phoenix.properties")) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("phoenix.properties is missing from the jar", e);
    }
  }
}
