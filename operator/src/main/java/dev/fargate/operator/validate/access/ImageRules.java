package dev.fargate.operator.validate.access;

import dev.fargate.api.v1alpha1.environment.ImageAccess;
import dev.fargate.operator.validate.Problem;
import java.util.List;
import java.util.regex.Pattern;

/** Images that containers run: where they come from, and whether what runs can change unseen. */
final class ImageRules {
  private static final Pattern DIGEST = Pattern.compile(".*@sha256:[0-9a-f]{64}");

  private ImageRules() {}

  /** An image that the spec names. */
  static void named(String field, String image, Grant grant, List<Problem> problems) {
    List<String> prefixes = rules(grant).prefixes;
    check(field, image, prefixes != null && allows(prefixes, image), grant, problems);
  }

  /** An engine's own image, which the environment allows until it lists others. */
  static void ofEngine(String field, String image, Grant grant, List<Problem> problems) {
    List<String> prefixes = rules(grant).prefixes;
    check(field, image, prefixes == null || allows(prefixes, image), grant, problems);
  }

  private static void check(
      String field, String image, boolean listed, Grant grant, List<Problem> problems) {
    if (!listed) {
      problems.add(grant.notListed(field, image, "images.prefixes (its registry and repository)"));
    }
    if (Boolean.TRUE.equals(rules(grant).requireDigest) && !DIGEST.matcher(image).matches()) {
      problems.add(
          grant.refusal(
              field,
              Grant.shown(image) + " without a digest",
              "set spec.access.images.requireDigest to false; or write the image as"
                  + " repository@sha256:..."));
    }
    if (Boolean.TRUE.equals(rules(grant).forbidLatest) && isLatest(image)) {
      problems.add(
          grant.refusal(
              field,
              "the tag latest (" + Grant.shown(image) + ")",
              "set spec.access.images.forbidLatest to false; or name a tag that never moves"));
    }
  }

  private static ImageAccess rules(Grant grant) {
    return grant.access().images == null ? new ImageAccess() : grant.access().images;
  }

  static boolean allows(List<String> prefixes, String image) {
    return prefixes.contains(Starts.EVERYTHING)
        || (Starts.isPlain(image) && prefixes.stream().anyMatch(start -> begins(image, start)));
  }

  private static boolean begins(String image, String start) {
    if (start.isEmpty() || !image.startsWith(start)) {
      return false;
    }
    String rest = image.substring(start.length());
    char last = start.charAt(start.length() - 1);
    if (rest.isEmpty() || last == '/' || rest.startsWith("/")) {
      return true;
    }
    // A colon with a path behind it is the port of another registry, no tag.
    boolean parts = last == ':' || last == '@' || rest.startsWith(":") || rest.startsWith("@");
    return parts && rest.indexOf('/') < 0;
  }

  private static boolean isLatest(String image) {
    if (image.indexOf('@') >= 0) {
      return false;
    }
    int tag = image.indexOf(':', image.lastIndexOf('/') + 1);
    return tag < 0 || image.substring(tag + 1).equals("latest");
  }
}
