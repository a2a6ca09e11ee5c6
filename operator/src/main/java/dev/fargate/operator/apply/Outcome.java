package dev.fargate.operator.apply;

import dev.fargate.operator.plan.Action;
import dev.fargate.operator.stack.Output;
import java.time.Duration;
import java.util.Map;

/** What became of one action in this pass. Outcomes, not exceptions (decision 14). */
public sealed interface Outcome {
  /** The code where the operator itself held a call back, to stay below AWS's rate. */
  String HELD_BACK = "RequestBucketEmpty";

  Action action();

  /** The call succeeded. @param outputs what others may refer to from now on */
  record Done(Action action, Map<Output, String> outputs) implements Outcome {}

  /** AWS or another action must finish first. */
  record Waiting(Action action, String waitingFor) implements Outcome {}

  /**
   * @param error classified; @param requestId AWS's, or null
   */
  record Failed(
      Action action,
      ErrorClass error,
      String code,
      String message,
      String requestId,
      Duration retryAfter)
      implements Outcome {}

  /** A predecessor failed or waits, or leadership was not held. */
  record Skipped(Action action, String because) implements Outcome {}

  /** How an AWS error is to be treated; by code and message (AWS-FACTS 4.2). */
  enum ErrorClass {
    /** Come back later, backing off without end. */
    THROTTLED,
    SERVER,
    /** Something else must settle first: a short wait, then again. */
    TRANSIENT,
    /** A condition, and a slow look every few minutes. */
    DENIED,
    /** The request itself is wrong: nothing changes until the spec does. */
    INVALID,
    /** A quota. */
    CAPACITY
  }
}
