package dev.fargate.local.aws.elb;

import java.util.Locale;

/** Patterns with {@code *} (any characters, also none) and {@code ?} (exactly one). */
final class Wildcard {
  private Wildcard() {}

  static boolean matchesAnyCase(String pattern, String text) {
    return matches(pattern.toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT));
  }

  /** Linear in the text for every star, with no recursion: a request cannot make it slow. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  static int count(String pattern) {
    return (int) pattern.chars().filter(c -> c == '*' || c == '?').count();
  }
}
