package dev.fargate.operator.apply;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import java.util.Optional;

/** The cloud of each environment. */
public interface Clouds {
  /**
   * Why nothing of this environment can be asked, with the field to correct; empty when it can. Its
   * cloud cannot be had then.
   */
  default Optional<String> refusal(FargateEnvironment environment) {
    return Optional.empty();
  }

  /** The cloud of this environment; made on first use, made anew when where or as whom changes. */
  Cloud of(FargateEnvironment environment);

  /** Closes what an environment held; called when it is gone. */
  void forget(String environmentName);
}
