package dev.fargate.phoenix;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A MongoDB connection string that can be shown without giving anything away. Its {@code toString}
 * is the redacted form, so that no log line or error message can leak the password by accident.
 */
final class DatabaseAddress {
  private static final String HOST = "(?:[A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?";

  /**
   * Scheme, credentials, hosts with ports, database name, options. Only what a well-formed address
   * has in these places is ever shown: of a malformed one, any part might be the password.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<scheme>mongodb(?:\\+srv)?://)(?<credentials>[^@/?]*@)?(?<hosts>%s(?:,%s)*)(?<name>/[A-Za-z0-9_-]*)?(?:\\?[^@]*)?"
              .formatted(HOST, HOST));

  private final String uri;

  DatabaseAddress(String uri) {
    this.uri = uri;
  }

  /** The connection string with its password: for the driver only. */
  String uri() {
    return uri;
  }

  /**
   * The address as {@code mongodb://***@host:port/db}; without {@code ***@} if there are no
   * credentials. Options are left out, for they may hold secrets too.
   */
  String redacted() {
    Matcher address = ADDRESS.matcher(uri);
    if (!address.matches()) {
      return "mongodb://***";
    }
    String credentials = address.group("credentials") == null ? "" : "***@";
    String name = address.group("name") == null ? "" : address.group("name");
    return address.group("scheme") + credentials + address.group("hosts") + name;
  }

  @Override
  public String toString() {
    return redacted();
  }
}
