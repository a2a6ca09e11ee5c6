package dev.fargate.operator.aws.clients;

import java.util.function.BooleanSupplier;

/**
 * For what this thread calls AWS now. It decides who gets the next token of a request bucket, and
 * it is what lets a write through: outside a {@link #write write} scope a mutating call fails, so
 * nothing but {@code apply} can change AWS, and each of its calls asks for leadership first.
 *
 * <p>Bound to the thread, since the SDK's sync clients run a call and its interceptors in the
 * caller's thread; open it in try-with-resources.
 */
public final class CallScope implements AutoCloseable {
  /** Who gets the next token when they are short (decision 18). */
  public enum Priority {
    /** A pass: writes and the reads right before them. Never waits for a token. */
    PASS,
    /** Services in rollout, every few seconds. */
    ROLLOUT,
    /** The regular look at everything. */
    SWEEP
  }

  private static final ThreadLocal<CallScope> CURRENT = new ThreadLocal<>();

  private final CallScope outer;
  private final Priority priority;
  private final BooleanSupplier leadershipHeld;

  private CallScope(Priority priority, BooleanSupplier leadershipHeld) {
    this.outer = CURRENT.get();
    this.priority = priority;
    this.leadershipHeld = leadershipHeld;
    CURRENT.set(this);
  }

  /** Reads only, at this priority. */
  public static CallScope read(Priority priority) {
    return new CallScope(priority, null);
  }

  /** Reads and writes; each write first asks whether leadership is held. */
  public static CallScope write(BooleanSupplier leadershipHeld) {
    return new CallScope(Priority.PASS, leadershipHeld);
  }

  /** A thread without a scope is a read of a pass. */
  static Priority priority() {
    CallScope scope = CURRENT.get();
    return scope == null ? Priority.PASS : scope.priority;
  }

  /** The leadership to ask; null where nothing may be written. */
  static BooleanSupplier leadership() {
    CallScope scope = CURRENT.get();
    return scope == null ? null : scope.leadershipHeld;
  }

  @Override
  public void close() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }
}
