package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.operator.status.Reason;

/** Which environment an object means, and what to say when there is none. */
final class Environments {
  private Environments() {}

  static String nameOf(String specified) {
    return specified == null ? FieldDefaults.ENVIRONMENT : specified;
  }

  /** What is wrong with an environment, for the objects in it. */
  static String says(String name, String what) {
    return "FargateEnvironment " + name + ": " + what;
  }

  /**
   * @param wasThere the object has run in it: then it vanished, rather than not come yet
   */
  static Missing missing(String name, boolean wasThere) {
    return new Missing(
        Reason.ENVIRONMENT_MISSING,
        "spec.environment: FargateEnvironment "
            + name
            + (wasThere
                ? " is gone; apply it again."
                : " does not exist yet; apply it, or name another."));
  }
}
