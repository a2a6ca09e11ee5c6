package dev.fargate.operator.aws.snapshot;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Reader.Part;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What AWS has in one environment, as far as it has been read (decision 6).
 *
 * <p>Every read is stamped with its <em>start</em>, every own write with its end, by one counter
 * and not by the clock, which may stand still between the two. A record changes only by a newer
 * stamp: a slow sweep that began before a write cannot undo what the write told. What we have just
 * created is not absent for a while, even if a newer read lacks it: AWS's lists lag.
 */
public final class Snapshot implements Reader.Known {
  /** AWS's own advice for read-after-create is "up to two minutes" (AWS-FACTS 7). */
  private static final Duration CREATE_GRACE = Duration.ofMinutes(2);

  /**
   * What only narrow reads see (another's thing with a name that we want) is believed so long; then
   * the next narrow read looks again.
   */
  private static final Duration BEYOND_SWEEPS = Duration.ofMinutes(5);

  private final Clock clock;
  private final Map<Kind, Shelf> shelves = new EnumMap<>(Kind.class);
  private long counter;

  /**
   * What we have tried to create and AWS has not said that it did.
   *
   * @param refused AWS has answered that it will not, each time; of several calls that make it the
   *     first may have been heard all the same
   */
  public record Attempt(Owner owner, Resource wanted, boolean refused, Instant at) {}

  /** The records of one kind. */
  private static final class Shelf {
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Gone> gone = new HashMap<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private boolean swept;
  }

  /**
   * @param createdAt when we created it; null when we did not
   */
  private record Entry(Seen seen, long stamp, Instant readAt, Instant createdAt) {}

  /** What we have deleted, until a newer read has confirmed it. */
  private record Gone(Seen seen, long stamp) {}

  public Snapshot(Clock clock) {
    this.clock = clock;
    for (Kind kind : Kind.values()) {
      shelves.put(kind, new Shelf());
    }
  }

  /** The stamp of a read that starts now. */
  public synchronized long stamp() {
    return ++counter;
  }

  @Override
  public synchronized List<Seen> of(Kind kind) {
    return shelves.get(kind).entries.values().stream().map(Entry::seen).toList();
  }

  /** Whether a complete sweep of the kind has been seen. */
  public synchronized boolean isKnown(Kind kind) {
    return shelves.get(kind).swept;
  }

  /**
   * Takes a complete sweep in.
   *
   * @param stamp of its start
   * @return what has changed: the things as they were and as they are
   */
  public synchronized List<Seen> swept(Kind kind, Part part, long stamp) {
    shelves.get(kind).swept = true;
    Instant settled = clock.instant().minus(CREATE_GRACE);
    shelves.get(kind).attempts.removeIf(attempt -> attempt.at().isBefore(settled));
    Instant old = clock.instant().minus(BEYOND_SWEEPS);
    return take(kind, part, stamp, entry -> entry.readAt().isBefore(old));
  }

  /** Takes a narrow read in, as {@link #swept}. */
  public synchronized List<Seen> read(Kind kind, Part part, long stamp) {
    return take(kind, part, stamp, entry -> false);
  }

  private List<Seen> take(Kind kind, Part part, long stamp, Predicate<Entry> expired) {
    Shelf shelf = shelves.get(kind);
    Instant now = clock.instant();
    List<Seen> changed = new ArrayList<>();
    Set<String> present = new HashSet<>();
    for (Seen seen : part.seen()) {
      present.add(seen.key());
      put(shelf, seen, stamp, now, changed);
    }
    shelf.gone.values().removeIf(gone -> gone.stamp() < stamp && part.covered().test(gone.seen()));
    List<Entry> entries = new ArrayList<>(shelf.entries.values());
    for (Entry entry : entries) {
      boolean missing =
          !present.contains(entry.seen().key())
              && (part.covered().test(entry.seen()) || expired.test(entry));
      if (missing && entry.stamp() < stamp && !isFresh(entry, now)) {
        shelf.entries.remove(entry.seen().key());
        changed.add(entry.seen());
      }
    }
    return changed;
  }

  private static void put(Shelf shelf, Seen seen, long stamp, Instant now, List<Seen> changed) {
    Gone gone = shelf.gone.get(seen.key());
    if (gone != null && gone.stamp() > stamp) {
      return;
    }
    shelf.gone.remove(seen.key());
    Entry before = shelf.entries.get(seen.key());
    if (before != null && before.stamp() > stamp) {
      return;
    }
    Seen kept = withItsTags(seen, before);
    // Seen by AWS itself, so it needs no grace any more.
    shelf.entries.put(seen.key(), new Entry(kept, stamp, now, null));
    if (before == null || !before.seen().equals(kept)) {
      changed.add(kept);
      if (before != null) {
        changed.add(before.seen());
      }
    }
  }

  /** A service loses its tags with its deletion, while it still drains (AWS-FACTS 4.3). */
  private static Seen withItsTags(Seen seen, Entry before) {
    if (before == null || seen.lifecycle() != Lifecycle.DELETING || !seen.tags().isEmpty()) {
      return seen;
    }
    return new Seen(
        seen.key(),
        before.seen().actual(),
        seen.outputs(),
        before.seen().tags(),
        seen.lifecycle(),
        seen.contentHash(),
        seen.rollout());
  }

  private static boolean isFresh(Entry entry, Instant now) {
    return entry.createdAt() != null && now.isBefore(entry.createdAt().plus(CREATE_GRACE));
  }

  /**
   * An own create that has failed: it may have been made all the same. A sweep some minutes later
   * tells, or a read of just that.
   */
  public synchronized void attempted(Owner owner, Resource wanted, boolean refused) {
    List<Attempt> attempts = shelves.get(wanted.id().kind()).attempts;
    // While AWS cannot be read, the same may fail for hours: it is one thing to look for.
    List<Attempt> before =
        attempts.stream()
            .filter(it -> it.owner().equals(owner) && it.wanted().equals(wanted))
            .toList();
    attempts.removeAll(before);
    // A later refusal says nothing of an earlier attempt that nobody heard the end of.
    boolean all = refused && before.stream().allMatch(Attempt::refused);
    attempts.add(new Attempt(owner, wanted, all, clock.instant()));
  }

  /** What this owner has tried to create and nobody has looked for since. */
  public synchronized List<Attempt> attempts(Owner owner) {
    return shelves.values().stream()
        .flatMap(shelf -> shelf.attempts.stream())
        .filter(attempt -> attempt.owner().equals(owner))
        .toList();
  }

  /**
   * It has been looked for; what was there is known now.
   *
   * @return whether that says all; not while it may be there and AWS's lists lack it yet
   */
  public synchronized boolean lookedFor(Attempt attempt) {
    Shelf shelf = shelves.get(attempt.wanted().id().kind());
    boolean found =
        shelf.entries.values().stream()
            .map(Entry::seen)
            .anyMatch(
                seen ->
                    seen.isOf(attempt.owner())
                        && seen.actual().id().equals(attempt.wanted().id())
                        // Its predecessor may have the same id.
                        && seen.actual().physicalName().equals(attempt.wanted().physicalName()));
    boolean settled = attempt.at().isBefore(clock.instant().minus(CREATE_GRACE));
    if (found || settled || attempt.refused()) {
      shelf.attempts.remove(attempt);
      return true;
    }
    return false;
  }

  /** An own create that has just succeeded. */
  public synchronized void created(Seen seen) {
    put(seen, clock.instant());
  }

  /** An own change that has just succeeded. */
  public synchronized void updated(Seen seen) {
    Entry before = shelves.get(seen.kind()).entries.get(seen.key());
    put(seen, before == null ? null : before.createdAt());
  }

  private void put(Seen seen, Instant createdAt) {
    Shelf shelf = shelves.get(seen.kind());
    shelf.gone.remove(seen.key());
    shelf.entries.put(seen.key(), new Entry(seen, ++counter, clock.instant(), createdAt));
  }

  /** An own delete that has just succeeded: absent, but not confirmed. */
  public synchronized void deleted(Seen seen) {
    Shelf shelf = shelves.get(seen.kind());
    shelf.entries.remove(seen.key());
    shelf.gone.put(seen.key(), new Gone(seen, ++counter));
  }

  /** What we have deleted and no later read has confirmed. */
  public synchronized List<Seen> unconfirmed(Predicate<Seen> which) {
    return shelves.values().stream()
        .map(shelf -> shelf.gone.values())
        .flatMap(Collection::stream)
        .map(Gone::seen)
        .filter(which)
        .toList();
  }

  /** One thing; null when it is not there. */
  public synchronized Seen find(Kind kind, String key) {
    Entry entry = shelves.get(kind).entries.get(Objects.requireNonNull(key));
    return entry == null ? null : entry.seen();
  }
}
