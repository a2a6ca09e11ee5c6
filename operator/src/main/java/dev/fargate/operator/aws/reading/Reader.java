package dev.fargate.operator.aws.reading;

import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import java.util.List;
import java.util.function.Predicate;

/** Reads one kind from AWS. Never writes. AWS's errors leave as {@code SdkException}. */
public interface Reader {
  Kind kind();

  /**
   * Everything of this kind that is ours, in AWS's largest batches. Complete, or it throws.
   *
   * @param known what the snapshot has now; kinds that are created earlier are swept earlier
   */
  Part sweep(Known known);

  /** Fresh reads of exactly what the need names. */
  Part read(Need need);

  /** Forgets what it has cached of this thing, because it has been changed. */
  default void forget(String key) {}

  /** What the snapshot has. */
  interface Known {
    List<Seen> of(Kind kind);
  }

  /**
   * What a plan would change of one kind.
   *
   * @param wanted resolved as far as known
   * @param there what is to be updated, replaced or deleted
   */
  record Need(Owner owner, List<Resource> wanted, List<ObservedResource> there, Known known) {
    public Need {
      wanted = List.copyOf(wanted);
      there = List.copyOf(there);
    }
  }

  /**
   * The answer.
   *
   * @param covered which things the reads would have shown: of those, what was not seen is gone
   */
  record Part(Predicate<Seen> covered, List<Seen> seen) {
    public Part {
      seen = List.copyOf(seen);
    }

    /** All there is. */
    public static Part all(List<Seen> seen) {
      return new Part(any -> true, seen);
    }
  }
}
