package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Match.State;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.plan.Plan.Conflict;
import dev.fargate.operator.plan.PlanOptions.RecentCreate;
import dev.fargate.operator.plan.diff.Differs;
import dev.fargate.operator.stack.BackupSelection;
import dev.fargate.operator.stack.ContentHash;
import dev.fargate.operator.stack.DiscoveryService;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Listener;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.MountTarget;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Secret;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.TaskDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts what is wanted beside what is there: matched, missing, or somebody else's; what is left over
 * of ours is extra. In the order of creation, so that references resolve along the way.
 */
final class Matcher {
  /** Outputs that are known before AWS is asked: the names we give. */
  private static final Set<Kind> NAMED_BY_US =
      Set.of(Kind.CLUSTER, Kind.LOG_GROUP, Kind.SECRET, Kind.BACKUP_VAULT, Kind.SERVICE);

  /** A group rule with the same content; a mount target of the same file system and zone. */
  private static final Set<Kind> AS_GOOD_WHOEVER_OWNS_IT =
      Set.of(Kind.SECURITY_GROUP_RULE, Kind.MOUNT_TARGET);

  private final Stack stack;
  private final Observed observed;
  private final PlanOptions options;
  private final List<ObservedResource> candidates;
  private final Map<ResourceId, Match> matches = new LinkedHashMap<>();
  private final List<Conflict> conflicts = new ArrayList<>();
  private final List<Plan.Ignored> ignored = new ArrayList<>();
  private final Set<ObservedResource> used = new HashSet<>();
  private final Set<ResourceId> undecided = new HashSet<>();
  private Resolution resolution = Resolution.none();

  private Matcher(Stack stack, Observed observed, PlanOptions options) {
    this.stack = stack;
    this.observed = observed;
    this.options = options;
    // A fixed order, so that the plan does not depend on the order of AWS's answers.
    this.candidates =
        observed.resources().stream()
            .map(candidate -> new Candidate(candidate.toString(), candidate))
            .sorted(Comparator.comparing(Candidate::text))
            .map(Candidate::resource)
            .toList();
  }

  /**
   * @param text made once: it is long, and a sort compares often
   */
  private record Candidate(String text, ObservedResource resource) {}

  static Matches match(Stack stack, Observed observed, PlanOptions options) {
    return new Matcher(stack, observed, options).run();
  }

  private Matches run() {
    List<Resource> wanted = new ArrayList<>(stack.resources());
    wanted.sort(
        Comparator.comparing((Resource r) -> r.id().kind()).thenComparing(r -> r.id().name()));
    for (Resource resource : wanted) {
      if (NAMED_BY_US.contains(resource.id().kind())) {
        resolution = resolution.with(resource.id(), Map.of(Output.NAME, resource.physicalName()));
      }
    }
    for (Resource resource : wanted) {
      Match match = match(resource);
      matches.put(match.id(), match);
      if (!match.exists() && isUndecided(match)) {
        undecided.add(match.id());
      }
      if (match.exists()) {
        used.add(match.present());
        resolution = resolution.with(match.id(), match.present().outputs());
        if (match.present().actual() instanceof Secret secret
            && secret.content() == Secret.Content.DIFFERENT) {
          // It gets another version in this very plan.
          resolution = resolution.without(match.id(), Output.VERSION_ID);
        }
      }
    }
    return new Matches(
        matches, extras(), revisions(), conflicts, ignored, resolution, contentHash());
  }

  private String contentHash() {
    return matches.values().stream()
        .map(Match::wanted)
        .filter(TaskDefinition.class::isInstance)
        .flatMap(it -> ContentHash.of((TaskDefinition) it, resolution).stream())
        .findFirst()
        .orElse("");
  }

  private List<ObservedResource> extras() {
    return candidates.stream()
        .filter(candidate -> candidate.ownership() == Ownership.OURS)
        .filter(candidate -> candidate.actual().id().kind() != Kind.TASK_DEFINITION)
        .filter(candidate -> !used.contains(candidate))
        .filter(candidate -> !undecided.contains(candidate.actual().id()))
        .toList();
  }

  /**
   * Whether it cannot be said yet what is there of it: a group rule is found by its group, so
   * without the groups having been read, none of its rules is known to be superfluous.
   */
  private boolean isUndecided(Match match) {
    return match.state() == State.UNREAD
        || match.state() == State.RECENT
        || Resolution.references(match.resolved()).stream().anyMatch(undecided::contains);
  }

  private List<ObservedResource> revisions() {
    return candidates.stream()
        .filter(candidate -> candidate.actual().id().kind() == Kind.TASK_DEFINITION)
        .filter(candidate -> candidate.ownership() == Ownership.OURS)
        // One that AWS is deleting is gone for us: AWS keeps it in its lists for long.
        .filter(candidate -> candidate.lifecycle() != Lifecycle.DELETING)
        .toList();
  }

  private Match match(Resource wanted) {
    Resource resolved = resolution.resolve(wanted);
    if (wanted instanceof TaskDefinition definition) {
      return match(definition, (TaskDefinition) resolved);
    }
    List<ObservedResource> same =
        candidates.stream().filter(candidate -> isSame(candidate, resolved)).toList();
    List<ObservedResource> predecessors =
        candidates.stream()
            .filter(candidate -> candidate.ownership() == Ownership.OURS)
            .filter(candidate -> candidate.actual().id().equals(wanted.id()))
            .filter(candidate -> !same.contains(candidate))
            .toList();
    for (ObservedResource candidate : same) {
      boolean ours = candidate.ownership() == Ownership.OURS;
      if (ours && candidate.lifecycle() == Lifecycle.ACTIVE) {
        return present(wanted, resolved, candidate, predecessors);
      } else if (ours && candidate.lifecycle() == Lifecycle.PENDING) {
        String obstacle = wanted.id() + " to become active";
        return new Match(wanted, resolved, State.PENDING, candidate, predecessors, obstacle);
      } else if (!ours && AS_GOOD_WHOEVER_OWNS_IT.contains(wanted.id().kind())) {
        return new Match(wanted, resolved, State.SATISFIED, candidate, predecessors, null);
      }
    }
    return absent(wanted, resolved, predecessors);
  }

  private Match present(
      Resource wanted,
      Resource resolved,
      ObservedResource candidate,
      List<ObservedResource> predecessors) {
    Resource kept = options.ignored().keep(wanted, candidate.actual());
    Resource keptResolved = resolution.resolve(kept);
    Differs.changes(keptResolved, resolved)
        .forEach(change -> ignored.add(new Plan.Ignored(wanted.id(), change)));
    return new Match(kept, keptResolved, State.PRESENT, candidate, predecessors, null);
  }

  private Match absent(Resource wanted, Resource resolved, List<ObservedResource> predecessors) {
    if (observed.unknownKinds().contains(wanted.id().kind())) {
      String obstacle = "a complete look at every " + wanted.id().kind().label();
      return new Match(wanted, resolved, State.UNREAD, null, predecessors, obstacle);
    }
    for (ObservedResource candidate : candidates) {
      if (!takesItsName(candidate, resolved)) {
        continue;
      }
      // A service on its way out has lost its tags already (AWS-FACTS 4.3): it only blocks its
      // name.
      if (candidate.ownership() == Ownership.FOREIGN
          && candidate.lifecycle() != Lifecycle.DELETING) {
        Optional<String> refusal =
            Adopting.refusal(candidate, resolved, stack.owner(), options.adoption());
        if (refusal.isEmpty()) {
          return present(wanted, resolved, candidate, predecessors);
        }
        String holder = arn(candidate) + (refusal.get().isEmpty() ? "" : ", " + refusal.get());
        conflicts.add(new Conflict(wanted.id() + " " + resolved.physicalName(), holder));
        return conflict(wanted, resolved, predecessors, holder);
      }
      String obstacle = "the earlier " + wanted.id() + " to be gone";
      return new Match(wanted, resolved, State.BLOCKED, null, predecessors, obstacle);
    }
    if (options.recentCreates().contains(new RecentCreate(wanted.id(), resolved.physicalName()))) {
      return recent(wanted, resolved, predecessors);
    }
    return claimed(wanted, resolved, predecessors);
  }

  /** A listener rule may be another's to have, even though nothing of its name exists. */
  private Match claimed(Resource wanted, Resource resolved, List<ObservedResource> predecessors) {
    if (resolved instanceof ListenerRule rule) {
      Optional<Claims.Holder> holder = RuleClaims.inTheWay(stack.owner(), rule, observed, options);
      if (holder.isPresent() && holder.get().leaving()) {
        String obstacle = holder.get().name() + " to release " + holder.get().claim();
        return new Match(wanted, resolved, State.BLOCKED, null, predecessors, obstacle);
      } else if (holder.isPresent()) {
        conflicts.add(RuleClaims.conflict(rule, holder.get()));
        return conflict(wanted, resolved, predecessors, holder.get().name());
      }
    }
    return new Match(wanted, resolved, State.MISSING, null, predecessors, null);
  }

  private static Match conflict(
      Resource wanted, Resource resolved, List<ObservedResource> predecessors, String holder) {
    String obstacle = "the conflict over " + wanted.id() + ", held by " + holder;
    return new Match(wanted, resolved, State.CONFLICT, null, predecessors, obstacle);
  }

  private static Match recent(
      Resource wanted, Resource resolved, List<ObservedResource> predecessors) {
    String obstacle = "AWS to list " + wanted.id() + ", created moments ago";
    return new Match(wanted, resolved, State.RECENT, null, predecessors, obstacle);
  }

  /** Found by its content, whatever its number. */
  private Match match(TaskDefinition wanted, TaskDefinition resolved) {
    Optional<String> hash = ContentHash.of(wanted, resolution);
    if (hash.isPresent()) {
      Optional<ObservedResource> revision =
          revisions().stream()
              .filter(candidate -> candidate.lifecycle() == Lifecycle.ACTIVE)
              .filter(candidate -> hash.get().equals(candidate.contentHash()))
              .filter(candidate -> mountsTheSame(candidate, resolved))
              // Two of one content are one too many; to deploy the other would change nothing.
              .max(
                  Comparator.comparing(this::isDeployed)
                      .thenComparing(one -> options.failedRevisions().contains(arn(one)))
                      .thenComparing(RevisionHistory::number));
      if (revision.isPresent()) {
        return new Match(wanted, resolved, State.PRESENT, revision.get(), List.of(), null);
      }
    }
    if (observed.unknownKinds().contains(Kind.TASK_DEFINITION)) {
      String obstacle = "a complete look at every " + Kind.TASK_DEFINITION.label();
      return new Match(wanted, resolved, State.UNREAD, null, List.of(), obstacle);
    }
    if (hash.isPresent()
        && options.recentCreates().contains(new RecentCreate(wanted.id(), hash.get()))) {
      return recent(wanted, resolved, List.of());
    }
    return new Match(wanted, resolved, State.MISSING, null, List.of(), null);
  }

  /**
   * The hash does not tell an access point from one that was made in its place: with that of the
   * old one no task starts. What has not been read is taken to be as it was.
   */
  private boolean mountsTheSame(ObservedResource revision, TaskDefinition resolved) {
    // In whatever order ECS names them: a revision that never fits would be registered for ever.
    return Set.copyOf(((TaskDefinition) revision.actual()).volumes())
            .equals(Set.copyOf(resolved.volumes()))
        || Resolution.references(resolved).stream().anyMatch(undecided::contains);
  }

  private boolean isDeployed(ObservedResource revision) {
    return candidates.stream()
        .filter(candidate -> candidate.ownership() == Ownership.OURS)
        .anyMatch(
            candidate ->
                candidate.actual() instanceof Service service
                    && service.taskDefinitionArn().toString().equals(arn(revision)));
  }

  private boolean isSame(ObservedResource candidate, Resource resolved) {
    Resource actual = candidate.actual();
    // A group rule has no name and no settings: the same content is the same rule.
    boolean sameId =
        actual.id().equals(resolved.id())
            || actual.id().kind() == resolved.id().kind()
                && AS_GOOD_WHOEVER_OWNS_IT.contains(actual.id().kind());
    return sameId && !used.contains(candidate) && Differs.same(actual, resolved);
  }

  /** Whether AWS would refuse to create the wanted resource because of this one. */
  private static boolean takesItsName(ObservedResource candidate, Resource resolved) {
    Resource actual = candidate.actual();
    if (actual.getClass() != resolved.getClass()) {
      return false;
    }
    if (resolved instanceof Listener wanted && actual instanceof Listener there) {
      return wanted.port() == there.port()
          && wanted.loadBalancerArn().equals(there.loadBalancerArn());
    } else if (resolved instanceof DiscoveryService wanted
        && actual instanceof DiscoveryService there) {
      return wanted.name().equalsIgnoreCase(there.name())
          && wanted.namespaceId().equals(there.namespaceId());
    } else if (resolved instanceof BackupSelection wanted
        && actual instanceof BackupSelection there) {
      return wanted.name().equals(there.name()) && wanted.planId().equals(there.planId());
    } else if (resolved instanceof MountTarget wanted && actual instanceof MountTarget there) {
      return wanted.zone().equals(there.zone())
          && wanted.fileSystemId().equals(there.fileSystemId());
    } else if (resolved instanceof Service wanted && actual instanceof Service there) {
      return wanted.name().equals(there.name()) && wanted.clusterArn().equals(there.clusterArn());
    }
    return switch (resolved.id().kind()) {
      // No name that AWS would hold against another.
      case LISTENER_RULE, SECURITY_GROUP_RULE, SCALING_POLICY, TASK_DEFINITION -> false;
      default -> actual.physicalName().equals(resolved.physicalName());
    };
  }

  static String arn(ObservedResource resource) {
    String id = resource.outputs().get(Output.ID);
    return resource
        .outputs()
        .getOrDefault(Output.ARN, id != null ? id : resource.actual().physicalName());
  }
}
