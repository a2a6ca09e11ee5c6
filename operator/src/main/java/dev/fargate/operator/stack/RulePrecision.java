package dev.fargate.operator.stack;

import java.util.Collection;
import java.util.Locale;

/**
 * How precisely a host and a path say which requests they mean: what decides which of two listener
 * rules comes first (decision 11). An exact host is more precise than a pattern, and that than
 * none; of the same class the one with the longer path is.
 *
 * @param literals characters of the path that are no wildcard, 0..128
 */
public record RulePrecision(HostClass hosts, int literals) {
  /** AWS's limit for one condition value (AWS-FACTS 6.4). */
  public static final int LONGEST_PATH = 128;

  /** The more precise one first. */
  public enum HostClass {
    EXACT,
    WILDCARD,
    ANY
  }

  /** The least precise of all these hosts with all these paths; none stands for everything. */
  public static RulePrecision of(Collection<String> hosts, Collection<String> paths) {
    return new RulePrecision(
        hosts.stream()
            .map(RulePrecision::hostClass)
            .max(HostClass::compareTo)
            .orElse(HostClass.ANY),
        paths.stream().mapToInt(RulePrecision::literals).min().orElse(0));
  }

  public static HostClass hostClass(String host) {
    return host.indexOf('*') >= 0 || host.indexOf('?') >= 0 ? HostClass.WILDCARD : HostClass.EXACT;
  }

  /** How many characters of a path are no wildcard. */
  public static int literals(String path) {
    return Math.min(LONGEST_PATH, path.replace("*", "").replace("?", "").length());
  }

  /** {@code exact-5}: part of resource ids. */
  @Override
  public String toString() {
    return hosts.name().toLowerCase(Locale.ROOT) + "-" + literals;
  }
}
