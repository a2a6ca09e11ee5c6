package dev.fargate.operator.aws.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What AWS tells only by a call of its own (tags, attributes), kept by ARN. Each entry is read
 * again after a while, not all at once. A newly created thing is not in here, so it is read.
 */
public final class TagCache {
  /**
   * Tags change by our own writes, which are forgotten here at once, or by a person. In a large
   * account the latter is seen after half an hour at the latest.
   */
  public static final Duration TAGS = Duration.ofMinutes(30);

  /**
   * What was read longest ago is read anew in every sweep, so that in a small account every change
   * by hand is seen within a minute (CORRECTNESS C10). AWS allows hundreds of such calls a minute.
   */
  private static final int CALLS_PER_SWEEP = 2;

  private final Clock clock;
  private final Duration age;
  private final int batch;
  private final Function<List<String>, Map<String, Map<String, String>>> load;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  private record Entry(Map<String, String> values, Instant read, Instant until) {}

  /**
   * @param age how long an entry counts; each ends up to a third earlier, spread by its key
   * @param batch how many ARNs one call takes
   * @param load reads a batch: ARN to its values; an ARN that is gone may lack
   */
  public TagCache(
      Clock clock,
      Duration age,
      int batch,
      Function<List<String>, Map<String, Map<String, String>>> load) {
    this.clock = clock;
    this.age = age;
    this.batch = batch;
    this.load = load;
  }

  /** The values of all these; what is gone meanwhile lacks. Forgets what is not asked for. */
  public Map<String, Map<String, String>> sweep(Collection<String> arns) {
    entries.keySet().retainAll(Set.copyOf(arns));
    entries.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getValue().read()))
        .limit((long) CALLS_PER_SWEEP * batch)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(entries::remove);
    return get(arns);
  }

  /** The values of these; what is gone meanwhile lacks. */
  public Map<String, Map<String, String>> get(Collection<String> arns) {
    Instant now = clock.instant();
    Set<String> asked = new LinkedHashSet<>(arns);
    List<String> old = new ArrayList<>();
    for (String arn : asked) {
      Entry entry = entries.get(arn);
      if (entry == null || entry.until().isBefore(now)) {
        old.add(arn);
      }
    }
    for (int from = 0; from < old.size(); from += batch) {
      List<String> some = old.subList(from, Math.min(old.size(), from + batch));
      some.forEach(entries::remove);
      load.apply(some)
          .forEach(
              (arn, values) ->
                  entries.put(arn, new Entry(Map.copyOf(values), now, until(arn, now))));
    }
    Map<String, Map<String, String>> found = new HashMap<>();
    for (String arn : asked) {
      Entry entry = entries.get(arn);
      if (entry != null) {
        found.put(arn, entry.values());
      }
    }
    return found;
  }

  public void forget(String arn) {
    entries.remove(arn);
  }

  public void forgetAll(Predicate<String> arns) {
    entries.keySet().removeIf(arns);
  }

  private Instant until(String arn, Instant now) {
    long third = age.toMillis() / 3;
    return now.plus(age).minusMillis(Math.floorMod(arn.hashCode(), third));
  }
}
