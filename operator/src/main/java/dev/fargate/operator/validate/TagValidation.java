package dev.fargate.operator.validate;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How many tags a resource of an object would carry, its environment's among them. */
public final class TagValidation {
  /** AWS's limit for every kind we tag (AWS-FACTS 2). */
  private static final int AWS_LIMIT = 50;

  /** Owner, object, part, marked keys, and a service's last restart and attempt. */
  private static final int OURS = 6;

  private TagValidation() {}

  /**
   * @param own of the object
   * @param environments {@code spec.defaults.tags} of its environment
   * @return null when they fit
   */
  public static Problem check(
      Map<String, String> own, Map<String, String> environments, String environment) {
    Set<String> keys = new TreeSet<>(own.keySet());
    keys.addAll(environments.keySet());
    if (keys.size() <= AWS_LIMIT - OURS) {
      return null;
    }
    return new Problem(
        "spec.tags",
        own.size()
            + " keys here and "
            + environments.size()
            + " in spec.defaults.tags of FargateEnvironment "
            + environment
            + " make "
            + keys.size()
            + "; AWS takes "
            + AWS_LIMIT
            + " on a resource, "
            + OURS
            + " are the operator's: keep "
            + (AWS_LIMIT - OURS)
            + " together");
  }
}
