package dev.fargate.operator.aws.snapshot;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.aws.clients.CallScope;
import dev.fargate.operator.aws.clients.CallScope.Priority;
import dev.fargate.operator.aws.errors.ErrorTable;
import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.stack.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks at every kind once, in the order in which one kind's records say where the next are. */
public final class Sweeper {
  /** What one kind's sweep needs from this very sweep. */
  private static final Map<Kind, Kind> NEEDS =
      new EnumMap<>(
          Map.of(
              Kind.SECURITY_GROUP_RULE, Kind.SECURITY_GROUP,
              Kind.LISTENER, Kind.LOAD_BALANCER,
              Kind.LISTENER_RULE, Kind.LISTENER,
              Kind.ACCESS_POINT, Kind.FILE_SYSTEM,
              Kind.MOUNT_TARGET, Kind.ACCESS_POINT,
              Kind.BACKUP_SELECTION, Kind.BACKUP_PLAN,
              Kind.DISCOVERY_SERVICE, Kind.PRIVATE_DNS_NAMESPACE,
              Kind.TASK_DEFINITION, Kind.SERVICE,
              Kind.SCALING_POLICY, Kind.SCALABLE_TARGET));

  /** Of public names AWS is asked only where an environment has a public zone. */
  private static final Set<Kind> ALWAYS_ASKED = EnumSet.complementOf(EnumSet.of(Kind.PUBLIC_NAME));

  /** Services before their task definitions, else as they are created. */
  private static final List<Kind> ORDER = order();

  private final Snapshot snapshot;
  private final Function<Kind, Reader> readers;

  public Sweeper(Snapshot snapshot, Function<Kind, Reader> readers) {
    this.snapshot = snapshot;
    this.readers = readers;
  }

  private static List<Kind> order() {
    List<Kind> order = new ArrayList<>(List.of(Kind.values()));
    order.remove(Kind.TASK_DEFINITION);
    order.add(order.indexOf(Kind.SERVICE) + 1, Kind.TASK_DEFINITION);
    return order;
  }

  /**
   * What came of a sweep.
   *
   * @param changed the things that changed, as they were and as they are
   * @param failures by kind, where AWS did not answer
   */
  public record Result(List<Seen> changed, Map<Kind, AwsFailure> failures) {
    public boolean complete() {
      return failures.isEmpty();
    }

    /**
     * Whether all that we are allowed to read has been read, and that is anything: a denied kind
     * stays unknown.
     */
    public boolean completeAsAllowed() {
      return failures.values().stream().allMatch(f -> f.errorClass() == ErrorClass.DENIED)
          && !failures.keySet().containsAll(ALWAYS_ASKED);
    }
  }

  /** One full sweep. Kinds whose reads fail keep what was known of them. */
  public Result sweep() {
    List<Seen> changed = new ArrayList<>();
    Map<Kind, AwsFailure> failures = new EnumMap<>(Kind.class);
    Set<Kind> read = EnumSet.noneOf(Kind.class);
    try (CallScope scope = CallScope.read(Priority.SWEEP)) {
      for (Kind kind : ORDER) {
        Kind needed = NEEDS.get(kind);
        if (needed != null && !read.contains(needed)) {
          failures.put(kind, failures.get(needed));
          continue;
        }
        long stamp = snapshot.stamp();
        try {
          changed.addAll(snapshot.swept(kind, readers.apply(kind).sweep(snapshot), stamp));
          read.add(kind);
        } catch (SdkException failure) {
          failures.put(kind, ErrorTable.classify(failure));
        } catch (AwsFailure failure) {
          failures.put(kind, failure);
        }
      }
    }
    return new Result(changed, failures);
  }
}
