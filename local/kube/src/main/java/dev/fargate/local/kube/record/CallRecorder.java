package dev.fargate.local.kube.record;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Counts every call, and keeps the latest ones; so that tests can compare what was done with what
 * was allowed.
 */
public final class CallRecorder {
  /** Single calls that are kept; the counts have no limit. */
  private static final int KEPT = 10_000;

  private final Deque<Call> latest = new ArrayDeque<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private long total;

  /** Records a call; refused calls count as well. */
  public synchronized void record(Call call) {
    total++;
    latest.addLast(call);
    if (latest.size() > KEPT) {
      latest.removeFirst();
    }
    counts.merge(key(call.verb(), call.group(), call.rbacResource()), 1L, Long::sum);
  }

  /** How many calls there were. */
  public synchronized long total() {
    return total;
  }

  /**
   * How many there were of one verb on one resource, such as {@code patch}, {@code apps}, {@code
   * deployments/scale}.
   */
  public synchronized long count(String verb, String group, String rbacResource) {
    return counts.getOrDefault(key(verb, group, rbacResource), 0L);
  }

  /** The latest calls that match, oldest first. */
  public synchronized List<Call> calls(Predicate<Call> which) {
    return latest.stream().filter(which).toList();
  }

  /** The latest writes, oldest first. */
  public List<Call> writes() {
    List<String> reads = List.of("get", "list", "watch");
    return calls(call -> !reads.contains(call.verb()));
  }

  /** Forgets everything, to count from here. */
  public synchronized void clear() {
    latest.clear();
    counts.clear();
    total = 0;
  }

  private static String key(String verb, String group, String rbacResource) {
    return verb + " " + group + "/" + rbacResource;
  }
}
