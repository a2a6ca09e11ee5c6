package dev.fargate.operator.aws.route53;

import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.ResourceId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text records that say whose a name is. Each stands under its host, at a label that no host
 * can have; a star stands as a word there, since Route 53 knows a star in front only.
 */
final class Registry {
  private static final String PREFIX = "_fargate-operator.";
  private static final String STAR = "*.";
  private static final String STAR_AS_WORD = "_any.";

  private static final Pattern TEXT =
      Pattern.compile(
          "\"heritage=fargate-operator,owner=([a-z0-9-]{1,20}),resource=(FargateApp/[^/,\"]+/[^/,\"]+)\"");

  private Registry() {}

  /** The name of the text record of a host. */
  static String name(String host) {
    return PREFIX + (host.startsWith(STAR) ? STAR_AS_WORD + host.substring(STAR.length()) : host);
  }

  /** The host that a text record of this name is about; empty when the name is none of ours. */
  static Optional<String> host(String name) {
    if (!name.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String rest = name.substring(PREFIX.length());
    return Optional.of(
        rest.startsWith(STAR_AS_WORD) ? STAR + rest.substring(STAR_AS_WORD.length()) : rest);
  }

  /** The text, quoted as Route 53 wants it. */
  static String text(Owner owner) {
    return "\"heritage=fargate-operator,owner="
        + owner.ownerId()
        + ",resource="
        + owner.reference()
        + "\"";
  }

  /** Whose the text says a host is, as if it carried tags; empty when it is no text of ours. */
  static Map<String, String> tags(String text, String host) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Seen.ownershipTags(
            Owner.parse(matcher.group(1), matcher.group(2)), new ResourceId(Kind.PUBLIC_NAME, host))
        : Map.of();
  }
}
