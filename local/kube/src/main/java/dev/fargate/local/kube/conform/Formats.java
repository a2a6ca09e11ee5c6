package dev.fargate.local.kube.conform;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The text formats a real server checks and this one can, and the names of those it cannot. */
final class Formats {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
  private static final Pattern DURATION =
      Pattern.compile("-?((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|ms|s|m|h|d|w))+|0");
  private static final Pattern HOSTNAME =
      Pattern.compile(
          "[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?)*");

  private static final Map<String, Predicate<String>> CHECKED =
      Map.of(
          "date-time", parses(OffsetDateTime::parse),
          "date", parses(LocalDate::parse),
          "byte", parses(text -> Base64.getDecoder().decode(text)),
          "ipv4", text -> IPV4.matcher(text).matches(),
          "uuid", text -> UUID.matcher(text).matches(),
          "duration", text -> DURATION.matcher(text).matches(),
          "hostname", text -> HOSTNAME.matcher(text).matches(),
          "uri", Formats::absoluteUri,
          "password", text -> true);

  private static final Set<String> NOT_CHECKED =
      Set.of(
          "bsonobjectid",
          "email",
          "ipv6",
          "cidr",
          "mac",
          "uuid3",
          "uuid4",
          "uuid5",
          "isbn",
          "isbn10",
          "isbn13",
          "creditcard",
          "ssn",
          "hexcolor",
          "rgbcolor");

  private Formats() {}

  private interface Parser {
    Object parse(String text);
  }

  /** Whether a text is of a format; unknown formats accept everything, as on a real server. */
  static boolean fits(String format, String text) {
    return CHECKED.getOrDefault(format, t -> true).test(text);
  }

  /** Whether a real server checks this format and we do not: a definition with it is refused. */
  static boolean unsupported(String format) {
    return NOT_CHECKED.contains(format);
  }

  private static boolean absoluteUri(String text) {
    try {
      return new URI(text).isAbsolute() || text.startsWith("/");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Predicate<String> parses(Parser parser) {
    return text -> {
      try {
        return parser.parse(text) != null;
      } catch (DateTimeException | IllegalArgumentException e) {
        return false;
      }
    };
  }
}
