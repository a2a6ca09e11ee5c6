package dev.fargate.local.kube.write;

import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.Query;
import dev.fargate.local.kube.wire.StatusError;
import java.util.List;

/**
 * How a write was asked for.
 *
 * @param fieldManager who writes; from the user agent when not given
 * @param dryRun whether to do everything but store
 * @param force whether an apply takes over fields
 */
public record WriteOptions(
    String fieldManager, boolean dryRun, FieldValidation validation, boolean force) {
  /** Kubernetes' limit for the manager's name. */
  private static final int LONGEST_MANAGER = 128;

  /** What happens to fields that are unknown or given twice. */
  public enum FieldValidation {
    IGNORE,
    WARN,
    STRICT
  }

  /**
   * Reads the query parameters.
   *
   * @throws StatusError 400 or 422 when one of them has no supported value
   */
  public static WriteOptions of(KubeRequest request) {
    Query query = request.query();
    return new WriteOptions(
        manager(request),
        dryRun(query.values().getOrDefault("dryRun", List.of())),
        validation(query),
        query.flag("force"));
  }

  /**
   * Reads a list of dry run directives.
   *
   * @throws StatusError 422 when it holds anything but {@code All}
   */
  static boolean dryRun(List<String> directives) {
    List<String> given = directives.stream().filter(d -> !d.isEmpty()).toList();
    for (String directive : given) {
      if (!directive.equals("All")) {
        throw StatusError.badRequest(
            "dryRun: Unsupported value: \"" + directive + "\": supported values: \"All\"");
      }
    }
    return !given.isEmpty();
  }

  private static FieldValidation validation(Query query) {
    return switch (query.first("fieldValidation")) {
      case "Ignore" -> FieldValidation.IGNORE;
      case "", "Warn" -> FieldValidation.WARN;
      case "Strict" -> FieldValidation.STRICT;
      default ->
          throw StatusError.badRequest(
              "fieldValidation: Unsupported value: \""
                  + query.first("fieldValidation")
                  + "\": supported values: \"Ignore\", \"Warn\", \"Strict\"");
    };
  }

  private static String manager(KubeRequest request) {
    String given = request.query().first("fieldManager");
    if (given.length() > LONGEST_MANAGER) {
      throw StatusError.badRequest(
          "fieldManager: Too long: may not be more than " + LONGEST_MANAGER + " bytes");
    }
    if (!given.isEmpty()) {
      return given;
    }
    String agent = request.header("user-agent");
    int slash = agent.indexOf('/');
    String prefix = slash < 0 ? agent : agent.substring(0, slash);
    return prefix.isEmpty()
        ? "unknown"
        : prefix.substring(0, Math.min(prefix.length(), LONGEST_MANAGER));
  }
}
