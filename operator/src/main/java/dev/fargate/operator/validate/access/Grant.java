package dev.fargate.operator.validate.access;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.Access;
import dev.fargate.api.v1alpha1.environment.Defaults;
import dev.fargate.operator.validate.Problem;

/**
 * What one environment allows, and the words in which it refuses.
 *
 * @param access never null: an environment without one allows what the absence of each field says
 * @param defaults never null
 * @param region null in an object that is older than the schema
 * @param accountId null before the environment has been read
 */
record Grant(
    String environment, Access access, Defaults defaults, String region, String accountId) {
  /** A message is read by people; a value as long as an ARN still fits. */
  private static final int VALUE_LIMIT = 200;

  static Grant of(FargateEnvironment environment) {
    var spec = environment.getSpec();
    return new Grant(
        environment.getMetadata().getName(),
        spec.access == null ? new Access() : spec.access,
        spec.defaults == null ? new Defaults() : spec.defaults,
        spec.region,
        environment.getStatus() == null ? null : environment.getStatus().accountId);
  }

  /**
   * @param field of the app or database
   * @param value what was asked for
   * @param list of the environment, below {@code spec.access}
   */
  Problem notListed(String field, String value, String list) {
    return refusal(field, shown(value), "list it in spec.access." + list);
  }

  /**
   * @param what was asked for, in words
   * @param change what the environment's owner has to do
   */
  Problem refusal(String field, String what, String change) {
    return new Problem(
        field,
        what
            + " is not allowed by FargateEnvironment "
            + environment
            + "; whoever owns it would have to "
            + change);
  }

  /** Values come from others: nothing in them may break a line or flood a message. */
  static String shown(String value) {
    String line = value.replaceAll("[^\\x20-\\x7e]", "?");
    return line.length() <= VALUE_LIMIT ? line : line.substring(0, VALUE_LIMIT) + "...";
  }
}
