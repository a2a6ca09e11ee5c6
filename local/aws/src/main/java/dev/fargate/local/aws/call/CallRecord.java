package dev.fargate.local.aws.call;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All calls in their order, newest last, and their number per operation. Safe to use anywhere. */
public final class CallRecord {
  /** Older calls are forgotten, their numbers are not: a laptop's endpoint may run for days. */
  private static final int KEPT = 100_000;

  private final Deque<Call> calls = new ArrayDeque<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  synchronized void add(Call call) {
    calls.add(call);
    counts.merge(call.name(), 1, Integer::sum);
    if (calls.size() > KEPT) {
      calls.remove();
    }
  }

  public synchronized List<Call> all() {
    return new ArrayList<>(calls);
  }

  public List<Call> matching(Predicate<Call> predicate) {
    return all().stream().filter(predicate).toList();
  }

  /**
   * @param name for example {@code ecs:CreateService}
   */
  public List<Call> named(String name) {
    return matching(call -> call.name().equals(name));
  }

  /** The calls that may have changed something. */
  public List<Call> writes() {
    return matching(Call::isWrite);
  }

  /** Calls since the start or the last {@link #clear}, per operation. */
  public synchronized Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  public synchronized int count(String name) {
    return counts.getOrDefault(name, 0);
  }

  /** Forgets everything, to start a new count. */
  public synchronized void clear() {
    calls.clear();
    counts.clear();
  }
}
