package dev.fargate.operator.aws.snapshot;

import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.stack.DiscoveryService;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Listener;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.MountTarget;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.PublicName;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ScalableTarget;
import dev.fargate.operator.stack.SecurityGroupRule;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What of the snapshot concerns one custom resource. */
public final class View {
  private final Snapshot snapshot;
  private final Supplier<Scope> scope;

  public View(Snapshot snapshot, Supplier<Scope> scope) {
    this.snapshot = snapshot;
    this.scope = scope;
  }

  /**
   * @param unread kinds whose last read failed, beside those never read
   * @param details of a service: the rollout with targets and failures
   */
  public Observed of(Stack stack, Set<Kind> unread, Function<Seen, Rollout> details) {
    List<ObservedResource> resources = new ArrayList<>();
    Set<Kind> unknown = EnumSet.noneOf(Kind.class);
    unknown.addAll(unread);
    Rollout rollout = null;
    Set<String> ownGroups = keysOf(Kind.SECURITY_GROUP, stack.owner());
    for (Kind kind : Kind.values()) {
      if (!snapshot.isKnown(kind)) {
        unknown.add(kind);
      }
      List<Resource> wanted =
          stack.resources().stream().filter(resource -> resource.id().kind() == kind).toList();
      for (Seen seen : snapshot.of(kind)) {
        boolean ours = seen.isOf(stack.owner());
        boolean concerns =
            ours
                || wanted.stream()
                    .anyMatch(resource -> concerns(stack, resource, seen.actual(), ownGroups));
        if (!concerns || isLeft(seen.actual())) {
          continue;
        }
        if (ours) {
          resources.add(resource(seen, Ownership.OURS));
          if (kind == Kind.SERVICE && (rollout == null || seen.lifecycle() == Lifecycle.ACTIVE)) {
            rollout = details.apply(seen);
          }
        } else {
          resources.add(resource(seen, Ownership.FOREIGN));
        }
      }
    }
    return new Observed(resources, unknown, slots(stack), rollout);
  }

  /**
   * Names in a zone that the environment has given up are nobody's business any more: whether they
   * stay must not depend on how lately the zone was read.
   */
  private boolean isLeft(Resource actual) {
    return actual instanceof PublicName name
        && !scope.get().publicZones().contains(name.hostedZoneId());
  }

  private static ObservedResource resource(Seen seen, Ownership ownership) {
    return new ObservedResource(
        seen.actual(),
        seen.outputs(),
        seen.tags(),
        ownership,
        seen.lifecycle(),
        seen.contentHash());
  }

  /** Whether somebody else's thing may stand in the way of, or be as good as, a wanted one. */
  private static boolean concerns(
      Stack stack, Resource wanted, Resource actual, Set<String> ownGroups) {
    if (wanted instanceof Listener listener) {
      return listener.port() == ((Listener) actual).port();
    } else if (wanted instanceof DiscoveryService service) {
      return service.name().equalsIgnoreCase(((DiscoveryService) actual).name());
    } else if (wanted instanceof SecurityGroupRule rule) {
      String group = ((SecurityGroupRule) actual).groupId().toString();
      // The group that lets in: known, or one of the stack's own.
      return rule.groupId() instanceof Value.Known id
          ? id.value().equals(group)
          : ownGroups.contains(group);
    } else if (wanted instanceof MountTarget mountTarget) {
      MountTarget other = (MountTarget) actual;
      return mountTarget.zone().equals(other.zone())
          && mountTarget.fileSystemId().equals(other.fileSystemId());
    } else if (wanted instanceof ScalableTarget) {
      String resource = ((ScalableTarget) actual).resource().toString();
      return stack.resources().stream()
          .anyMatch(
              other -> other instanceof Service s && resource.endsWith("/" + s.physicalName()));
    }
    return switch (wanted.id().kind()) {
      // No name that AWS would hold against another.
      case LISTENER_RULE, SCALING_POLICY, TASK_DEFINITION -> false;
      default -> wanted.physicalName().equals(actual.physicalName());
    };
  }

  private Set<String> keysOf(Kind kind, Owner owner) {
    Set<String> keys = new HashSet<>();
    snapshot.of(kind).stream()
        .filter(seen -> seen.isOf(owner))
        .forEach(seen -> keys.add(seen.key()));
    return keys;
  }

  private List<Observed.RuleSlot> slots(Stack stack) {
    Set<String> listeners = new HashSet<>();
    for (Resource resource : stack.resources()) {
      if (resource instanceof ListenerRule rule && rule.listenerArn() instanceof Value.Known arn) {
        listeners.add(arn.value());
      }
    }
    listeners.addAll(keysOf(Kind.LISTENER, stack.owner()));
    List<Observed.RuleSlot> slots = new ArrayList<>();
    for (Seen seen : snapshot.of(Kind.LISTENER_RULE)) {
      ListenerRule rule = (ListenerRule) seen.actual();
      if (listeners.contains(rule.listenerArn().toString())) {
        slots.add(
            new Observed.RuleSlot(
                rule.listenerArn().toString(),
                seen.key(),
                rule.priority(),
                rule.hosts(),
                rule.paths(),
                seen.ownerReference(stack.owner().ownerId())));
      }
    }
    return slots;
  }

  /** The same things with one kind's records replaced. */
  public static Observed replacing(Observed observed, Kind kind, List<Seen> ours) {
    List<ObservedResource> resources = new ArrayList<>();
    observed.resources().stream()
        .filter(resource -> resource.actual().id().kind() != kind)
        .forEach(resources::add);
    ours.forEach(seen -> resources.add(resource(seen, Ownership.OURS)));
    return new Observed(
        resources, observed.unknownKinds(), observed.listeners(), observed.rollout());
  }

  /** The same things with each record put through a function. */
  public static Observed mapping(
      Observed observed, Function<ObservedResource, ObservedResource> function) {
    return new Observed(
        observed.resources().stream().map(function).toList(),
        observed.unknownKinds(),
        observed.listeners(),
        observed.rollout());
  }

  /** A record with other content. */
  public static ObservedResource with(ObservedResource resource, Resource actual) {
    return new ObservedResource(
        actual,
        Map.copyOf(resource.outputs()),
        resource.tags(),
        resource.ownership(),
        resource.lifecycle(),
        resource.contentHash());
  }
}
