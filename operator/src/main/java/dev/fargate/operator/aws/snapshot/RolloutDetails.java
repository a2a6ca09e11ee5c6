package dev.fargate.operator.aws.snapshot;

import dev.fargate.operator.aws.ecs.DeploymentHistory;
import dev.fargate.operator.aws.ecs.ShiftReader;
import dev.fargate.operator.aws.ecs.TaskFailures;
import dev.fargate.operator.aws.elb.TargetHealthReader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.plan.RolledBack;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.plan.Traffic;
import dev.fargate.operator.stack.Service;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Target health and stopped tasks of the services that are not at rest. Neither can be read in
 * batches, so a service at rest is not asked: its targets are empty then. One whose targets were
 * not all healthy is asked until they are: between two tasks that it ends, ECS calls it complete.
 */
public final class RolloutDetails {
  /** ECS forgets a stopped task after an hour (AWS-FACTS 0.10). */
  private static final Duration STOPPED_TASKS_KEPT = Duration.ofHours(1);

  /** Of a target that should take requests; draining and unused ones should not. */
  private static final Set<String> NOT_YET_HEALTHY = Set.of("initial", "unhealthy");

  private final TargetHealthReader health;
  private final TaskFailures failures;
  private final DeploymentHistory history;
  private final ShiftReader shiftReader;
  private final Clock clock;

  /**
   * @param to the primary deployment that ECS has gone back to
   */
  private record Rollback(String to, RolledBack from) {}

  private final Map<String, Rollback> rollbacks = new ConcurrentHashMap<>();

  private final Map<String, List<Rollout.Target>> targets = new ConcurrentHashMap<>();

  /** By service: where ECS stands with moving its traffic. */
  private final Map<String, Rollout.Shift> shifts = new ConcurrentHashMap<>();

  private final Map<String, List<String>> eventsSeen = new ConcurrentHashMap<>();

  /**
   * The last tasks of what ECS gives up end after it has said so: they are looked for once more.
   */
  private final Set<String> hadNews = ConcurrentHashMap.newKeySet();

  public RolloutDetails(
      TargetHealthReader health,
      TaskFailures failures,
      DeploymentHistory history,
      ShiftReader shiftReader,
      Clock clock) {
    this.clock = clock;
    this.health = health;
    this.failures = failures;
    this.history = history;
    this.shiftReader = shiftReader;
  }

  /** Asks ECS whether what the service runs now is what it went back to. */
  public void readHistory(Seen service) {
    if (service.rollout() == null || service.rollout().deployments().isEmpty()) {
      return;
    }
    String primary = service.rollout().deployments().get(0).id();
    history
        .rolledBack(((Service) service.actual()).name())
        .ifPresentOrElse(
            from -> rollbacks.put(service.key(), new Rollback(primary, from)),
            () -> rollbacks.remove(service.key()));
  }

  /**
   * Reads what these services need, and forgets what is at rest.
   *
   * @return whether any target or failure changed
   */
  public boolean read(Collection<Seen> services) {
    boolean changed = readShifts(services);
    for (Seen service : services) {
      Service actual = (Service) service.actual();
      boolean news = hasNews(service);
      if (isAtRest(service.rollout()) && !waitsForHealth(service)) {
        changed |= targets.remove(service.key()) != null;
        boolean justNow = hadNews.remove(service.key());
        if (news) {
          hadNews.add(service.key());
        }
        if (news || justNow) {
          // A task may have died and been replaced between two looks.
          changed |= failures.read(actual.name());
        }
      } else {
        List<Rollout.Target> found = new ArrayList<>();
        for (Service.Target target : actual.loadBalancers()) {
          for (String group : Traffic.groups(target)) {
            found.addAll(health.of(group));
          }
        }
        changed |= !found.equals(targets.put(service.key(), List.copyOf(found)));
        changed |= failures.read(actual.name());
      }
    }
    return changed;
  }

  private boolean waitsForHealth(Seen service) {
    return service.rollout() != null
        && !service.rollout().wantsNone()
        && targets.getOrDefault(service.key(), List.of()).stream()
            .anyMatch(target -> NOT_YET_HEALTHY.contains(target.state()));
  }

  /** All that move traffic together: they are asked in batches. */
  private boolean readShifts(Collection<Seen> services) {
    Map<String, String> asked = new HashMap<>();
    for (Seen service : services) {
      Rollout rollout = service.rollout();
      if (rollout != null
          && rollout.shift() != null
          && rollout.shift().serviceDeploymentArn() != null
          && !isAtRest(rollout)) {
        asked.put(service.key(), rollout.shift().serviceDeploymentArn());
      }
    }
    Map<String, Rollout.Shift> found =
        asked.isEmpty() ? Map.of() : shiftReader.of(new TreeSet<>(asked.values()));
    boolean changed = false;
    for (Seen service : services) {
      Rollout.Shift now = found.get(asked.getOrDefault(service.key(), ""));
      Rollout.Shift before =
          now == null ? shifts.remove(service.key()) : shifts.put(service.key(), now);
      changed |= !Objects.equals(before, now);
    }
    return changed;
  }

  /** Only of the service deployment that is the current one now. */
  private Rollout.Shift shiftOf(Seen service) {
    Rollout.Shift bare = service.rollout().shift();
    Rollout.Shift read = shifts.get(service.key());
    return bare == null
            || read == null
            || !read.serviceDeploymentArn().equals(bare.serviceDeploymentArn())
        ? bare
        : read;
  }

  /**
   * Whether ECS has said something since the last look. At the first look of this process it has,
   * if there may be stopped tasks left that nobody has read.
   */
  private boolean hasNews(Seen service) {
    if (service.rollout() == null) {
      return false;
    }
    List<String> before = eventsSeen.put(service.key(), service.rollout().events());
    if (before == null) {
      Instant latest = service.rollout().latestEvent();
      return latest != null && latest.isAfter(clock.instant().minus(STOPPED_TASKS_KEPT));
    }
    return !before.equals(service.rollout().events());
  }

  /** Forgets the services that are no more. */
  public void retain(Collection<Seen> services) {
    Set<String> keys = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Seen service : services) {
      keys.add(service.key());
      names.add(((Service) service.actual()).name());
    }
    targets.keySet().retainAll(keys);
    eventsSeen.keySet().retainAll(keys);
    hadNews.retainAll(keys);
    shifts.keySet().retainAll(keys);
    rollbacks.keySet().retainAll(keys);
    failures.retain(names);
  }

  /** The service's rollout with what is known beside it; null where none was read. */
  public Rollout of(Seen service) {
    Rollout bare = service.rollout();
    if (bare == null) {
      return null;
    }
    return new Rollout(
        bare.serviceStatus(),
        bare.desired(),
        bare.running(),
        bare.pending(),
        bare.deployments(),
        targets.getOrDefault(service.key(), List.of()),
        failures.of(((Service) service.actual()).name()),
        bare.events(),
        bare.latestEvent(),
        rolledBack(service),
        shiftOf(service));
  }

  /** Only of the deployment that is the primary now. */
  private RolledBack rolledBack(Seen service) {
    Rollback known = rollbacks.get(service.key());
    List<Rollout.Deployment> now = service.rollout().deployments();
    return known == null || now.isEmpty() || !now.get(0).id().equals(known.to())
        ? null
        : known.from();
  }

  /** One completed deployment, and as many tasks as wanted. */
  static boolean isAtRest(Rollout rollout) {
    return rollout == null
        || rollout.deployments().size() == 1
            && "COMPLETED".equals(rollout.deployments().get(0).rolloutState())
            && rollout.pending() == 0
            && rollout.running() == rollout.desired();
  }
}
