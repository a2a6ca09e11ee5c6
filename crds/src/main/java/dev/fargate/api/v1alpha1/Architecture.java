package dev.fargate.api.v1alpha1;

/** Processor architectures of a task, as AWS writes them. */
public final class Architecture {

  /** Intel and AMD. */
  public static final String X86_64 = "X86_64";

  /** Graviton. */
  public static final String ARM64 = "ARM64";

  private Architecture() {}
}
