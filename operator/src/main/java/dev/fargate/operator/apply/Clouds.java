package dev.fargate.operator.apply;

import dev.fargate.api.v1alpha1.FargateEnvironment;

/** The cloud of each environment. */
public interface Clouds {
  /** The cloud of this environment; made on first use, made anew when where or as whom changes. */
  Cloud of(FargateEnvironment environment);

  /** Closes what an environment held; called when it is gone. */
  void forget(String environmentName);
}
