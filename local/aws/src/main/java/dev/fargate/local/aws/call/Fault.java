package dev.fargate.local.aws.call;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/** One fault that a test has asked for. Safe to use anywhere. */
public final class Fault {
  private final Trigger trigger;
  private final Effect effect;
  private int seen;
  private int hits;
  private boolean cancelled;

  Fault(Trigger trigger, Effect effect) {
    this.trigger = trigger;
    this.effect = effect;
  }

  /**
   * Which calls it meets.
   *
   * @param name {@code service:Operation}, {@code service:*} or {@code *}
   * @param skip how many matching calls pass first
   * @param times how many calls it meets then
   */
  record Trigger(String name, Predicate<Struct> input, int skip, int times) {
    boolean matches(String call, Struct actual) {
      boolean named =
          name.equals("*")
              || name.equals(call)
              || (name.endsWith(":*") && call.startsWith(name.substring(0, name.length() - 1)));
      return named && input.test(actual);
    }
  }

  /** What happens to a call. */
  sealed interface Effect {
    /** The call fails and has changed nothing. */
    record ErrorBefore(AwsException error) implements Effect {}

    /** The call takes effect and is then answered with an error. */
    record ErrorAfter(AwsException error) implements Effect {}

    /** The call takes effect and its answer never arrives. */
    record LostAnswer() implements Effect {}

    /** The call never arrives: no effect and no answer. */
    record LostRequest() implements Effect {}

    /** The call waits before it takes effect. */
    record Delay(Duration by) implements Effect {}

    /** The answer is changed; the function gets input and true output. */
    record ChangedAnswer(BinaryOperator<Struct> change) implements Effect {}

    /** The answer that the same question had the last time. */
    record StaleAnswer() implements Effect {}
  }

  Effect effect() {
    return effect;
  }

  /** Counts a call and says whether this fault meets it. */
  synchronized boolean meets(String call, Struct input) {
    if (cancelled || !trigger.matches(call, input)) {
      return false;
    }
    seen++;
    if (seen <= trigger.skip() || hits >= trigger.times()) {
      return false;
    }
    hits++;
    return true;
  }

  /** How many calls it has met. */
  public synchronized int hits() {
    return hits;
  }

  /** Meets no further call. */
  public synchronized void cancel() {
    cancelled = true;
  }
}
