package dev.fargate.operator.apply;

/** What came of keeping a Kubernetes Secret. */
public sealed interface Publication {
  /** It is as wanted, or gone as wanted. */
  record Settled() implements Publication {}

  /** Somebody else's Secret has the name; it was left alone. */
  record Foreign() implements Publication {}

  /** Kubernetes denies us a call. */
  record Denied(String message) implements Publication {}

  /** It did not work this time; the next pass tries again. */
  record Later(String message) implements Publication {}
}
