package dev.fargate.operator.campaign;

import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One fault at many places of a run: every list comes in pages, or every write to AWS meets the
 * fault when it is made the first time.
 */
final class EveryCall {
  /** The faults that a workload can meet everywhere and still come to its end. */
  static final Set<FaultKind> KINDS = EnumSet.copyOf(Plans.PAGES);

  static {
    KINDS.addAll(Plans.WRITES);
    // Minutes at each write are hours.
    KINDS.remove(FaultKind.ACCESS_DENIED);
  }

  private final FaultKind fault;
  private final Duration lasts;

  /** When each write was made the first time. */
  private final Map<String, Instant> made = new HashMap<>();

  /**
   * @param lasts how long a call meets it; zero: once
   */
  EveryCall(FaultKind fault, Duration lasts) {
    this.fault = fault;
    this.lasts = lasts;
  }

  /** What this call meets; null: nothing. */
  FaultKind meets(String call, Struct input, Instant now) {
    boolean write = Site.isWrite(call);
    if (fault.isPages()) {
      return !write && Answers.hasPages(call) ? fault : null;
    }
    if (!write) {
      return null;
    }
    Instant first = made.putIfAbsent(call + what(call, input), now);
    return first == null || now.isBefore(first.plus(lasts)) ? fault : null;
  }

  /** The same when the same is asked for again; a new password is another one each time. */
  private static String what(String call, Struct input) {
    return call.startsWith("secretsmanager:")
        ? input.string("Name").or(() -> input.string("SecretId")).orElseThrow()
        : input.toString();
  }
}
